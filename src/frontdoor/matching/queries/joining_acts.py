"""What was done with a joined record between its joining and its parting, and on a wrong match while it stood."""

from collections.abc import Iterable
from datetime import datetime

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.matching.models import Join, Link, Told
from frontdoor.matching.rules.joining_telling import FINDERS, Act, Did, did
from frontdoor.trail.models import Entry

MOST = 5_000
"""Entries of the trail that are looked at: whoever comes after the first thousands has been counted by then."""


def acts(join: Join, *, by: Actor) -> list[Act]:
    """What people did with the record while it was joined, the latest first; what systems did is left out."""
    if join.answered_at is None or join.undone_at is None:
        return []
    found = [*_of_the_trail(join, by=by), *_of_rooms_above(join, join.answered_at, join.undone_at, by=by)]
    return sorted(found, key=lambda act: (act.at, act.user_id or 0, act.what), reverse=True)


def _of_the_trail(join: Join, *, by: Actor) -> Iterable[Act]:
    keys = [str(join.kept.key), str(join.gone.key)]
    entries = Entry.objects.filter(
        subject_key__in=keys, subject_kind="people.person", actor__startswith="user:", at__gt=join.answered_at,
        at__lte=join.undone_at,
    ).exclude(action__in=["matching.joined", "matching.parted"])  # fmt: skip
    rows = within(by, entries).order_by("-id").values_list("actor", "action", "at")[:MOST]
    return [Act(did(action), at, int(actor.removeprefix("user:"))) for actor, action, at in rows]


def _of_rooms_above(join: Join, since: datetime, until: datetime, *, by: Actor) -> Iterable[Act]:
    """What rests on a link of either record, as the rooms that made decisions and letters tell it."""
    linked = Link.objects.filter(person__in=[join.kept_id, join.gone_id], state="confirmed")
    subjects = sorted(set(within(by, linked).values_list("subject_kind", "subject_key")))
    return [act for find in FINDERS.values() for act in find(subjects, since=since, until=until, by=by)]


def acts_on_match(link: Link, *, by: Actor) -> list[Act]:
    """What rests on a match that was taken back: who said it, and what was done about that child meanwhile."""
    if link.state != "confirmed" or link.ended_at is None:
        return []
    subjects = [(link.subject_kind, link.subject_key)]
    found = [
        act
        for find in FINDERS.values()
        for act in find(subjects, since=link.said_at, until=link.ended_at, by=by)
    ]  # fmt: skip
    said = [Act(Did.MATCHED, link.said_at, link.said_by)] if link.said_by else []
    return sorted([*found, *said], key=lambda act: (act.at, act.user_id or 0, act.what), reverse=True)


def acts_told(told: Told, *, by: Actor) -> list[Act]:
    """What one of those who were told did, the latest first."""
    found = acts(told.join, by=by) if told.join is not None else []
    found += acts_on_match(told.link, by=by) if told.link is not None else []
    return [act for act in found if act.user_id == told.user_id]


def named(found: Iterable[Act], *, by: Actor) -> dict[int, str]:
    """The names of those who did something."""
    return names({act.user_id for act in found if act.user_id is not None}, by=by)
