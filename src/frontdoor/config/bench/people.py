"""Loading the invented population: COPY into staging tables without a wall, then INSERT … SELECT, one council each."""

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from multiprocessing import get_context
from typing import Any

import psycopg
from psycopg import sql

from frontdoor.config.population.people import Someone, households
from frontdoor.people.rules.index_rows import folded_line, folded_value
from frontdoor.people.rules.names import fold, transliterated
from frontdoor.people.rules.probes import probes
from frontdoor.people.rules.records import Called, Record

SEED = 20261101
CHUNK = 4_000
MADE_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)

_RECORDED = ("id", "authority_id", "key", "person_id", "source_kind", "source", "recorded_at", "struck_why", "shut")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": (
        "id", "authority_id", "key", "label", "family_name", "given_name", "born_on", "born_basis", "expected_on",
        "sex", "postcode", "unidentified", "description", "shut", "made_at", "version",
    ),
    "name": (*_RECORDED, "until", "kind", "title", "given_name", "middle_names", "patronymic", "family_name", "script",
             "latin", "fold_given", "fold_family"),
    "birth": (*_RECORDED, "basis", "day", "grounds"),
    "residence": (*_RECORDED, "until", "kind", "lines", "postcode", "uprn", "care_of", "protected", "fold_lines"),
    "identifier": (*_RECORDED, "kind", "system", "value", "trace"),
    "fact": (*_RECORDED, "kind", "value", "note", "fold_value"),
    "relationship": (*_RECORDED, "other_id", "kind", "responsibility", "evidence", "state", "twin"),
    "household": ("id", "authority_id", "key", "label", "made_at", "version"),
    "membership": (*_RECORDED, "household_id", "pattern"),
    "probe": ("authority_id", "token", "person_id"),
}  # fmt: skip
"""What is written of each table; every other column is empty."""

# The widest table is filled without its indexes, which are built when all is there.
_BARE = (
    "ALTER TABLE people_probe DROP CONSTRAINT IF EXISTS people_probe_pkey",
    "DROP INDEX IF EXISTS probe_person",
)
_WHOLE = (
    "SET maintenance_work_mem = '512MB'",
    "ALTER TABLE people_probe ADD PRIMARY KEY (authority_id, token, person_id)",
    "CREATE INDEX probe_person ON people_probe (authority_id, person_id)",
    "DROP SCHEMA loading CASCADE",
    "VACUUM (ANALYZE)",
)


def load(url: str, councils: list[int], count: int, *, actor: str) -> None:
    """Load so many people in all, divided among the councils evenly, a process each.

    :param url: of the database, for the owner of the tables, who may set `session_replication_role` here
    :param actor: who loads, as the trail names it
    """
    share = count // len(councils)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS loading")
        for text in _BARE:
            connection.execute(text)
    with ProcessPoolExecutor(len(councils), mp_context=get_context("spawn")) as pool:
        work = [
            pool.submit(_council, url, council, place, share=share, count=count, actor=actor)
            for place, council in enumerate(councils)
        ]
        told = [each.result() for each in work]
    with psycopg.connect(url, autocommit=True) as connection:
        for table in COLUMNS:
            if table != "probe":
                last = 2 * max(numbers[table] for numbers in told) + 2
                connection.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f"people_{table}", last])
        for text in _WHOLE:
            connection.execute(text)


def people(council: int, place: int, share: int, count: int) -> Iterator[list[Someone]]:
    """The households of one council: the same ones for a seed and a count."""
    yield from households(SEED, people=share, start=place * count)


def _council(url: str, council: int, place: int, *, share: int, count: int, actor: str) -> dict[str, int]:
    """Load one council; gives how many rows each table has."""
    rows = _Rows(council, place)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET session_replication_role = replica")
        for table, columns in COLUMNS.items():
            connection.execute(
                sql.SQL("CREATE UNLOGGED TABLE {} AS SELECT {} FROM {} WHERE false").format(
                    _staging(table, council), _names(columns), sql.Identifier(f"people_{table}")
                )
            )
        told = 0
        for family in people(council, place, share, count):
            rows.household(family)
            told += len(family)
            if told >= CHUNK:
                _write(connection, rows, council, actor)
                told = 0
        _write(connection, rows, council, actor)
    return rows.numbers


