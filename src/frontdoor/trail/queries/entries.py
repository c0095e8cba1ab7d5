"""Reading the trail, which is itself read under somebody's eyes: every reading is an entry."""

from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.trail.actions import record
from frontdoor.trail.models import Entry

PAGE = 100


def open_subject(key: object, *, by: Actor, at: datetime, before: int | None = None) -> list[Entry]:
    """The newest entries about one thing, `PAGE` and one of them at most, for those who watch over access.

    :param before: the number of the last entry seen: older ones follow
    :raises NotPermitted: `by` may not read the trail
    """
    found = _open(by, before).filter(subject_key=str(key))
    entries = list(found[: PAGE + 1])
    record("trail.read", subject=("trail.subject", key), by=by, at=at, shown=len(entries))
    return entries


def open_actor(name: str, *, by: Actor, at: datetime, before: int | None = None) -> list[Entry]:
    """The newest entries of what one actor did, `PAGE` and one of them at most.

    :param name: the actor as the trail names it: `user:12`
    :raises NotPermitted: `by` may not read the trail
    """
    found = _open(by, before).filter(actor=name)
    entries = list(found[: PAGE + 1])
    record("trail.read", subject=("trail.actor", name), by=by, at=at, shown=len(entries))
    return entries


def _open(by: Actor, before: int | None):  # type: ignore[no-untyped-def]  # a QuerySet for this module only
    require(by, Permission.TRAIL_READ, authority=acting_council(by))
    entries = within(by, Entry.objects.all())
    return entries if before is None else entries.filter(id__lt=before)
