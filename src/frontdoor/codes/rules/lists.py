"""What a code list is: rows of one file as frozen values, looked up by code, on a day."""

import csv
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from importlib.resources import files
from typing import Any, Generic, TypeVar, get_type_hints


class NotInList(ValueError):
    """A code is not in its list, or not on that day; the text says which codes are near.

    :param listed: the plural name of the list, as shown to people
    :param code: what was given
    """

    def __init__(self, listed: str, code: object, why: str) -> None:
        super().__init__(f"“{code}” is not one of the {listed}: {why}")
        self.listed, self.code = listed, code


class BrokenList(ValueError):
    """A file of the project breaks its own layout; start-up stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One row of a list.

    :param code: what is stored and exported
    :param label: the words that staff see
    """

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain(Code):
    """A row that the public sees too.

    :param plain: the same in words for someone under stress
    """

    plain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Plain):
    """A row that came or went on a day; both ends inclusive, None where the source gives none."""

    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the code may be given on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


C = TypeVar("C", bound=Code)


class CodeList(Generic[C]):
    """An ordered, unchanging list, in the order of its file."""

    def __init__(self, name: str, rows: list[C]) -> None:
        self.name = name
        self._rows = {row.code: row for row in rows}
        if len(self._rows) != len(rows):
            raise BrokenList(f"{name}: a code stands twice")

    def __getitem__(self, code: str) -> C:
        """The row of a code.

        :raises NotInList: there is none
        """
        row = self._rows.get(code) if isinstance(code, str) else None
        if row is None:
            near = difflib.get_close_matches(str(code), self._rows, n=3)
            raise NotInList(self.name, code, f"did you mean {' or '.join(near)}?" if near else "it is not in the list")
        return row

    def __contains__(self, code: object) -> bool:
        return code in self._rows

    def __iter__(self) -> Iterator[C]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} {self.name}>"

    def get(self, code: str | None) -> C | None:
        """The row of a code, or None."""
        return self._rows.get(code) if code is not None else None

    def on(self, day: date) -> list[C]:
        """The rows that may be given on that day."""
        return [row for row in self if not isinstance(row, Dated) or row.holds(day)]

    def given(self, code: str, *, on: date) -> C:
        """The row of a code given on a day.

        :raises NotInList: unknown, not yet in use or no longer in use on that day
        """
        row = self[code]
        if isinstance(row, Dated) and not row.holds(on):
            raise NotInList(self.name, code, f"it is not in use on {on:%-d %B %Y}")
        return row

    def choices(self, *, plain: bool = False, on: date | None = None) -> list[tuple[str, str]]:
        """Pairs of code and words for a form.

        :param plain: the public's words instead of the staff's
        """
        rows = list(self) if on is None else self.on(on)
        return [(row.code, row.plain if plain and isinstance(row, Plain) else row.label) for row in rows]


def _yes(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise BrokenList(f"“{text}” is neither yes nor no")
    return text == "yes"


_READ: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    bool: _yes,
    date | None: lambda text: date.fromisoformat(text) if text else None,
    tuple[str, ...]: lambda text: tuple(part for part in text.split("|") if part),
}


def read(name: str, file: str, row_type: type[C]) -> CodeList[C]:
    """The list in `codes/data/<file>.csv`, each row as a value of `row_type`.

    :param name: its plural name for people
    :raises BrokenList: a column is missing or too many, or a value does not fit
    """
    hints = get_type_hints(row_type)
    wanted = [field.name for field in fields(row_type)]
    text = (files("frontdoor.codes") / "data" / f"{file}.csv").read_text(encoding="utf-8")
    rows = []
    reader = csv.DictReader(text.splitlines())
    if sorted(reader.fieldnames or []) != sorted(wanted):
        raise BrokenList(f"{file}.csv has the columns {reader.fieldnames}, not {wanted}")
    for number, row in enumerate(reader, start=2):
        try:
            rows.append(row_type(**{field: _READ[hints[field]](row[field]) for field in wanted}))
        except (ValueError, AttributeError) as error:
            raise BrokenList(f"{file}.csv, line {number}: {error}") from error
    return CodeList(name, rows)
