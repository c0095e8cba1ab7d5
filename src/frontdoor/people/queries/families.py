"""A family as the index knows it: who is what to whom, who lives with whom, with every date and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import names as names_of_users
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.people.models import Change, Fact, Household, Membership, Name, Person, Relationship
from frontdoor.people.queries.index import person_of
from frontdoor.people.rules import families as rules
from frontdoor.people.rules import names
from frontdoor.trail import actions as trail

STEPS = 3
"""How far from a person relatives are looked for."""
MOST = 60
"""People in one picture."""
FOUND = 20
BY_NAME = ("person__label", "other__label", "kind", "since", "recorded_at", "key")


@dataclass(frozen=True, slots=True)
class OpenFamily:
    """One person's family.

    :param people: whoever is seen, the person first, then in the order in which they are reached
    :param relationships: between these, also those struck through
    :param genders: of those who are of another gender than their recorded sex, by number
    :param changes: changes of who lives where that these households had, the last first
    :param more: whether there are others beyond those shown
    """

    person: Person
    people: tuple[Person, ...]
    relationships: tuple[Relationship, ...]
    households: tuple[Household, ...]
    memberships: tuple[Membership, ...]
    genders: dict[int, str]
    changes: tuple[Change, ...]
    users: dict[int, str]
    more: bool

    def days(self) -> list[date]:
        """Every day on which something began or was over, the last first."""
        spans = [each for each in (*self.relationships, *self.memberships) if each.struck_at is None]
        return sorted({day for each in spans for day in (each.since, each.until) if day}, reverse=True)


def open_family(key: UUID | str, *, on: date, by: Actor, at: datetime) -> OpenFamily:
    """One person's family; opening it leaves an entry with everybody shown.

    Rows of records that few may open are not among them: the database gives nobody else any.

    :param on: the day for which it is shown, for the entry
    :raises NotPermitted: `by` reads no records of people
    :raises NotFound: there is none of that key, or not for `by`
    """
    person = person_of(key, by=by)
    reached, more = _reached(person, by=by)
    people = {row.pk: row for row in within(by, Person.objects.filter(pk__in=reached))}
    shown = [people[number] for number in reached if number in people]
    numbers = [row.pk for row in shown]
    links = within(by, Relationship.objects.filter(person__in=numbers, other__in=numbers))
    parts = within(by, Membership.objects.filter(person__in=numbers).select_related("household"))
    memberships = tuple(parts.order_by("household__made_at", "household__key", "since", "person__label", "key"))
    homes = tuple({row.household_id: row.household for row in memberships}.values())
    relationships = tuple(links.order_by(*BY_NAME))
    facts = Fact.objects.filter(person__in=numbers, kind="gender", struck_at=None, until=None)
    genders = dict(within(by, facts).order_by("recorded_at", "id").values_list("person_id", "value"))
    rows: list[Any] = [*relationships, *memberships]
    users = names_of_users({number for row in rows for number in (row.recorded_by, row.struck_by) if number}, by=by)
    changes = _changes(homes, memberships, by=by)
    trail.record("people.family", subject=person, by=by, at=at, on=on, people=[str(row.key) for row in shown])
    return OpenFamily(person, tuple(shown), relationships, homes, memberships, genders, changes, users, more)


def _reached(person: Person, *, by: Actor) -> tuple[list[int], bool]:
    """The numbers of a family, the person first; through relatives and homes, not through friends or people of risk."""
    found, edge = [person.pk], [person.pk]
    for _ in range(STEPS):
        near, beyond = _near(edge, by=by)
        new = [number for number in dict.fromkeys((*near, *beyond)) if number not in found]
        found += new
        edge = [number for number in new if number in near]
        if not edge or len(found) > MOST:
            break
    return found[:MOST], len(found) > MOST


def _near(edge: list[int], *, by: Actor) -> tuple[list[int], list[int]]:
    links = within(by, Relationship.objects.filter(Q(person__in=edge) | Q(other__in=edge), struck_at=None))
    here = set(edge)
    near: list[int] = []
    beyond: list[int] = []
    for one, other, kind in links.order_by(*BY_NAME).values_list("person_id", "other_id", "kind"):
        through = near if rules.kind(kind).form in ("couple", "parent", "kin") else beyond
        through += [number for number in (one, other) if number not in here]
    homes = within(by, Membership.objects.filter(person__in=edge, struck_at=None)).values_list(
        "household_id", flat=True
    )
    shared = within(by, Membership.objects.filter(household__in=list(homes), struck_at=None).exclude(person__in=edge))
    near += shared.order_by("since", "person__label", "key").values_list("person_id", flat=True)
    return near, beyond


def _changes(homes: Iterable[Household], rows: Iterable[Membership], *, by: Actor) -> tuple[Change, ...]:
    """The changes that these rows came by, and those of these households that wait; the last first."""
    came = within(by, Change.objects.filter(key__in={row.source_key for row in rows if row.source_key}))
    keys = {str(home.key) for home in homes}
    asked = within(by, Change.objects.filter(state=rules.State.ASKED)).order_by("-asked_at", "key")
    waiting = [change for change in asked if keys & set(change.wanted["seen"])]
    return (*waiting, *(change for change in came.order_by("-made_at", "key") if change not in waiting))


@dataclass(frozen=True, slots=True)
class OpenRelationship:
    """One relationship with both its people."""

    row: Relationship
    person: Person
    other: Person
    wrote: str


def open_relationship(key: UUID | str, *, by: Actor, at: datetime) -> OpenRelationship:
    """One relationship, to be corrected or ended; opening it leaves an entry.

    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: there is none of that key, or not for `by`
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    row = within(by, Relationship.objects.select_related("person", "other").filter(key=key)).first()
    if row is None:
        raise NotFound
    trail.record("people.open_relationship", subject=row.person, by=by, at=at, row=row.key, other=str(row.other.key))
    wrote = names_of_users({row.recorded_by}, by=by).get(row.recorded_by, "") if row.recorded_by else ""
    return OpenRelationship(row, row.person, row.other, wrote)


def looked_up(words: str, *, but: UUID | str, by: Actor, at: datetime) -> list[Person]:
    """People whose name begins with what was typed, for choosing one beside another; each asking leaves an entry.

    :param but: who is not offered: the person whose page it is
    :raises NotPermitted: `by` keeps no records of people
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    parts = names.fold(words).split()
    if not parts:
        return []
    rows = Name.objects.filter(struck_at=None)
    for part in parts[:4]:
        rows = rows.filter(Q(fold_family__startswith=part) | Q(fold_given__startswith=part))
    found = within(by, rows).order_by("fold_family", "fold_given", "person_id").values_list("person_id", flat=True)
    numbers = list(dict.fromkeys(found[: 4 * FOUND]))[:FOUND]
    people = within(by, Person.objects.filter(pk__in=numbers, joined_into=None).exclude(key=but))
    shown = sorted(people, key=lambda row: (row.label, row.born_on or date.max, str(row.key)))
    trail.record("people.look_up", by=by, at=at, words=len(parts), shown=[str(row.key) for row in shown])
    return shown
