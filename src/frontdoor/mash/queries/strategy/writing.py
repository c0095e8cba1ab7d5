"""The minutes of a discussion from its record: the whole for us, and what each agency that took part gets of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Named
from frontdoor.directions import queries as directions
from frontdoor.letters import queries as letters
from frontdoor.mash.models import (
    Attending,
    Desk,
    Discussed,
    Discussion,
    Issue,
    Minutes,
    Reply,
    Request,
    Subject,
)
from frontdoor.mash.rules import minutes as rules
from frontdoor.mash.rules.asking.other_side import tells_where
from frontdoor.mash.rules.strategy import Came, Record
from frontdoor.organisations.rules import london_day


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
    children = list(within(by, Discussed.objects.filter(discussion=row)).order_by("position", "id"))
    places: dict[UUID | None, int] = {each.key: each.position for each in children}
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
            {"what": each.what, "owner": each.owner, "due": _iso(each.due_at), "child": places.get(each.child_key)}
            for each in given
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


def copies(row: Discussion, minutes: Minutes, *, by: Actor, at: datetime) -> list[Copy]:
    """One copy for each agency that took part, without what is marked to stay with another, or with us.

    An agency is one by its key, however its name was written; one without a key by its name.
    """
    took_part = Attending.objects.filter(discussion=row, came=Came.CAME.value).exclude(line__in=rules.OURS)
    found: dict[UUID | str, Copy] = {}
    apart = _other_sides(row, by=by, at=at)
    for each in within(by, took_part).order_by("id"):
        if (agency := each.agency or each.agency_name) in found:
            continue
        other = each.agency in apart or each.agency_name.casefold() in apart
        body = (
            rules.seen_by_other_side(minutes.body, each.agency, each.agency_name, tells=_telling(row, minutes, by=by))
            if other
            else rules.seen_by(minutes.body, each.agency, each.agency_name)
        )
        found[agency] = Copy(each.agency, each.agency_name, body)
    return list(found.values())


def _other_sides(row: Discussion, *, by: Actor, at: datetime) -> set[UUID | str]:
    """Keys and names of agencies that work with whoever may pose the risk: always, or in an enquiry about this family.

    The database asks the same of keys (migration 0020). A name counts too: whoever is typed has no key.
    """
    here = Q(enquiry__contact=row.contact_id) | Q(enquiry=row.enquiry_id) | Q(enquiry__in=_enquiries(row, by=by))
    asked = within(by, Request.objects.filter(here, other_side=True)).values_list("agency", "desk__name")
    today = london_day(at)
    always = Desk.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), other_side=True)
    found: set[UUID | str] = set()
    for key, name in [*asked, *within(by, always).values_list("agency", "name")]:
        found |= {key, name.casefold()}
    return found


def _enquiries(row: Discussion, *, by: Actor) -> list[int]:
    """Enquiries about a child whom the discussion is about."""
    named = within(by, Discussed.objects.filter(discussion=row, named__isnull=False)).values("named")
    return list(within(by, Subject.objects.filter(named__in=named)).values_list("enquiry_id", flat=True).distinct())


def _telling(row: Discussion, minutes: Minutes, *, by: Actor) -> rules.Telling:
    """Whether words of these minutes tell the other side where somebody is, or may touch a victim's safety.

    Once anybody marked what they said as a victim's safety, nothing that was written of it in common goes there.
    """
    marks = {each["mark"] for each in minutes.body["attending"]}
    enquiries = [*_enquiries(row, by=by), row.enquiry_id]
    said = Reply.objects.filter(request__enquiry__in=enquiries, mark="victim_safety")
    if "victim_safety" in marks or within(by, said).exists():
        return bool
    asked = within(by, Subject.objects.filter(enquiry__in=enquiries)).values("named")
    named = Named.objects.filter(Q(contact=row.contact_id) | Q(pk__in=asked))
    people = within(by, named).values_list("address", "school")
    lines = [line for each in people for line in each if line]
    sealed = letters.mentions_protected("\n".join(rules.words_of(minutes.body)), by=by)
    return lambda words: tells_where(words, lines) or (sealed and letters.mentions_protected(words, by=by))
