"""Tables read, checked and laid down beside the database until they go in, family by family.

What is laid down lies in a file that the machine forgets with this process: it has no name, and nothing of it is left
when the process is killed. Only numbers are kept in memory.
"""

import csv
import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TextIO

from frontdoor.people.rules import bringing
from frontdoor.people.rules.bringing import Brought, Checked, Families, Unreadable, layouts

Said = Callable[[str], None]

SHRUNK = 0.9
"""A table with a smaller share of the rows that it had may have been cut off."""

KEPT = 20_000
"""Rows with something wrong that are kept in the database; the report file has every one."""

_DAYS = frozenset(
    column.name for table in bringing.tables().values() for column in table.columns if column.kind == "day"
)
_ORDER = {name: number for number, name in enumerate(bringing.INDEX)}
_NAMES = dict(enumerate(bringing.INDEX))
_NO_SUCH = "Nobody of this number is in ssd_person, and nobody was brought in with it before"


class Wrong(NamedTuple):
    """Something wrong with one row: where, whose, and whether the row was taken without it."""

    table: str
    line: int
    external: str
    column: str
    taken: bool
    why: str


class Report:
    """Every row with something wrong: written to a file as it is found, the first of them kept for the page."""

    def __init__(self, file: TextIO | None) -> None:
        self.kept: list[Wrong] = []
        self.refused: Counter[str] = Counter()
        self.remarks: Counter[str] = Counter()
        self._writer = csv.writer(file) if file is not None else None
        if self._writer is not None:
            self._writer.writerow(["table", "line", "person", "column", "taken", "why"])

    def say(self, wrong: Wrong) -> None:
        """Note one."""
        (self.remarks if wrong.taken else self.refused)[wrong.table] += 1
        if len(self.kept) < KEPT:
            self.kept.append(wrong)
        if self._writer is not None:
            self._writer.writerow([*wrong[:4], "yes" if wrong.taken else "no", wrong.why])


def files_in(folder: Path) -> dict[str, Path]:
    """The files of a folder by the table that each holds.

    :raises Unreadable: two files hold one table, or none holds people
    """
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        table = bringing.table_of(path.name)
        if table in found:
            raise Unreadable(f"{found[table].name} and {path.name} both hold {table}: leave one of them")
        if table:
            found[table] = path
    return found


