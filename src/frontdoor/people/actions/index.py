"""What people do to the index: somebody is written down, a fact is added, corrected or ended, a child is born.

Nothing is written over: what was wrong is struck through, with the reason, and what is right is a row of its own.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.people.actions.index_filling import checked, filled, prepared
from frontdoor.people.models import Birth, Fact, Name, Person, Recorded
from frontdoor.people.queries.index import TABLES, standing
from frontdoor.people.rules import index_rows as rules
from frontdoor.people.rules import index_summary, probes
from frontdoor.people.rules.index_rows import Source
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

__all__ = [
    "Source",
    "add",
    "changed",
    "correct",
    "end",
    "filled",
    "make",
    "prepared",
    "refresh",
    "say_all",
    "strike",
    "taken",
]

Row = TypeVar("Row", bound=Recorded)


@transaction.atomic
def make(
    *, rows: Sequence[Recorded] = (), given_name: str = "", family_name: str = "", middle_names: str = "",
    patronymic: str = "", latin: str = "", name_kind: str = "legal", born: date | None = None,
    born_basis: str = "known", expected: date | None = None, sex: str = "", unidentified: bool = False,
    description: str = "", source: Source, by: Actor, at: datetime,
) -> Person:  # fmt: skip
    """Write somebody down who is not known here yet: a child, an adult, an unborn child, or somebody of unknown name.

    The unborn have an expected day and perhaps a family name; their name is kept as one before birth.

    :param rows: further facts, unsaved; a name or birth among them may stand in place of the words here
    :param description: of somebody whose name nobody knows: what they look like, about how old, where and when seen
    :raises NotPermitted: `by` keeps no records of people
    :raises InvalidInput: a row is wrong, by field; or there is neither a name nor a description
    """
    council = acting_council(by)
    require(by, Permission.PERSON_KEEP, authority=council)
    first: list[Recorded] = []
    if given_name or family_name or middle_names or patronymic:
        kind = _kind_of_name(name_kind, unborn=expected is not None and born is None, unidentified=unidentified)
        first.append(Name(kind=kind, given_name=given_name, middle_names=middle_names, patronymic=patronymic,
                          family_name=family_name, latin=latin))  # fmt: skip
    if born is not None:
        first.append(Birth(basis=born_basis, day=born))
    if expected is not None:
        first.append(Birth(basis="expected", day=expected))
    if sex:
        first.append(Fact(kind="sex", value=sex))
    every = [*first, *rows]
    if not any(isinstance(row, Name) for row in every) and not (unidentified and description.strip()):
        raise InvalidInput(given_name="Enter a name, or say that the name is not known and describe the person")
    described = description.strip() if unidentified else ""
    person = Person.objects.create(authority_id=council, description=described, made_by=by.user_id, made_at=at)
    for row in every:
        checked(row, on=london(at).date())
        filled(row, person=person, source=source, by=by, at=at).save(force_insert=True)
    refresh([person.pk], by=by)
    trail.record("people.make", subject=person, by=by, at=at, rows=len(every), source=source.kind)
    person.refresh_from_db()
    return person


def _kind_of_name(said: str, *, unborn: bool, unidentified: bool) -> str:
    """What sort of name the first one is: of the unborn one before birth, of the unidentified what they are called."""
    if said != "legal" or not (unborn or unidentified):
        return said
    return "unborn" if unborn else "known_as"


def taken(person: Person | UUID | str, *, seen: int | None = None, by: Actor) -> Person:
    """One person's row, locked, for whoever changes what is known of them; everything about a person waits for it.

    :param seen: the version on which the change rests; None where nobody has looked at a page of it
    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: the council acted for knows nobody of that key
    :raises Conflict: it was changed since
    :raises StepNotAllowed: it was joined into another record
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    key = person.key if isinstance(person, Person) else person
    found = within(by, Person.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if found is None:
        raise NotFound
    if found.joined_into_id is not None:
        raise StepNotAllowed("This record was joined into another one")
    if seen is not None:
        unchanged(seen, found.version)
    return found


@transaction.atomic
def add(
    person: Person | UUID | str, row: Row, *, source: Source, seen: int | None = None, by: Actor, at: datetime
) -> Row:
    """Add a fact to what is known of somebody; nothing that stands is touched.

    :param row: an unsaved row of one of `TABLES`, with what is said and `since` and `until` as far as known
    :raises InvalidInput: it is wrong, by field
    """
    found = taken(person, seen=seen, by=by)
    checked(row, on=london(at).date())
    _alone(found, row, by=by)
    filled(row, person=found, source=source, by=by, at=at).save(force_insert=True)
    changed(found, by=by)
    trail.record("people.add", subject=found, by=by, at=at, row=row.key, **_kind(row))
    return row


@transaction.atomic
def correct(
    row: Row, *, why: str, source: Source | None = None, of: UUID | str, table: str, seen: int | None = None,
    by: Actor, at: datetime,
) -> Row:  # fmt: skip
    """Say that a fact was wrong, and what is right: the wrong one is struck through with the reason and stays readable.

    :param row: what is right, unsaved
    :param of: key of the row that was wrong
    :param table: its name in `TABLES`
    :param source: where what is right is from; None where that is the same
    :raises NotFound: there is no such row
    :raises InvalidInput: no reason, or what is right is wrong by field
    :raises StepNotAllowed: it was struck through before
    """
    person, wrong = _found(of, table, seen=seen, by=by)
    _strike(wrong, why=why, by=by, at=at)
    checked(row, on=london(at).date())
    _alone(person, row, by=by)
    filled(row, person=person, source=source or _source(wrong), by=by, at=at).save(force_insert=True)
    changed(person, by=by)
    trail.record("people.correct", subject=person, by=by, at=at, why=why.strip(), row=wrong.key, now=row.key,
                 **_kind(row))  # fmt: skip
    return row


@transaction.atomic
def strike(of: UUID | str, table: str, *, why: str, seen: int | None = None, by: Actor, at: datetime) -> Recorded:
    """Say that a fact was never so, and that nothing takes its place; it stays readable, struck through.

    :raises NotFound: there is no such row
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was struck through before, or it is the only name of somebody who is identified
    """
    person, wrong = _found(of, table, seen=seen, by=by)
    if table == "name" and not person.description and not _others(wrong, by=by):
        raise StepNotAllowed("This is the only name. Correct it instead")
    _strike(wrong, why=why, by=by, at=at)
    changed(person, by=by)
    trail.record("people.strike", subject=person, by=by, at=at, why=why.strip(), row=wrong.key, **_kind(wrong))
    return wrong


@transaction.atomic
def end(of: UUID | str, table: str, *, until: date, seen: int | None = None, by: Actor, at: datetime) -> Recorded:
    """Say until when a fact was so. It was right, and stays as what was so before.

    :param until: the last day, in London
    :raises NotFound: there is no such row
    :raises InvalidInput: the day lies ahead, or before the first
    :raises StepNotAllowed: it has an end, which can be corrected; or it was struck through
    """
    person, row = _found(of, table, seen=seen, by=by)
    if row.until is not None:
        raise StepNotAllowed("It has an end already. Correct it where that is wrong")
    problems = rules.span_problems(row.since, until)
    if until > london(at).date():
        problems = {"until": "The last day cannot lie ahead"}
    if problems:
        raise InvalidInput(**problems)
    row.until = until
    row.save(update_fields=["until"])
    changed(person, by=by)
    trail.record("people.end", subject=person, by=by, at=at, row=row.key, until=until, **_kind(row))
    return row


@transaction.atomic
def say_all(
    person: Person | UUID | str, kind: str, values: Iterable[str], *, source: Source, seen: int | None = None,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Say everything that is so of a kind of fact of which several stand, such as disabilities.

    What is new is added, what is no longer said ends today, and what stays is not touched.

    :raises InvalidInput: no disability beside one, or a value that the list has not
    """
    wanted = dict.fromkeys(values)
    if kind == "disability" and rules.no_disability_beside(wanted):
        raise InvalidInput(value="“No disability” cannot be said beside a disability")
    found = taken(person, seen=seen, by=by)
    stands = {row.value: row for row in _facts(found, kind, by=by)}
    today = london(at).date()
    for value, row in stands.items():
        if value not in wanted:
            row.until = max(today, row.since or today)
            row.save(update_fields=["until"])
    for value in wanted:
        if value not in stands:
            row = checked(Fact(kind=kind, value=value), on=today)
            filled(row, person=found, source=source, by=by, at=at).save(force_insert=True)
    changed(found, by=by)
    trail.record("people.say_all", subject=found, by=by, at=at, kind=kind)


def _facts(person: Person, kind: str, *, by: Actor) -> list[Fact]:
    found = Fact.objects.filter(person=person, kind=kind, struck_at=None, until=None)
    return list(within(by, found).order_by("id"))


def _alone(person: Person, row: Recorded, *, by: Actor) -> None:
    """No disability stands beside a disability (census rule 8790)."""
    if not isinstance(row, Fact) or row.kind != "disability" or row.until is not None:
        return
    if rules.no_disability_beside({each.value for each in _facts(person, "disability", by=by)} | {row.value}):
        raise InvalidInput(value="“No disability” cannot be said beside a disability: end or correct that first")


def _found(of: UUID | str, table: str, *, seen: int | None, by: Actor) -> tuple[Person, Recorded]:
    """A row that stands, with its person locked first."""
    if table not in TABLES:
        raise NotFound
    rows = TABLES[table].objects  # type: ignore[attr-defined]  # the abstract class has none
    whose = within(by, rows.filter(key=of)).values_list("person__key", flat=True).first()
    if whose is None:
        require(by, Permission.PERSON_KEEP, authority=acting_council(by))
        raise NotFound
    person = taken(whose, seen=seen, by=by)
    row: Recorded = within(by, rows.filter(key=of)).get()
    if row.struck_at is not None:
        raise StepNotAllowed("This was corrected before", when=row.struck_at)
    return person, row


def _strike(row: Recorded, *, why: str, by: Actor, at: datetime) -> None:
    if not why.strip():
        raise InvalidInput(why="Write what was wrong, and how you know")
    row.struck_by, row.struck_at, row.struck_why = by.user_id, at, why.strip()[:300]
    row.save(update_fields=["struck_by", "struck_at", "struck_why"])


def _others(row: Recorded, *, by: Actor) -> bool:
    same = Name.objects.filter(person=row.person_id, struck_at=None).exclude(pk=row.pk)
    return within(by, same).exists()


def _source(row: Recorded) -> Source:
    return Source(row.source_kind, row.source, row.source_key)


def _kind(row: Recorded) -> dict[str, str]:
    """Which sort of fact it is, for the trail: never the fact."""
    return {"table": row._meta.model_name or "", "kind": str(getattr(row, "kind", "") or getattr(row, "basis", ""))}


def changed(person: Person, *, by: Actor) -> None:
    """Whoever looked before must look again, and what follows from the rows is worked out anew."""
    person.version += 1
    person.save(update_fields=["version"])
    refresh([person.pk], by=by)


_COLUMNS = {
    "label": "text", "family_name": "text", "given_name": "text", "born_on": "date", "born_basis": "text",
    "expected_on": "date", "died_on": "date", "sex": "text", "postcode": "text", "unidentified": "boolean",
}  # fmt: skip
_SUMMARISE = (
    f"UPDATE people_person AS person SET {', '.join(f'{name} = new.{name}' for name in _COLUMNS)}"  # noqa: S608 (constants)
    f" FROM unnest(%s::bigint[], {', '.join(f'%s::{kind}[]' for kind in _COLUMNS.values())})"
    f" AS new (id, {', '.join(_COLUMNS)}) WHERE person.authority_id = %s AND person.id = new.id"
    f" AND ({', '.join(f'person.{name}' for name in _COLUMNS)})"
    f" IS DISTINCT FROM ({', '.join(f'new.{name}' for name in _COLUMNS)})"
)
_FORGET = (
    "DELETE FROM people_probe AS probe WHERE probe.authority_id = %s AND probe.person_id = ANY(%s::bigint[])"
    " AND NOT EXISTS (SELECT FROM unnest(%s::bigint[], %s::bigint[]) AS new (token, person_id)"
    " WHERE new.token = probe.token AND new.person_id = probe.person_id)"
)
_REMEMBER = (
    "INSERT INTO people_probe (authority_id, token, person_id)"
    " SELECT %s, token, person_id FROM unnest(%s::bigint[], %s::bigint[]) AS new (token, person_id)"
    " ON CONFLICT DO NOTHING"
)


@transaction.atomic
def refresh(person_ids: Iterable[int], *, by: Actor) -> None:
    """Work out again what follows from the rows of some people: the line that lists show, and what they are found by.

    Ten statements however many they are; whoever changes a row of `TABLES`, a relationship or a household calls it for
    the people touched. Whoever `by` does not see is left as they are.
    """
    told = within(by, Person.objects.filter(pk__in=set(person_ids))).values_list("pk", "description")
    people: dict[int, str] = dict(told)
    if not people:
        return
    found = standing(people, by=by)
    lines = [index_summary.summary(rows, description=people[number]) for number, rows in found.items()]
    tokens = [(token, number) for number, rows in found.items() for token in probes.probes(index_summary.record(rows))]
    kept = [token for token, _ in tokens], [number for _, number in tokens]
    council, whom = acting_council(by), list(found)
    with connection.cursor() as cursor:
        cursor.execute(_SUMMARISE, [whom, *map(list, zip(*lines, strict=True)), council])
        cursor.execute(_FORGET, [council, whom, *kept])
        cursor.execute(_REMEMBER, [council, *kept])
