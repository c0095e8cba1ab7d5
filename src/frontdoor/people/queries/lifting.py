"""Which addresses somebody wants to stand in clear again: those that wait for a manager, and one of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.people.models import Lifting
from frontdoor.people.rules.lifting import State
from frontdoor.trail import actions as trail

MOST = 200
"""Answered ones that are shown: the last of them."""


@dataclass(frozen=True, slots=True)
class Liftings:
    """What waits, the oldest first, what was answered, the last first, and who had a part in it."""

    waiting: list[Lifting]
    answered: list[Lifting]
    names: dict[int, str]


def _reader(by: Actor) -> None:
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))


def _named(rows: list[Lifting], *, by: Actor) -> dict[int, str]:
    return names({each for row in rows for each in (row.asked_by, row.answered_by) if each is not None}, by=by)


def liftings(*, by: Actor, at: datetime) -> Liftings:
    """Every wish to lift a seal, of records that `by` may open.

    :raises NotPermitted: `by` keeps no rules about safe contact
    """
    _reader(by)
    every = within(by, Lifting.objects.select_related("residence__person"))
    waiting = list(every.filter(state=State.ASKED).order_by("asked_at", "id"))
    answered = list(every.exclude(state=State.ASKED).order_by("-id")[:MOST])
    trail.record("people.liftings", by=by, at=at, rows=len(waiting) + len(answered))
    return Liftings(waiting, answered, _named([*waiting, *answered], by=by))


def open_lifting(key: UUID | str, *, by: Actor, at: datetime) -> tuple[Lifting, dict[int, str]]:
    """One wish, and the names of those who had a part in it.

    :raises NotFound: there is none of that key that `by` may see
    :raises NotPermitted: `by` keeps no rules about safe contact
    """
    _reader(by)
    found = within(by, Lifting.objects.select_related("residence__person").filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("people.open_lifting", subject=found.residence.person, by=by, at=at, lifting=found.key)
    return found, _named([found], by=by)


def asked_of(residence: int, *, by: Actor) -> Lifting | None:
    """The wish that waits for one address. Part of a page that records what it shows."""
    return within(by, Lifting.objects.filter(Q(state=State.ASKED), residence_id=residence)).first()
