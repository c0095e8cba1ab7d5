"""Families written to the index many at a time: a new person with every row, and of a known one only what is new.

Nothing that stands is written over. What the case system said before and now says otherwise is a further row; what it
ended is given its end, and so is what it says no more (`bringing_ending`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, get_type_hints
from uuid import uuid4

from django.db import connection

from frontdoor.actors.queries import OWN, rows_within
from frontdoor.actors.rules import Actor, acting_council
from frontdoor.people.actions import index
from frontdoor.people.actions.bringing_ending import end, vanished
from frontdoor.people.actions.bringing_preparing import Lines, lines_of, name_kind, pairs
from frontdoor.people.rules import index_rows, index_summary, names
from frontdoor.people.rules.bringing import Brought, Lived

SOURCE = "system"

_COLUMNS: dict[str, dict[str, str]] = {
    "name": {
        "kind": "text", "given_name": "text", "middle_names": "text", "family_name": "text", "script": "text",
        "fold_given": "text", "fold_family": "text", "since": "date",
    },
    "birth": {"basis": "text", "day": "date", "since": "date"},
    "residence": {
        "kind": "text", "lines": "text", "postcode": "text", "uprn": "text", "protected": "bool", "fold_lines": "text",
        "since": "date", "until": "date",
    },
    "identifier": {"kind": "text", "system": "text", "value": "text", "trace": "text", "since": "date"},
    "fact": {"kind": "text", "value": "text", "fold_value": "text", "since": "date", "until": "date"},
    "relationship": {"other_id": "bigint", "kind": "text", "since": "date"},
}  # fmt: skip
"""What each table is given; what it has besides is empty."""

_EMPTY: dict[str, str] = {
    "name": "title, patronymic, latin", "birth": "grounds", "residence": "care_of", "identifier": "", "fact": "note",
    "relationship": "responsibility, evidence, state, twin",
}  # fmt: skip


_TYPES: dict[Any, str] = {str: "text", bool: "boolean", date | None: "date"}
_LINE = {name: _TYPES[hint] for name, hint in get_type_hints(index_summary.Summary).items()}
"""The columns of the line that lists show, with their types."""


@dataclass(slots=True)
class Written:
    """What came of a batch: people new, known and changed, rows, rows that ended because the case system says them no
    more, and numbers of those from before an adoption.
    """

    new: int = 0
    known: int = 0
    changed: int = 0
    rows: int = 0
    ended: int = 0
    adopted: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    """Rows to be written, by table, each beginning with the person's number in the database."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})

    def count(self) -> int:
        return sum(map(len, self.rows.values()))


_KNOWN = f"""
SELECT value, min(person_id) FROM people_identifier
 WHERE {OWN} AND kind = 'local' AND system = %(system)s AND value = ANY(%(numbers)s) AND struck_at IS NULL
 GROUP BY value
"""  # noqa: S608 (constants)


def known(numbers: Iterable[str], *, system: str, by: Actor) -> dict[str, int]:
    """Who was brought in before, by their number in the case system; of a joined record, the one that it is now."""
    return dict(rows_within(by, _KNOWN, system=system, numbers=list(numbers)))