def digest(files: dict[str, Path]) -> str:
    """A hash over every file: a run that was stopped goes on only with the very same files."""
    whole = hashlib.sha256()
    for table, path in sorted(files.items()):
        with path.open("rb") as file:
            whole.update(f"{table} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()


class Staged:
    """The tables of one folder, checked, by person and family. Use it in a `with`."""

    def __init__(self, *, on: date, report: Report, said: Said = print) -> None:
        self.families = Families()
        self.rows: Counter[str] = Counter()
        self.notes: list[str] = []
        self._listed = bytearray()
        self._numbers: list[str] = []
        self._on, self._report, self._said = on, report, said
        self._held: frozenset[int] = frozenset()
        self._absent: set[int] = set()
        self._doubtful: dict[int, set[str]] = {}
        self._columns: dict[str, set[str]] = {}
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # one thread at a time
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536", "locking_mode=EXCLUSIVE"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.execute(
            "CREATE TABLE staged (place INT, part INT, line INT, body TEXT, PRIMARY KEY (place, part, line))"
            " WITHOUT ROWID"
        )
        self._base.execute("CREATE TABLE family (number TEXT, place INT, line INT)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def read(self, files: dict[str, Path]) -> None:
        """Read every table that is there, persons first, and gather the families.

        :raises Unreadable: a table cannot be read at all
        """
        for name in bringing.INDEX:
            if name in files:
                self._said(f"Reading {files[name].name}")
                self._read(name, files[name])
        self._gather()
        self._held = self.families.held()

    def _read(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            try:
                sheet, lines = bringing.opened(file, bringing.tables()[name])
            except Unreadable as error:
                raise Unreadable(f"{path.name}: {error}") from error
            if sheet.unknown:
                self.notes.append(f"{path.name}: columns that are not read: {', '.join(sheet.unknown)[:500]}")
            if sheet.missing:
                self.notes.append(f"{path.name}: columns that are not there: {', '.join(sheet.missing)}")
            all_columns = {column.name for column in bringing.tables()[name].columns}
            self._columns[name] = all_columns.difference(sheet.missing)
            check = bringing.checker(sheet, on=self._on)
            self._base.execute("BEGIN")
            self._base.executemany(
                "INSERT OR IGNORE INTO staged VALUES (?, ?, ?, ?)", self._taken(name, map(check, lines))
            )
            self._base.execute("COMMIT")

    def _taken(self, name: str, rows: Iterable[Checked]) -> Iterator[tuple[int, int, int, str]]:
        """Rows that are taken, as they are laid down; what is wrong goes to the report on the way."""
        table, part = bringing.tables()[name], _ORDER[name]
        for row in rows:
            self.rows[name] += 1
            number = row.values.get(table.person, "")
            self._note(name, row, number)
            if row.refused:
                if number:
                    self.families.hold(self._place(number))
                continue
            place = self._place(number)
            if name == layouts.PERSON and not self._first(place, row, number):
                continue
            if name == layouts.MOTHER:
                self.families.join(self._place(row.values["moth_person_id"]), place)
            if name == layouts.FAMILY:
                self._base.execute(
                    "INSERT INTO family VALUES (?, ?, ?)", (row.values["fami_family_id"], place, row.number)
                )
                continue
            yield place, part, row.number, _packed(row.values)

    def _note(self, name: str, row: Checked, number: str) -> None:
        """Report what is wrong with a row; what its person does not say in this table, nobody knows then."""
        for problem in row.problems:
            self._report.say(Wrong(name, row.number, number, problem.column, not row.refused, problem.why))
        if row.problems and number:
            self._doubtful.setdefault(self._place(number), set()).add(name)

    def _place(self, number: str) -> int:
        place = self.families.place(number)
        if place == len(self._listed):
            self._listed.append(0)
            self._numbers.append(number)
        return place

    def _first(self, place: int, row: Checked, number: str) -> bool:
        """Whether a row is the first of its person. A second one that says the same is passed over."""
        if not self._listed[place]:
            self._listed[place] = 1
            return True
        line, body = self._base.execute(
            "SELECT line, body FROM staged WHERE place = ? AND part = 0", (place,)
        ).fetchone() or (0, "")
        if body != _packed(row.values):
            why = f"This number stood before, with other words, on line {line}; that row was taken"
            self._report.say(Wrong(layouts.PERSON, row.number, number, "pers_person_id", False, why))
        return False

    def _gather(self) -> None:
        """Put those of one family number together; a number that very many share stands for nothing."""
        self._base.execute("CREATE INDEX family_number ON family (number, line, place)")
        self._base.execute("BEGIN")  # one transaction: of its own for each row, a million take an hour
        self._base.executemany("INSERT OR IGNORE INTO staged VALUES (?, ?, ?, ?)", self._with_family())
        self._base.execute("COMMIT")

    def _with_family(self) -> Iterator[tuple[int, int, int, str]]:
        """Rows of families as they are laid down, each joined on the way to the one before of the same number."""
        many = {
            number
            for (number,) in self._base.execute(
                "SELECT number FROM family GROUP BY number HAVING count(*) > ?", (bringing.MOST_OF_A_FAMILY,)
            )
        }
        before: tuple[str, int] = ("", -1)
        part = _ORDER[layouts.FAMILY]
        for number, place, line in self._base.execute("SELECT number, place, line FROM family ORDER BY number, line"):
            if number in many:
                why = f"More than {bringing.MOST_OF_A_FAMILY} people have this family number: it stands for no family"
                self._report.say(Wrong(layouts.FAMILY, line, self._numbers[place], "fami_family_id", False, why))
                continue
            if number == before[0]:
                self.families.join(before[1], place)
            before = number, place
            yield place, part, line, _packed({"fami_family_id": number})

    def unlisted(self) -> list[str]:
        """Numbers that other tables name and the table of persons does not: they must be known already."""
        return [number for place, number in enumerate(self._numbers) if not self._listed[place]]

    def leave_out(self, absent: Iterable[str]) -> None:
        """Say of numbers that nobody has them: their rows, and rows of mothers that name them, are not taken."""
        for number in absent:
            place = self.families.place(number)
            self._absent.add(place)
            for part, line in self._base.execute(
                "SELECT part, line FROM staged WHERE place = ? ORDER BY part, line", (place,)
            ):
                name = _NAMES[part]
                self._report.say(Wrong(name, line, number, bringing.tables()[name].person, False, _NO_SUCH))
        if not self._absent:
            return
        part = _ORDER[layouts.MOTHER]
        for place, line, body in self._base.execute("SELECT place, line, body FROM staged WHERE part = ?", (part,)):
            mother = self.families.place(json.loads(body)["moth_person_id"])
            if mother in self._absent and place not in self._absent:
                self._report.say(Wrong(layouts.MOTHER, line, self._numbers[place], "moth_person_id", False, _NO_SUCH))

    def hold_back(self) -> int:
        """Say of every person in a family of which a row was refused that the family waits; gives how many do."""
        held = 0
        why = "Another record of this family was refused: the family is brought in whole or not at all"
        for place in range(len(self.families)) if self._held else ():
            if self._listed[place] and self.families.family(place) in self._held:
                held += 1
                found = self._base.execute("SELECT line FROM staged WHERE place = ? AND part = 0", (place,)).fetchone()
                self._report.say(Wrong(layouts.PERSON, found[0], self._numbers[place], "", False, why))
        return held

    def columns(self, last: Mapping[str, int]) -> frozenset[str]:
        """The columns of the tables that say by their silence that something is over.

        :param last: how many rows each table had when people were last brought in: one that is much shorter now may be
            half a file, and says nothing by what it leaves out
        """
        found: set[str] = set()
        for name, columns in self._columns.items():
            if self.rows[name] < last.get(name, 0) * SHRUNK:
                self.notes.append(
                    f"{name}: {self.rows[name]:,} rows, {last[name]:,} the last time. It may be half a file: nothing is"
                    " ended because it is not in it"
                )
            else:
                found |= columns
        return frozenset(found)

    def gone(self, before: Iterable[str]) -> int:
        """Report everybody who was brought in before and whom no table names now; gives how many."""
        why = "Brought in before and in no table now: nothing was ended. Was the record deleted, or joined to another?"
        gone = 0
        for number in before if layouts.PERSON in self._columns else ():
            if self.families.known(number) is None:
                gone += 1
                self._report.say(Wrong(layouts.PERSON, 0, number, "", True, why))
        return gone

    @property
    def people(self) -> int:
        """How many people the table of persons names."""
        return sum(self._listed)

    def batches(self, size: int, *, system: str, after: int = -1) -> Iterator[tuple[int, list[list[Brought]]]]:
        """Families whole, in batches of about `size` people, each with the place where a run that is killed goes on."""
        for batch in self.families.batches(size, after=after):
            whole = [
                [self._person(place, system) for place in family if place not in self._absent]
                for family in batch
                if family[0] not in self._held
            ]
            yield batch[-1][0], [family for family in whole if family]

    def _person(self, place: int, system: str) -> Brought:
        rows = self._base.execute("SELECT part, body FROM staged WHERE place = ? ORDER BY part, line", (place,))
        said = [(_NAMES[part], _unpacked(body)) for part, body in rows]
        person = bringing.gathered(self._numbers[place], said, system=system, on=self._on)
        person.doubtful = frozenset(self._doubtful.get(place, ()))
        return person


def _packed(values: dict[str, Any]) -> str:
    return json.dumps({name: value.toordinal() if isinstance(value, date) else value for name, value in values.items()})


def _unpacked(body: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(body)
    for name in _DAYS.intersection(values):
        values[name] = date.fromordinal(values[name])
    return values
