"""An unborn child is born: the same record under the same key; several born together share what was known before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, combinations
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, StepNotAllowed
from frontdoor.people.actions.index import refresh, taken
from frontdoor.people.actions.index_filling import checked, filled
from frontdoor.people.models import (
    Birth,
    Caution,
    Fact,
    Membership,
    Name,
    Person,
    Recorded,
    Relationship,
    Residence,
)
from frontdoor.people.rules.index_rows import Source
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True, kw_only=True)
class Newborn:
    """A child as born; without a given name the family name stands alone until there is one."""

    given_name: str = ""
    family_name: str = ""
    middle_names: str = ""
    patronymic: str = ""
    sex: str = ""


@transaction.atomic
def born(
    person: Person | UUID | str, children: Sequence[Newborn], *, day: date, source: Source, seen: int | None = None,
    by: Actor, at: datetime,
) -> list[Person]:  # fmt: skip
    """Record a birth: the unborn becomes the first child, with all that was known; others get records of their own.

    What contacts said of the unborn stays confirmed of the first child, for one row is one person; the records of the
    others show it as what was told before the birth.

    :param children: one, or several born together, the first-born first
    :returns: the children in that order; the first is the record that there was
    :raises StepNotAllowed: no birth is expected
    :raises InvalidInput: the day lies ahead, or a child has no name at all
    """
    first = taken(person, seen=seen, by=by)
    if first.expected_on is None:
        raise StepNotAllowed("No birth is expected: it is recorded already, or the date of birth is corrected")
    today = london(at).date()
    rows = [_of(child, day=day, number=number) for number, child in enumerate(children)]
    if not rows:
        raise InvalidInput(given_name="Say who was born")
    for row in chain(*rows):
        checked(row, on=today)
    others = [_like(first, by=by, at=at) for _ in rows[1:]]
    for other in others:
        _share(first, other, by=by)
    people = [first, *others]
    _write(people, rows, day=day, source=source, by=by, at=at)
    first.version += 1
    first.save(update_fields=["version"])
    refresh([child.pk for child in people], by=by)
    for child in people:
        child.refresh_from_db()
    trail.record("people.born", subject=first, by=by, at=at, children=[child.key for child in people])
    return people


def _write(
    people: list[Person], rows: list[list[Recorded]], *, day: date, source: Source, by: Actor, at: datetime
) -> None:
    """Each child's own facts; the name before birth ends, and those born together are brothers and sisters."""
    for child, each in zip(people, rows, strict=True):
        standing = Name.objects.filter(person=child, kind="unborn", struck_at=None, until=None)
        within(by, standing).update(until=day)
        for row in each:
            filled(row, person=child, source=source, by=by, at=at).save(force_insert=True)
    for one, other in combinations(people, 2):
        twins = Relationship(other=other, kind="sibling", twin="twin")
        filled(twins, person=one, source=source, by=by, at=at).save(force_insert=True)


def _of(child: Newborn, *, day: date, number: int) -> list[Recorded]:
    named = Name(
        kind="legal", given_name=child.given_name, middle_names=child.middle_names, patronymic=child.patronymic,
        family_name=child.family_name, since=day,
    )  # fmt: skip
    found: list[Recorded] = [named, Birth(basis="known", day=day)]
    if child.sex:
        found.append(Fact(kind="sex", value=child.sex))
    if not any((child.given_name, child.family_name, child.patronymic)):
        where = f"family_name_{number}" if number else "family_name"
        raise InvalidInput(**{where: "Enter at least the family name"})
    return found


def _like(first: Person, *, by: Actor, at: datetime) -> Person:
    return Person.objects.create(authority_id=first.authority_id, made_by=by.user_id, made_at=at)


_SHARED: tuple[type[Recorded], ...] = (Name, Birth, Residence, Fact, Caution, Relationship, Membership)


def _share(first: Person, other: Person, *, by: Actor) -> None:
    """Give a brother or sister what stood of the unborn, each fact with the source and the writer that it had."""
    for model in _SHARED:
        for row in _standing(model, first, by=by):
            mine = row.person_id == first.pk
            row.pk, row.key, row._state.adding = None, uuid4(), True
            if mine:
                row.person = other
            else:
                row.other = other  # type: ignore[attr-defined]  # a relationship, of which the child is the other end
            row.save(force_insert=True)


def _standing(model: type[Recorded], person: Person, *, by: Actor) -> Iterator[Recorded]:
    whose = Q(person=person) | Q(other=person) if model is Relationship else Q(person=person)
    rows = model.objects.filter(whose, struck_at=None)  # type: ignore[attr-defined]  # the abstract class has none
    yield from list(within(by, rows).order_by("id"))
