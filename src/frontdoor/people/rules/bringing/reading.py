"""Reading tables as councils make them: any spreadsheet's encoding, separator and line ends, in constant memory.

A file is read a line at a time; what cannot be read is said with its line and skipped, and the next line is read.
"""

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from frontdoor.people.rules.bringing.layouts import Table

_SEPARATORS = ",;\t|"
_LONGEST_CELL = 1 << 17
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Unreadable(ValueError):
    """A file cannot be the table that its name says; the text says why."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the first line of a file says.

    :param places: where each column of the table stands
    :param missing: columns of the table that are not there and need not be
    :param unknown: columns that are there and are not of the table: they are not read
    :param width: how many columns there are
    """

    table: Table
    places: dict[str, int]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line it begins on, and its cells as text; `broken` says why they cannot be relied on."""

    number: int
    cells: tuple[str, ...] = ()
    broken: str = ""


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 are taken as Windows-1252: what Excel writes on a British machine."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("people-as-windows", _as_windows)


def opened(file: BinaryIO, table: Table) -> tuple[Sheet, Iterator[Line]]:
    """The first line of a file and, one by one, its rows.

    :param file: open for reading bytes, at its beginning, able to go back to it
    :raises Unreadable: it is empty, no text, or lacks a column that is needed
    """
    start = file.read(1 << 16)
    file.seek(0)
    encoding = next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8")
    if encoding != "utf-16" and b"\0" in start:
        raise Unreadable("This is not a text file: save it as CSV")
    lines = _lines(file, encoding)
    try:
        heads = next(lines)
        if not any(cell.strip() for cell in heads.cells):
            raise Unreadable("The file is empty: not even the names of the columns stand in it")
        sheet = _sheet(heads.cells, table)
    except Unreadable:
        lines.close()
        raise
    return sheet, (_evened(line, sheet.width) for line in lines if line.broken or any(map(str.strip, line.cells)))


def _first_line(text: io.TextIOWrapper) -> str:
    """The first line with words on it; a line `sep=;` before it, as Excel writes, counts as its separator."""
    for line in iter(text.readline, ""):
        said = line.strip().casefold()
        if said.startswith("sep=") and len(said) == len("sep=;"):
            return text.readline() if said[-1] in _SEPARATORS else line
        if line.strip(" \r\n\t,;|"):
            return line
    return ""


def _separator(first: str) -> str:
    return max(_SEPARATORS, key=first.count)


def _lines(file: BinaryIO, encoding: str) -> Generator[Line, None, None]:
    """Rows of cells, the names of the columns first; the file is left open for whoever opened it."""
    text = io.TextIOWrapper(file, encoding=encoding, errors="people-as-windows", newline="")
    try:
        first = _first_line(text)
        yield from _cells(text, separator=_separator(first), first=first)
    finally:
        text.detach()


def _cells(text: io.TextIOWrapper, *, separator: str, first: str) -> Iterator[Line]:
    """Rows of cells; a row with an open quotation mark that swallows the rest is broken where it begins."""
    csv.field_size_limit(_LONGEST_CELL)

    def physical() -> Iterator[str]:
        yield first
        for line in text:
            yield line.replace("\0", "")

    reader = csv.reader(physical(), delimiter=separator)
    while True:
        number = reader.line_num + 1
        try:
            yield Line(number, tuple(next(reader)))
        except StopIteration:
            return
        except csv.Error:
            yield Line(number, broken="This row could not be read: a quotation mark is opened and not closed")
        except UnicodeError:
            yield Line(number, broken="This row could not be read: it is not text")


def _sheet(heads: tuple[str, ...], table: Table) -> Sheet:
    named = [head.strip().strip('"').strip().casefold().replace(" ", "_") for head in heads]
    known = {column.name for column in table.columns}
    places: dict[str, int] = {}
    for place, name in enumerate(named):
        if name in known:
            places.setdefault(name, place)
    lacking = [column.name for column in table.columns if column.needed and column.name not in places]
    if lacking:
        raise Unreadable(f"These columns are needed and not there: {', '.join(lacking)}")
    missing = tuple(column.name for column in table.columns if column.name not in places)
    unknown = tuple(heads[place].strip() for place, name in enumerate(named) if name and name not in known)
    return Sheet(table, places, missing, unknown, len(heads))


def _evened(line: Line, width: int) -> Line:
    """A row as wide as the first line: what lacks at its end is empty, what stands beyond it breaks the row."""
    if line.broken or len(line.cells) == width:
        return line
    if any(cell.strip() for cell in line.cells[width:]):
        counted = f"This row has {len(line.cells)} cells and the first line {width}"
        return Line(line.number, line.cells, f"{counted}: perhaps a comma stands without quotation marks")
    return Line(line.number, (line.cells + ("",) * width)[:width])
