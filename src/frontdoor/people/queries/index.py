"""Questions to the index: what stands of many people at once, what they are called, and one person's whole record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from frontdoor.access.queries import names as names_of_users
from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.people.models import Birth, Caution, Fact, Identifier, Name, Person, Recorded, Residence
from frontdoor.people.rules import index_summary as rules
from frontdoor.people.rules.beyond import RESIDENCE, vault
from frontdoor.people.rules.index_summary import Standing
from frontdoor.people.rules.records import Called, Record
from frontdoor.trail import actions as trail

# Plain text, since Django looks at each of many numbers for itself: a third of the time of reading a whole index.
_SHAPES: tuple[tuple[str, Any, str], ...] = tuple(
    (
        f"SELECT {', '.join(shape._fields)} FROM people_{table}"  # noqa: S608 (constants)
        f" WHERE {OWN} AND person_id = ANY(%(people)s) AND struck_at IS NULL",
        shape,
        f"{table}s",
    )
    for table, shape in (
        ("name", rules.NameRow), ("birth", rules.BirthRow), ("fact", rules.FactRow), ("residence", rules.ResidenceRow),
        ("identifier", rules.IdentifierRow),
    )
)  # fmt: skip
"""Of each table of facts: the statement, what a row of it is, and where that stands in `Standing`."""


# Everybody in the families and households of some people, with the names of their present line; the shut are left out.
_RELATIVES = f"""
WITH wanted AS (SELECT unnest(%(people)s::bigint[]) AS id),
kin AS (
  SELECT link.person_id AS one, link.other_id AS other FROM people_relationship link
    JOIN wanted ON wanted.id = link.person_id WHERE link.{OWN} AND link.struck_at IS NULL
  UNION
  SELECT link.other_id, link.person_id FROM people_relationship link
    JOIN wanted ON wanted.id = link.other_id WHERE link.{OWN} AND link.struck_at IS NULL
  UNION
  SELECT mine.person_id, theirs.person_id FROM people_membership mine JOIN wanted ON wanted.id = mine.person_id
    JOIN people_membership theirs ON theirs.{OWN} AND theirs.household_id = mine.household_id
     AND theirs.struck_at IS NULL AND theirs.person_id <> mine.person_id
   WHERE mine.{OWN} AND mine.struck_at IS NULL
)
SELECT kin.one, person.given_name, person.family_name FROM kin
  JOIN people_person person ON person.{OWN} AND person.id = kin.other
 WHERE NOT person.shut AND (person.given_name <> '' OR person.family_name <> '')
 ORDER BY kin.one, person.born_on NULLS LAST, person.given_name, person.id