def write(
    families: Sequence[Sequence[Brought]], lines: Lines | None = None, *, columns: Collection[str] = (), system: str,
    on: date, by: Actor, at: datetime,
) -> Written:  # fmt: skip
    """Write whole families; call it in the transaction that moves the run's place on.

    :param columns: that the files have: what these say no more has ended
    :param lines: those of everybody in these families, where they were worked out beforehand; used if all are new
    """
    everyone = [person for family in families for person in family]
    kin = {mother for person in everyone for mother in person.mothers}
    ids = known({person.number for person in everyone} | kin, system=system, by=by)
    fresh = [person for person in everyone if person.number not in ids]
    old = [person for person in everyone if person.number in ids and (person.listed or person.lived or person.said)]
    batch, done = _Batch(), Written(new=len(fresh), known=len(old))
    done.adopted = [(person.number, person.adopted) for person in everyone if person.adopted]

    if lines is None or len(fresh) < len(everyone):
        lines = lines_of(families, fresh)
    ids |= _people(fresh, lines.shown, by=by, at=at)
    for person in fresh:
        _all_rows(batch, ids[person.number], person, since=None)
    again = [(ids[person.number], person) for person in old]
    said = _before(again, system=system, by=by)
    touched = _further_rows(batch, again, said, on=on, by=by)
    over = {
        number: list(vanished(number, person, said, columns, system=system, one=_ONE)) for number, person in again
    }  # fmt: skip
    end([each for rows in over.values() for each in rows], system=system, on=on, by=by)
    touched |= {number for number, rows in over.items() if rows}
    _relations(batch, families, ids, by=by)

    for table, rows in batch.rows.items():
        _insert(table, rows, system=system, by=by, at=at)
    done.rows, done.changed, done.ended = batch.count(), len(touched), sum(map(len, over.values()))
    _probes([(token, ids[number]) for number, tokens in lines.probes.items() for token in tokens], by=by)
    index.refresh(touched | _newly_related(batch.rows["relationship"], {ids[person.number] for person in fresh}), by=by)
    return done


def _newly_related(rows: list[tuple[Any, ...]], fresh: set[int]) -> set[int]:
    """Both ends of each new tie of which one was known before: what they are found by changes with their relatives."""
    return {number for row in rows if not fresh.issuperset(row[:2]) for number in row[:2]}


def _all_rows(batch: _Batch, number: int, person: Brought, *, since: date | None) -> None:
    """Every row of a person who is new."""
    batch.rows["name"] += [_name(number, person, since)] if person.given or person.family else []
    if person.birth is not None:
        batch.rows["birth"].append((number, *person.birth, since))
    batch.rows["residence"] += [_residence(number, lived) for lived in person.lived]
    batch.rows["identifier"] += [
        (number, known.kind.value, known.system, known.value, known.trace or "", since) for known in person.numbers
    ]
    batch.rows["fact"] += [(number, said.kind, said.value, "", said.since or since, said.until) for said in person.said]


def _name(number: int, person: Brought, since: date | None) -> tuple[Any, ...]:
    written = f"{person.given} {person.middle} {person.family}"
    script = "" if written.isascii() else index_rows.script_of(written)
    given, family = person.given, person.family
    if script:
        given, family = index_rows.latin_of(given, family, "", between=person.middle)
    folded = names.fold(given)[:110], names.fold(family)[:110]
    return number, name_kind(person), person.given, person.middle, person.family, script, *folded, since


def _residence(number: int, lived: Lived) -> tuple[Any, ...]:
    return (
        number, lived.kind, lived.lines, lived.postcode, lived.uprn, lived.protected,
        index_rows.folded_line(lived.lines), lived.since, lived.until,
    )  # fmt: skip


# -- People who are known already ------------------------------------------------------------------------

_SAID = {
    "name": "person_id, kind, given_name, middle_names, family_name",
    "birth": "person_id, basis, day",
    "residence": "person_id, kind, lines, postcode, protected, since, until, id, struck_at IS NULL",
    "identifier": "person_id, kind, system, value, until, id, struck_at IS NULL",
    "fact": "person_id, kind, value, since, until, id, struck_at IS NULL",
}
Said = dict[str, dict[int, list[tuple[Any, ...]]]]
_ONE = frozenset({"sex", "gender", "ethnicity", "died", "upn_unknown"})
"""Kinds of fact of which the case system says one: the newest that it said is compared."""


def _before(people: Sequence[tuple[int, Brought]], *, system: str, by: Actor) -> Said:
    """What the case system said of these people before and has not withdrawn, by table and person."""
    numbers = [number for number, _ in people]
    return {table: _said_before(table, numbers, system=system, by=by) if numbers else {} for table in _SAID}


