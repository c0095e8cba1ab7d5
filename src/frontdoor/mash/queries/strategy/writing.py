"""The minutes of a discussion from its record: the whole for us, and what each agency that took part gets of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.directions import queries as directions
from frontdoor.mash.models import Attending, Discussed, Discussion, Issue, Minutes
from frontdoor.mash.queries.strategy.standing import OURS
from frontdoor.mash.rules.asking.replies import may_go
from frontdoor.mash.rules.strategy import Came, Record

INSIDE = ("legal", "lado")
"""Parts of the record that leave us with nobody: legal advice, and what concerns somebody who works with children."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What one agency gets."""

    agency: UUID | None
    name: str
    body: dict[str, Any]


def written(row: Discussion, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The record as plain values; children by their place, never by name."""
    there = within(by, Attending.objects.filter(discussion=row)).order_by("id")
    issues = within(by, Issue.objects.filter(discussion=row)).order_by("id")
    children = within(by, Discussed.objects.filter(discussion=row)).order_by("position", "id")
    given = directions.for_subject("mash.discussion", row.key, by=by, at=at)
    return {
        "why": row.why, "how": row.get_how_display(), "chair": row.chair, "asked_at": _iso(row.asked_at),
        "began_at": _iso(row.began_at), "ended_at": _iso(row.ended_at), "lacking": row.lacking,
        "lacking_why": row.lacking_why, "parents_words": row.get_parents_display(),
        **{name: getattr(row, name) for name in Record.__dataclass_fields__ if name != "parents"},
        "attending": [
            {
                "line": each.get_line_display(), "agency": str(each.agency or ""), "name": each.agency_name,
                "who": each.who, "role": each.role, "came": each.get_came_display(), "way": each.get_way_display(),
                "contribution": each.contribution, "mark": each.mark,
            }
            for each in there
        ],
        "issues": [
            {"by": each.raised_by, "text": each.text, "answer": each.answer, "open_why": each.open_why}
            for each in issues
        ],
        "children": [_child(each) for each in children],
        "actions": [
            {"what": each.what, "owner": each.owner, "due": _iso(each.due_at)} for each in given
        ],
    }  # fmt: skip


def _child(each: Discussed) -> dict[str, Any]:
    return {
        "place": each.position, "threshold": each.get_threshold_display(),
        "section47": each.get_section47_display(), "reason": each.reason, "enquiry": each.get_enquiry_display(),
        "began_at": _iso(each.began_at), "sees": each.sees, "sees_at": _iso(each.sees_at),
        "sees_with": each.sees_with, "medical": each.medical, "safety": each.safety,
    }  # fmt: skip


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def body_for(row: Discussion, minutes: Minutes, *, by: Actor) -> list[Copy]:
    """One copy for each agency that took part, without what is marked to stay with another, or with us."""
    took_part = Attending.objects.filter(discussion=row, came=Came.CAME.value).exclude(line__in=OURS)
    found: dict[str, Copy] = {}
    for each in within(by, took_part).order_by("id"):
        found.setdefault(each.agency_name, Copy(each.agency, each.agency_name, seen_by(minutes.body, each.agency_name)))
    return list(found.values())


def seen_by(body: dict[str, Any], agency: str) -> dict[str, Any]:
    """The minutes as one agency gets them."""
    kept = {name: value for name, value in body.items() if name not in INSIDE}
    return kept | {"attending": list(_attending(body["attending"], agency))}


def _attending(there: Iterable[dict[str, str]], agency: str) -> Iterable[dict[str, str]]:
    for each in there:
        may = may_go(each["mark"] or "professionals", to="partner", own=each["name"] == agency)
        yield each if may else each | {"contribution": "", "mark": "", "withheld": "yes"}
