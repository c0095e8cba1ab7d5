"""One row of text as clean values, or why not, in words that whoever keeps the case system can act on.

A row without what is needed is refused. A value that cannot be right is left out and said, and the rest of the row is
taken: a child with an unreadable date of birth must still be found.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from frontdoor.codes.rules import (
    CLOSURE_REASONS,
    DISABILITIES,
    ETHNICITIES,
    SEXES,
    UPN_UNKNOWN,
    CodeList,
    NotANumber,
    nhs_number,
    pupil_number,
)
from frontdoor.councils.rules import postcodes
from frontdoor.people.rules.bringing.layouts import PERSON, Column
from frontdoor.people.rules.bringing.reading import Line, Sheet
from frontdoor.shell.rules import LONDON

_BLANK = frozenset({"", "NULL", "PLACEHOLDER_DATA", "N/A", "n/a", "-"})
"""What case systems write for nothing. Exactly so: Null is a family name."""

_LISTS: dict[str, CodeList[Any]] = {
    "sexes": SEXES, "ethnicities": ETHNICITIES, "disabilities": DISABILITIES, "upn_unknown": UPN_UNKNOWN,
    "closure_reasons": CLOSURE_REASONS,
}  # fmt: skip
_SAME_SEX = {
    "MALE": "M",
    "FEMALE": "F",
    "UNKNOWN": "U",
    "NOT KNOWN": "U",
    "1": "M",
    "2": "F",
    "0": "U",
    "9": "U",
    "I": "U",
}
_YES = {
    "Y": True,
    "YES": True,
    "1": True,
    "TRUE": True,
    "T": True,
    "N": False,
    "NO": False,
    "0": False,
    "FALSE": False,
    "F": False,
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?", re.ASCII | re.DOTALL)
_BRITISH = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T].*)?", re.ASCII | re.DOTALL)
_NAMED = re.compile(r"(\d{1,2})[ \-]([A-Za-z]{3})[A-Za-z]*[ \-](\d{4})(?:[ T].*)?", re.ASCII | re.DOTALL)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(r"[ T](\d{1,2}):(\d{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_DAY = date(1900, 1, 1)


class NotValue(ValueError):
    """A cell cannot be what its column holds; the text says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row.

    :param column: the column, or empty for the row as a whole
    :param refused: whether the row was not taken; else it was taken without this column
    """

    column: str
    why: str
    refused: bool = True


@dataclass(slots=True)
class Checked:
    """A row as it is taken: values by column, empty ones left out, and what was wrong with it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether it is not taken at all."""
        return any(problem.refused for problem in self.problems)


def checker(sheet: Sheet, *, on: date) -> Callable[[Line], Checked]:
    """What checks each row of one file.

    :param on: the day of the reading: nobody is born after it
    """
    plan = [
        (column, sheet.places[column.name], _READERS[column.kind])
        for column in sheet.table.columns
        if column.name in sheet.places
    ]

    whose = sheet.places.get(sheet.table.person, 0)

    def check(line: Line) -> Checked:
        if line.broken:
            number = line.cells[whose].strip() if line.cells and sheet.table.person else ""
            return Checked(line.number, {sheet.table.person: number} if number else {}, [Problem("", line.broken)])
        row = Checked(line.number)
        for column, place, read in plan:
            _take(row, column, line.cells[place].strip(), read)
        if sheet.table.name == PERSON and not row.refused:
            _check_person(row, on)
        return row

    return check


def _take(row: Checked, column: Column, text: str, read: "Callable[[str, Column], Any]") -> None:
    if text in _BLANK:
        if column.needed:
            row.problems.append(Problem(column.name, "This is needed and empty"))
        return
    try:
        value = read(text, column)
    except (NotValue, NotANumber) as error:
        row.problems.append(Problem(column.name, str(error), refused=column.needed))
        return
    if value is not None:
        row.values[column.name] = value


def _check_person(row: Checked, on: date) -> None:
    """What no cell shows alone: a birth and an expected birth, a birth to come, a death before a birth."""
    values = row.values
    born, expected, died = values.get("pers_dob"), values.get("pers_expected_dob"), values.get("pers_death_date")
    if born is not None and born > on:
        _left_out(row, "pers_dob", "A date of birth lies in the past; a birth to come is an expected date")
        born = None
    if born is not None and expected is not None:
        values.pop("pers_expected_dob")  # the same record goes on after the birth; case systems keep the expected date
    if born is not None and on.year - born.year > 120:
        _left_out(row, "pers_dob", "Nobody is 120 years old: check the year")
    if died is not None and (died > on or (born is not None and died < born)):
        _left_out(row, "pers_death_date", "A date of death lies between the date of birth and today")


def _left_out(row: Checked, column: str, why: str) -> None:
    row.values.pop(column, None)
    row.problems.append(Problem(column, why, refused=False))


@lru_cache(1 << 16)
def day(text: str) -> date | None:
    """A day as ISO or British tables write it, with or without a time; 1 January 1900 is a database's word for none.

    :raises NotValue: no such day, or another way of writing it; a year of two digits is not guessed
    """
    found = _parts_of_day(text)
    if found is None:
        raise NotValue("This is no date: write 2016-05-03 or 03/05/2016")
    try:
        said = date(*found)
    except ValueError:
        raise NotValue("There is no such day in the calendar") from None
    if said.year < _NO_DAY.year:
        raise NotValue("Check the year")
    return None if said == _NO_DAY else said


def _parts_of_day(text: str) -> tuple[int, int, int] | None:
    if (iso := _ISO.fullmatch(text)) or (iso := _PACKED.fullmatch(text)):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if british := _BRITISH.fullmatch(text):
        return int(british[3]), int(british[2]), int(british[1])
    if (named := _NAMED.fullmatch(text)) and named[2].casefold() in _MONTHS:
        return int(named[3]), _MONTHS.index(named[2].casefold()) + 1, int(named[1])
    return None


def _day(text: str, _column: Column) -> date | None:
    return day(text)


def _moment(text: str, _column: Column) -> datetime | None:
    said = day(text)
    if said is None:
        return None
    time = _TIME.search(text)
    hour, minute = (int(time[1]), int(time[2])) if time else (0, 0)
    if hour > 23 or minute > 59:
        raise NotValue("There is no such time of day")
    return datetime(said.year, said.month, said.day, hour, minute, tzinfo=LONDON)


def _text(text: str, column: Column) -> str:
    said = " ".join(text.split())
    if len(said) > column.most:
        raise NotValue(f"This has {len(said)} characters; at most {column.most} can be")
    return said


def _flag(text: str, _column: Column) -> bool:
    said = _YES.get(text.upper())
    if said is None:
        raise NotValue("This is Y or N")
    return said


def _code(text: str, column: Column) -> str:
    said = text.upper()
    if column.codes == "sexes":
        said = _SAME_SEX.get(said, said)
    if said not in _LISTS[column.codes]:
        raise NotValue("This is not one of the codes of this column")
    return said


def _json(text: str, column: Column) -> dict[str, str]:
    """An address as JSON; what is no JSON is taken as one line, since some systems write the address itself."""
    try:
        said = json.loads(text)
    except ValueError:
        return {"STREET": _text(text.strip("{}"), column)}
    if not isinstance(said, dict):
        raise NotValue("An address is an object with STREET, TOWN and the like")
    return {
        str(key).upper(): " ".join(str(value).split())[:200]
        for key, value in said.items()
        if value not in (None, "", "NULL")
    }


@lru_cache(1 << 14)
def _usual_postcode(text: str) -> str:
    return postcodes.normalise(text)


def _postcode(text: str, _column: Column) -> str:
    said = _usual_postcode(text)
    if not said:
        raise NotValue("This is no postcode")
    return said


def _nhs(text: str, _column: Column) -> str:
    return nhs_number(text)


def _upn(text: str, _column: Column) -> str:
    return pupil_number(text)


_READERS: dict[str, Callable[[str, Column], Any]] = {
    "text": _text, "day": _day, "moment": _moment, "flag": _flag, "code": _code, "json": _json,
    "postcode": _postcode, "nhs": _nhs, "upn": _upn,
}  # fmt: skip