def _further_rows(batch: _Batch, people: Sequence[tuple[int, Brought]], said: Said, *, on: date, by: Actor) -> set[int]:
    """What the case system says of known people and has not said before; gives who is touched.

    What it said before counts also where somebody struck it through: a wrong fact does not come back every night.
    """
    before = batch.count()
    touched: set[int] = set()
    ends: dict[str, list[tuple[int, date]]] = {"residence": [], "fact": []}
    for number, person in people:
        _newer_name_and_birth(batch, number, person, said, on)
        _newer_residences(batch, number, person, said["residence"].get(number, []), ends["residence"])
        _newer_facts(batch, number, person, said["fact"].get(number, []), ends["fact"], on=on)
        had = {row[1:4] for row in said["identifier"].get(number, [])}
        batch.rows["identifier"] += [
            (number, known.kind.value, known.system, known.value, known.trace or "", on)
            for known in person.numbers if (known.kind.value, known.system, known.value) not in had
        ]  # fmt: skip
        ended = sum(map(len, ends.values()))
        if batch.count() + ended > before:
            touched.add(number)
            before = batch.count() + ended
    for table, rows in ends.items():
        _end(table, rows, by=by)
    return touched


def _said_before(table: str, numbers: list[int], *, system: str, by: Actor) -> dict[int, list[tuple[Any, ...]]]:
    rows = rows_within(
        by,
        f"SELECT {_SAID[table]} FROM people_{table}"  # noqa: S608 (constants)
        f" WHERE {OWN} AND person_id = ANY(%(people)s)"
        " AND source_kind = 'system' AND source = %(system)s AND recorded_by IS NULL ORDER BY id",
        people=numbers, system=system,
    )  # fmt: skip
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _newer_name_and_birth(batch: _Batch, number: int, person: Brought, said: Said, on: date) -> None:
    called = (name_kind(person), person.given, person.middle, person.family)
    if (person.given or person.family) and (said["name"].get(number) or [()])[-1][1:] != called:
        batch.rows["name"].append(_name(number, person, on))
    if person.birth is not None and (said["birth"].get(number) or [()])[-1][1:] != person.birth:
        batch.rows["birth"].append((number, *person.birth, on))


def _newer_residences(
    batch: _Batch, number: int, person: Brought, said: list[tuple[Any, ...]], ends: list[tuple[int, date]]
) -> None:
    """Addresses that are new; one that the case system has ended meanwhile is given its end."""
    had: dict[tuple[Any, ...], tuple[Any, ...]] = {row[1:6]: row[6:] for row in said}
    for lived in person.lived:
        same = had.get((lived.kind, lived.lines, lived.postcode, lived.protected, lived.since))
        if same is None:
            batch.rows["residence"].append(_residence(number, lived))
        elif lived.until is not None and same[0] is None and same[2]:
            ends.append((same[1], lived.until))


def _newer_facts(
    batch: _Batch, number: int, person: Brought, said: list[tuple[Any, ...]], ends: list[tuple[int, date]], *, on: date
) -> None:
    newest = {row[1]: row[2] for row in said}
    had = {(row[1], row[2], row[3]): row[4:] for row in said}
    ever = {(row[1], row[2]) for row in said}
    for fact in person.said:
        if fact.kind in _ONE and newest.get(fact.kind) == fact.value:
            continue
        if fact.kind in _ONE or (fact.since is None and (fact.kind, fact.value) not in ever):
            batch.rows["fact"].append((number, fact.kind, fact.value, "", fact.since or on, fact.until))
        elif fact.since is not None:
            same = had.get((fact.kind, fact.value, fact.since))
            if same is None:
                batch.rows["fact"].append((number, fact.kind, fact.value, "", fact.since, fact.until))
            elif fact.until is not None and same[0] is None and same[2]:
                ends.append((same[1], fact.until))


# -- Families --------------------------------------------------------------------------------------------

_RELATED = f"""
SELECT person_id, other_id, kind FROM people_relationship
 WHERE {OWN} AND (person_id = ANY(%(people)s) OR other_id = ANY(%(people)s))
"""  # noqa: S608 (constants)


