"""Asking about what our own people declared: one's own, and what waits to be confirmed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, acting_person, require
from frontdoor.people.models import Barred, Declared, Person
from frontdoor.trail import actions as trail


def mine(*, by: Actor) -> list[Declared]:
    """What somebody declared themselves in this council; whether a record was found is not on it."""
    acting_council(by)
    return list(within(by, Declared.objects.filter(user_id=acting_person(by), ended_at=None)).order_by("made_at", "id"))


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found by a declaration, as somebody sees it who says whether it is the one."""

    key: UUID
    label: str
    born_on: date | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """One declaration with whose it is and what was found."""

    declared: Declared
    who: str
    found: list[Found]


def waiting(*, by: Actor, at: datetime) -> list[Waiting]:
    """What was declared by others, those nobody has answered first; an entry in the trail.

    :raises NotPermitted: `by` does not answer these
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    rows = Declared.objects.filter(ended_at=None).exclude(user_id=by.user_id or 0).order_by("made_at", "id")
    found = sorted(within(by, rows), key=lambda each: (each.answered_at is not None, each.made_at, each.pk))
    trail.record("people.declared", by=by, at=at, declared=[str(each.key) for each in found])
    return _with_found(found, by)


def one_waiting(key: UUID, *, by: Actor, at: datetime) -> Waiting:
    """One declaration; an entry.

    :raises NotFound: there is none such, or it is one's own
    :raises NotPermitted: `by` does not answer these
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    found = within(by, Declared.objects.filter(key=key, ended_at=None).exclude(user_id=by.user_id or 0)).first()
    if found is None:
        raise NotFound
    trail.record("people.open_declared", subject=found, by=by, at=at)
    return _with_found([found], by)[0]


def _with_found(declared: list[Declared], by: Actor) -> list[Waiting]:
    bars = list(within(by, Barred.objects.filter(declared__in=declared, ended_at=None)).order_by("id"))
    people = within(by, Person.objects.filter(pk__in={each.person_id for each in bars}))
    known = {number: (label, born) for number, label, born in people.values_list("pk", "label", "born_on")}
    who = names({each.user_id for each in declared}, by=by)
    nameless = ("A record that few may open", None)
    return [
        Waiting(
            each,
            who.get(each.user_id, ""),
            [
                Found(bar.key, *known.get(bar.person_id, nameless), bar.confirmed_at is not None)
                for bar in bars
                if bar.declared_id == each.pk
            ],
        )
        for each in declared
    ]