def _staging(table: str, council: int) -> sql.Composable:
    return sql.Identifier("loading", f"{table}_{council}")


def _names(columns: tuple[str, ...]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


class _Rows:
    """Lines of some households, by table; numbers of their own for each council."""

    def __init__(self, council: int, place: int) -> None:
        self.council, self.place = council, place
        self.lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
        self.numbers = dict.fromkeys(COLUMNS, 0)

    def _add(self, table: str, *values: Any) -> int:
        """A row after its own number, council and key; gives its number."""
        self.numbers[table] += 1
        number = 2 * self.numbers[table] + self.place
        said = (number, self.council, f"{_PREFIX[table]:08x}-0000-4000-8000-{number:012x}", *values)
        self.lines[table].append("\t".join(map(_text, said)) + "\n")
        return number

    def _fact(self, table: str, person: int, *values: Any) -> None:
        self._add(table, person, "system", "case system", MADE_AT, "", False, *values)

    def household(self, family: list[Someone]) -> None:
        """Everybody of one household, with who belongs to whom."""
        numbers = [self._person(each) for each in family]
        home = self._add("household", f"{family[0].record.names[0].family} household"[:120], MADE_AT, 1)
        for number in numbers:
            self._fact("membership", number, home, "")
        grown = [number for number, each in zip(numbers, family, strict=True) if each.role == "adult"]
        for parent in grown:
            for child in set(numbers) - set(grown):
                self._fact("relationship", parent, child, "parent", "", "", "", "")

    def _person(self, who: Someone) -> int:
        record, name = who.record, who.record.names[0]
        person = self._add(
            "person", f"{name.given} {name.family}".strip(), name.family, name.given, record.born,
            record.born_basis if record.born else "expected" if record.expected else "", record.expected, record.sex,
            record.postcodes[0] if record.postcodes else "", False, "", False, MADE_AT, 1,
        )  # fmt: skip
        for each in record.names:
            self._name(person, each)
        for basis, day in ((record.born_basis, record.born), ("expected", record.expected)):
            if day:
                self._fact("birth", person, basis, day, "")
        for place, (code, line) in enumerate(zip(record.postcodes, record.addresses, strict=False)):
            until = date(2023, 6, 1) if place else None
            self._fact("residence", person, until, "home", line, code, "", "", False, folded_line(line))
        self._told(person, record)
        for token in sorted(probes(record)):
            self.lines["probe"].append(f"{self.council}\t{token}\t{person}\n")
        return person

    def _told(self, person: int, record: Record) -> None:
        for kind, value in record.identifiers:
            plain, _, system = kind.partition(":")
            self._fact("identifier", person, plain, system, value, "")
        for kind, values in (("sex", (record.sex,)), ("phone", record.phones), ("school", record.schools)):
            for value in filter(None, values):
                self._fact("fact", person, kind, value, "", folded_value(kind, value))

    def _name(self, person: int, name: Called) -> None:
        given, _, middle = name.given.partition(" ")
        self._fact(
            "name", person, None, name.kind, "", given, middle, name.patronymic, name.family, "", "",
            fold(transliterated(given)), fold(transliterated(name.family)),
        )  # fmt: skip


_PREFIX = {table: number for number, table in enumerate(COLUMNS, start=0x7E0)}
_TELLING = re.compile(r"[\\\t\n\r]")


def _text(value: Any) -> str:
    """A value in the text format of COPY."""
    if value is None:
        return r"\N"
    return _TELLING.sub(" ", str(value)) if isinstance(value, str) else str(value)


def _write(connection: psycopg.Connection[Any], rows: _Rows, council: int, actor: str) -> None:
    with connection.transaction():
        connection.execute(
            "SELECT set_config('frontdoor.authority', %s, true), set_config('frontdoor.actor', %s, true)",
            [str(council), actor],
        )
        for table, columns in COLUMNS.items():
            staging = _staging(table, council)
            connection.execute(sql.SQL("TRUNCATE {}").format(staging))
            with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} FROM STDIN").format(staging)) as copy:
                copy.write("".join(rows.lines[table]))
            connection.execute(_insert(table, columns, staging))
            rows.lines[table].clear()


def _insert(table: str, columns: tuple[str, ...], staging: sql.Composable) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}").format(
        sql.Identifier(f"people_{table}"), _names(columns), _names(columns), staging
    )
