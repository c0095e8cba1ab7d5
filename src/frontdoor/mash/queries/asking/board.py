"""The live board: what lies with each agency, the oldest, how much came in time, what it says it can do today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.mash.models import Capacity, Desk, Request
from frontdoor.mash.queries.asking.desks import desks
from frontdoor.mash.rules.asking.states import OPEN
from frontdoor.organisations.rules import LONDON
from frontdoor.trail import actions as trail

DAYS = 30
"""Over how many days the share in time is counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One agency on the board.

    :param oldest: when the oldest request that is unanswered was sent
    :param late: unanswered past their time
    :param counted: requests of the last 30 days that were answered or whose time has passed; `in_time` of them
    :param capacity: what it said today; None where it said nothing
    """

    desk: Desk
    waiting: int
    oldest: datetime | None
    late: int
    counted: int
    in_time: int
    capacity: Capacity | None


def board(*, by: Actor, at: datetime) -> list[Line]:
    """Every agency of the council acted for, in three statements; one entry in the trail.

    :raises NotPermitted: `by` reads no enquiries
    """
    rows = desks(by=by, at=at)
    open_ = Q(state__in=sorted(OPEN))
    recent = Q(sent_at__gte=at - timedelta(days=DAYS), stopped_at=None)
    came = Coalesce("told_at", "answered_at")
    figures: dict[Any, Mapping[str, Any]] = {
        row["agency"]: row
        for row in within(by, Request.objects.all())
        .annotate(came=came)
        .filter(open_ | recent)
        .values("agency")
        .annotate(
            waiting=Count("id", filter=open_),
            oldest=Min("sent_at", filter=open_),
            late=Count("id", filter=open_ & Q(due_at__lt=at)),
            counted=Count("id", filter=recent & (Q(came__isnull=False) | Q(due_at__lt=at))),
            in_time=Count("id", filter=recent & Q(came__lte=F("due_at"))),
        )
    }
    today = at.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    said = {row.agency: row for row in within(by, Capacity.objects.filter(at__gte=today)).order_by("at", "id")}
    trail.record("mash.read_board", by=by, at=at, agencies=len(rows))
    return [_line(row, figures.get(row.agency, {}), said.get(row.agency)) for row in rows]


def _line(row: Desk, found: Mapping[str, Any], capacity: Capacity | None) -> Line:
    return Line(
        row, found.get("waiting", 0), found.get("oldest"), found.get("late", 0), found.get("counted", 0),
        found.get("in_time", 0), capacity,
    )  # fmt: skip