"""  # noqa: S608 (constants)


def standing(person_ids: Iterable[int], *, by: Actor, relatives: bool = True) -> dict[int, Standing]:
    """Every row of these people that nobody struck through, in six statements however many they are.

    :param relatives: with the names of those in the same families and households
    """
    numbers = sorted(set(person_ids))
    if not numbers:
        return {}
    found = {number: Standing() for number in numbers}
    for text, shape, place in _SHAPES:
        for row in rows_within(by, text, people=numbers):
            getattr(found[row[0]], place).append(shape._make(row))
    if relatives:
        for one, given, family in rows_within(by, _RELATIVES, people=numbers):
            found[one].relatives.append(Called(given, family))
    return found


def records(person_ids: Iterable[int], *, by: Actor) -> dict[int, Record]:
    """What matching compares of these people, by their number, in six statements however many they are."""
    return {number: rules.record(rows) for number, rows in standing(person_ids, by=by).items()}


def labels(person_ids: Iterable[int], *, by: Actor) -> dict[int, str]:
    """What these people are called in a line, by their number; whoever is not seen is left out."""
    return dict(within(by, Person.objects.filter(pk__in=set(person_ids))).values_list("pk", "label"))


def numbers(keys: Iterable[UUID | str], *, by: Actor) -> dict[UUID, int]:
    """The numbers of people by their keys; whoever is not seen is left out."""
    return dict(within(by, Person.objects.filter(key__in=list(keys))).values_list("key", "pk"))


@dataclass(frozen=True, slots=True)
class Opened:
    """The whole record of one person; of each table every row, the last written first, also those struck through.

    :param users: names of whoever recorded or struck, by account
    """

    person: Person
    names: tuple[Name, ...]
    births: tuple[Birth, ...]
    residences: tuple[Residence, ...]
    identifiers: tuple[Identifier, ...]
    facts: tuple[Fact, ...]
    cautions: tuple[Caution, ...]
    users: dict[int, str]

    def rows(self, kind: str) -> tuple[Recorded, ...]:
        """Every row of one table, by its name in `TABLES`."""
        return getattr(self, _FIELDS[kind])  # type: ignore[no-any-return]  # the six fields above


TABLES: dict[str, type[Recorded]] = {
    "name": Name,
    "birth": Birth,
    "residence": Residence,
    "identifier": Identifier,
    "fact": Fact,
    "caution": Caution,
}
_FIELDS = {
    "name": "names",
    "birth": "births",
    "residence": "residences",
    "identifier": "identifiers",
    "fact": "facts",
    "caution": "cautions",
}


def person_of(key: UUID | str, *, by: Actor) -> Person:
    """One person whom the council acted for knows. Part of what records it.

    :raises NotPermitted: `by` reads no records of people
    :raises NotFound: there is none of that key, or not for `by`
    """
    require(by, Permission.PERSON_READ, authority=acting_council(by))
    found = within(by, Person.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def open_person(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """The whole record of one person, in eight statements; opening it leaves an entry.

    A record that was joined into another has no rows: `person.joined_into_id` says so.

    :raises NotPermitted: `by` reads no records of people
    :raises NotFound: there is none of that key, or not for `by`
    """
    person = person_of(key, by=by)
    rows = {kind: _every(model, person, by=by) for kind, model in TABLES.items()}
    who = {number for each in rows.values() for row in each for number in (row.recorded_by, row.struck_by) if number}
    if person.made_by:
        who.add(person.made_by)
    trail.record("people.open", subject=person, by=by, at=at, why=why)
    users = names_of_users(who, by=by)
    return Opened(person=person, users=users, **{_FIELDS[kind]: each for kind, each in rows.items()})


def name_of(key: UUID | str, *, by: Actor, at: datetime) -> Person:
    """Whose record somebody is about to add to; it leaves an entry.

    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: there is none of that key, or not for `by`
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    person = person_of(key, by=by)
    trail.record("people.name", subject=person, by=by, at=at)
    return person


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One row of a record, with whose it is and who wrote it."""

    person: Person
    row: Any
    wrote: str


def open_row(table: str, key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> OpenRow:
    """One fact, to be corrected or ended; opening it leaves an entry.

    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: there is none of that key, or not for `by`
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    if table not in TABLES:
        raise NotFound
    rows = TABLES[table].objects.select_related("person")  # type: ignore[attr-defined]  # the abstract class has none
    row = within(by, rows.filter(key=key)).first()
    if row is None:
        raise NotFound
    trail.record("people.open_row", subject=row.person, by=by, at=at, why=why, row=row.key, table=table)
    wrote = names_of_users({row.recorded_by}, by=by).get(row.recorded_by, "") if row.recorded_by else ""
    return OpenRow(row.person, row, wrote)


def _every(model: type[Recorded], person: Person, *, by: Actor) -> tuple[Any, ...]:
    found: QuerySet[Any] = model.objects.filter(person=person)  # type: ignore[attr-defined]  # abstract
    return tuple(within(by, found).order_by("-recorded_at", "-id"))


def open_address(key: UUID | str, *, why: str, by: Actor, at: datetime) -> str:
    """A sealed address of the index, for somebody who needs it and says why: an entry of its own.

    :param key: of the residence
    :raises NotPermitted: `by` may not open protected addresses
    :raises NotFound: there is none of that key, it is not sealed, or its words are not known
    :raises InvalidInput: no reason
    """
    require(by, Permission.PROTECTED_OPEN, authority=acting_council(by))
    if not within(by, Residence.objects.filter(key=key, protected=True)).exists():
        raise NotFound
    return vault().opens([(RESIDENCE, UUID(str(key)))], why=why, by=by, at=at)


def sealed_of(key: UUID | str, *, by: Actor, at: datetime) -> Person:
    """Whose sealed address somebody asks for: no address. It leaves an entry.

    :raises NotPermitted: `by` may not open protected addresses
    :raises NotFound: there is none of that key, or it is not sealed
    """
    require(by, Permission.PROTECTED_OPEN, authority=acting_council(by))
    row = within(by, Residence.objects.select_related("person").filter(key=key, protected=True)).first()
    if row is None:
        raise NotFound
    trail.record("people.sealed_of", subject=row.person, by=by, at=at, row=row.key)
    return row.person


def said_now(person: Person, kind: str, *, by: Actor) -> list[str]:
    """Every value of a kind of fact that stands and has not ended. Part of a page that records what it shows."""
    found = Fact.objects.filter(person=person, kind=kind, struck_at=None, until=None)
    return list(within(by, found).order_by("id").values_list("value", flat=True))


def joined(person: Person, *, by: Actor) -> UUID:
    """The key of the record that another was joined into.

    :raises NotFound: it was joined into none, or into one that `by` does not see
    """
    into = person.joined_into_id
    key = within(by, Person.objects.filter(pk=into)).values_list("key", flat=True).first() if into else None
    if key is None:
        raise NotFound
    return key
