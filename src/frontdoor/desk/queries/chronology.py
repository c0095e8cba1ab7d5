"""One person's chronology, or a whole family's, put together of what the rooms know."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from frontdoor.access.queries import names as names_of_users
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.queries.history import Past, past
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.councils.rules import london_day
from frontdoor.matching.queries.candidates import kin_of
from frontdoor.matching.queries.linked import subjects_of
from frontdoor.people.models import Mark, Person
from frontdoor.people.queries import index
from frontdoor.people.queries.marks import marks_of
from frontdoor.trail import actions as trail

CONTACT, PLACE, SCHOOL = "contacts.contact", "people.residence", "people.fact"


@dataclass(frozen=True, slots=True)
class Marked:
    """What somebody said of an entry."""

    key: UUID
    words: str
    by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened to somebody.

    :param kind: of what, and `key` of which: none where it cannot be marked
    :param past: the contact, where it is one
    """

    person: Person
    on: date
    kind: str
    words: str
    key: UUID | None = None
    past: Past | None = None
    marks: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class Chronology:
    """Everything that is shown of one person, or of the family with them, oldest first.

    :param people: the person of the page first, then the family
    """

    person: Person
    people: tuple[Person, ...]
    entries: tuple[Entry, ...]

    @property
    def contacts(self) -> tuple[Past, ...]:
        """The contacts about the person of the page alone."""
        mine = (entry.past for entry in self.entries if entry.past and entry.person.pk == self.person.pk)
        return tuple(mine)


def chronology(key: UUID | str, *, whole: bool, by: Actor, at: datetime) -> Chronology:
    """The chronology of one person, or with `whole` of everybody in the family, in a fixed number of statements.

    It opens the records that it shows: one entry in the trail names all of them.

    :raises NotPermitted: `by` reads no records of people, or no contacts
    :raises NotFound: there is none of that key, or not for `by`
    """
    person = index.person_of(key, by=by)
    kin = kin_of([person.pk], by=by) if whole else frozenset()
    people = [person, *_people(kin, by=by)]
    numbers = [each.pk for each in people]
    entries = [*_contacts(people, by=by), *_facts(people, by=by)]
    marks = _marks(numbers, by=by)
    found = [_with(entry, marks) for entry in entries]
    trail.record("desk.chronology", subject=person, by=by, at=at, people=[str(each.key) for each in people])
    return Chronology(person, tuple(people), tuple(sorted(found, key=_place)))


def _place(entry: Entry) -> tuple[date, str, str, str]:
    return entry.on, entry.past.receipt if entry.past else "", entry.words, entry.person.label


def _people(numbers: Collection[int], *, by: Actor) -> list[Person]:
    if not numbers:
        return []
    rows = within(by, Person.objects.filter(pk__in=numbers, joined_into=None))
    return list(rows.order_by("born_on", "label", "id"))


def _contacts(people: list[Person], *, by: Actor) -> list[Entry]:
    known = {person.pk: person for person in people}
    whose = {key: known[number] for key, number in subjects_of(list(known), kind=NAMED, by=by).items()}
    return [
        Entry(whose[each.named], london_day(each.received_at), CONTACT, "", key=each.contact, past=each)
        for each in past(list(whose), by=by)
    ]


def _facts(people: list[Person], *, by: Actor) -> list[Entry]:
    """Births, moves and schools: what stands, on the day on which it began."""
    standing = index.standing([each.pk for each in people], by=by, relatives=False)
    found = []
    for person in people:
        facts = standing[person.pk]
        if person.born_on:
            found.append(Entry(person, person.born_on, "people.birth", "Born"))
        if person.died_on:
            found.append(Entry(person, person.died_on, "people.death", "Died"))
        for place in facts.residences:
            if place.since:
                words = "An address that is protected" if place.protected else f"{place.lines} {place.postcode}".strip()
                found.append(Entry(person, place.since, PLACE, f"Moved: {words}"))
        found += [
            Entry(person, fact.since, SCHOOL, f"Began at {fact.value}")
            for fact in facts.facts
            if fact.kind == "school" and fact.since
        ]
    return found


def _marks(people: list[int], *, by: Actor) -> dict[tuple[int, UUID], list[Marked]]:
    rows: list[Mark] = marks_of(people, by=by)
    names = names_of_users({row.said_by for row in rows}, by=by)
    found: dict[tuple[int, UUID], list[Marked]] = defaultdict(list)
    for row in rows:
        told = Marked(row.key, row.words, names.get(row.said_by, ""), row.said_by == by.user_id)
        found[(row.person_id, row.event_key)].append(told)
    return found


def _with(entry: Entry, marks: dict[tuple[int, UUID], list[Marked]]) -> Entry:
    told = marks.get((entry.person.pk, entry.key)) if entry.key else None
    if not told:
        return entry
    return Entry(entry.person, entry.on, entry.kind, entry.words, entry.key, entry.past, tuple(told))
