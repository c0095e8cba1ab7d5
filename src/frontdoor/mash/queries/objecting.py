"""What an agency raised against a decision, and the course of it, for that agency's own people alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.mash.models import Objection, Request
from frontdoor.mash.queries.partners import required
from frontdoor.mash.rules.asking.other_side import tells_where


@dataclass(frozen=True, slots=True)
class Course:
    """Where a disagreement stands, as the agency that raised it reads it."""

    objection: UUID
    state: str
    stage: int
    due_at: datetime
    outcome: str
    agreed: bool | None
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of it; `side` is empty for what the council says."""

    kind: str
    side: str
    text: str
    stage: int
    at: datetime


def objections_of(request: int, *, by: Actor) -> list[tuple[Objection, Course | None]]:
    """What the agency raised about one request, the newest first, with where each stands; None until it is begun."""
    required(by)
    rows = Objection.objects.select_related("request", "asked").filter(request_id=request, agency=by.agency)
    return [(row, course_of(row, by=by)) for row in within(by, rows).order_by("-at", "-id")]


def objection_of(key: UUID, *, by: Actor) -> Objection:
    """One thing that the agency raised.

    :raises NotFound: another agency's or council's, or none
    :raises NotPermitted: `by` answers for no agency
    """
    required(by)
    rows = Objection.objects.select_related("request", "asked").filter(key=key, agency=by.agency)
    found = within(by, rows).first()
    if found is None:
        raise NotFound
    return found


def course_of(row: Objection, *, by: Actor) -> Course | None:
    """Where it stands; None until the job has begun it."""
    required(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objection, state, stage, due_at, outcome, agreed, resolved_at FROM frontdoor_objection_course(%s)",
            [row.key],
        )
        found = cursor.fetchone()
    return Course(*found) if found else None


def lines_of(row: Objection, *, by: Actor) -> list[Line]:
    """Every line of it, the newest first; none that tells the other side where somebody is."""
    required(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, side, text, stage, at FROM frontdoor_objection_lines(%s) ORDER BY place DESC", [row.key]
        )
        found = [Line(*each) for each in cursor.fetchall()]
    side = within(by, Request.objects.filter(pk=row.request_id)).values_list("other_side", flat=True)[0]
    return [each for each in found if each.side or not (side and tells_where(each.text))]