def _relations(batch: _Batch, families: Sequence[Sequence[Brought]], ids: dict[str, int], *, by: Actor) -> None:
    """Mothers of their children; and who else belongs to a family, where no mother says it."""
    wanted = [
        (ids[one], ids[other], kind)
        for family in families for one, other, kind in pairs(family) if one in ids and other in ids
    ]  # fmt: skip
    if not wanted:
        return
    people = sorted({number for one, other, _ in wanted for number in (one, other)})
    had = set(rows_within(by, _RELATED, people=people))
    for one, other, kind in dict.fromkeys(wanted):
        if one != other and (one, other, kind) not in had and not (kind != "mother" and (other, one, kind) in had):
            batch.rows["relationship"].append((one, other, kind, None))


# -- Statements ------------------------------------------------------------------------------------------

_TOLD = str.maketrans({"\\": "\\\\", '"': '\\"'})


def _array(values: Iterable[Any]) -> str:
    """Values of a column as PostgreSQL writes an array: the driver's own way is asked for each value, and takes longer.

    Whole numbers stand as they are, anything else within quotation marks.
    """
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if type(value) is int else f'"{str(value).translate(_TOLD)}"'


def _people(
    fresh: Sequence[Brought], summaries: dict[str, index_summary.Summary], *, by: Actor, at: datetime
) -> dict[str, int]:
    """The new people's own rows, with the line that lists show; gives their numbers in the database."""
    if not fresh:
        return {}
    keys = [str(uuid4()) for _ in fresh]
    lines = [summaries[person.number] for person in fresh]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO people_person"  # noqa: S608 (constants)
            f" (authority_id, made_at, description, shut, version, key, {', '.join(_LINE)})"
            f" SELECT %s, %s, '', false, 1, key, {', '.join(_LINE)} FROM unnest(%s::uuid[],"
            f" {', '.join(f'%s::{kind}[]' for kind in _LINE.values())}) AS new (key, {', '.join(_LINE)})"
            f" RETURNING key::text, id",
            [acting_council(by), at, keys, *map(_array, zip(*lines, strict=True))],
        )
        ids = dict(cursor.fetchall())
    return {person.number: ids[key] for person, key in zip(fresh, keys, strict=True)}


def _insert(table: str, rows: list[tuple[Any, ...]], *, system: str, by: Actor, at: datetime) -> None:
    if not rows:
        return
    columns = {"person_id": "bigint", **_COLUMNS[table]}
    empty = [name for name in _EMPTY[table].split(", ") if name]
    fixed = ["authority_id", "key", "source_kind", "source", "recorded_at", "struck_why", "shut", *empty]
    values = ["%s", "gen_random_uuid()", f"'{SOURCE}'", "%s", "%s", "''", "false", *["''"] * len(empty)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO people_{table} ({', '.join([*fixed, *columns])})"  # noqa: S608 (constants)
            f" SELECT {', '.join([*values, *columns])}"
            f" FROM unnest({', '.join(f'%s::{kind}[]' for kind in columns.values())}) AS new ({', '.join(columns)})",
            [acting_council(by), system, at, *map(_array, zip(*rows, strict=True))],
        )


def _end(table: str, rows: list[tuple[int, date]], *, by: Actor) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE people_{table} AS row SET until = new.until"  # noqa: S608 (constants)
                " FROM unnest(%s::bigint[], %s::date[]) AS new (id, until)"
                " WHERE row.authority_id = %s AND row.id = new.id AND (row.since IS NULL OR row.since <= new.until)",
                [[number for number, _ in rows], [until for _, until in rows], acting_council(by)],
            )


def _probes(tokens: list[tuple[int, int]], *, by: Actor) -> None:
    """What the new people are found by, in the order of the index, which fills it with the fewest pages touched."""
    if tokens:
        tokens.sort()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO people_probe (authority_id, token, person_id)"
                " SELECT %s, token, person_id FROM unnest(%s::bigint[], %s::bigint[]) AS new (token, person_id)",
                [acting_council(by), *map(_array, zip(*tokens, strict=True))],
            )
