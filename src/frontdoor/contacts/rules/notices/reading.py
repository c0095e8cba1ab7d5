"""Reading a file of notices: CSV or JSON in UTF-8. What cannot be read at all is refused at once, in clear words.

Nothing is read that is not asked for: a file too long, too wide, doubled or broken is refused before its rows are made.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any, NoReturn

from frontdoor.contacts.rules.notices.layout import (
    ADULT_COLUMNS,
    CHILD_COLUMNS,
    COLUMNS,
    MOST_ADULTS,
    MOST_CHILDREN,
    NOTICE_COLUMNS,
)

READ_AT_MOST = 6_000_000
"""Bytes of one file."""

SENT_AT_MOST = 10_000_000
"""Bytes of one call by a system: JSON writes every heading again for every notice."""

MOST_NOTICES = 2_000
LONGEST_HEADING = 8_000
"""Characters of the first line: the columns of the layout have fewer than three thousand."""

MOST_FIELDS = 60 * MOST_NOTICES
"""Fields of all notices in JSON: half as many as the layout has are rarely filled in."""

IGNORED = ("problem", "line")
"""Columns that the list of what was refused has besides, so that it can be mended and sent again."""

Rows = list[dict[str, Any]]


class NotRead(ValueError):
    """A file that is not read at all; its message says why, to the person who sent it."""


def read(content: bytes) -> Rows:
    """The rows of a file, each with lists of `children` and `adults`; nothing in them is checked yet.

    :raises NotRead: it is no file of notices
    """
    if len(content) > READ_AT_MOST:
        raise NotRead(f"The file is too large: at most {READ_AT_MOST // 1_000_000} MB can be taken in at once")
    text = _text(content)
    if not text.strip():
        raise NotRead("The file is empty")
    rows = _json(text) if text.lstrip()[:1] in "[{" else _csv(text)
    if not rows:
        raise NotRead("The file holds no notices")
    if len(rows) > MOST_NOTICES:
        raise NotRead(f"The file holds more than {MOST_NOTICES:,} notices. Send it in parts")
    return rows


_MOST_OF = {b'":': MOST_FIELDS, b"{": 30 * MOST_NOTICES, b"[": 30 * MOST_NOTICES, b'"': 10 * MOST_FIELDS}
"""What makes a short text long in memory, and how much of it no batch of notices needs."""


def readable(body: bytes) -> bool:
    """Whether a system's call can be read in little memory; asked of its bytes, before anything is made of them."""
    return len(body) <= SENT_AT_MOST and all(body.count(what) <= most for what, most in _MOST_OF.items())


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise NotRead(f"Line {line} is not UTF-8. Save the file as “CSV UTF-8” and send it again") from wrong
    if "\0" in text:
        raise NotRead("The file is not text: it holds zero bytes. Save it as “CSV UTF-8” and send it again")
    return text


def _json(text: str) -> Rows:
    if text.count('":') > MOST_FIELDS:
        raise NotRead("The JSON has more fields than a file of notices has")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError as deep:
        raise NotRead("The JSON is nested too deeply to be a list of notices") from deep
    except json.JSONDecodeError as wrong:
        raise NotRead(f"The JSON cannot be read: line {wrong.lineno}, {wrong.msg[:80]}") from wrong
    except NotRead:
        raise
    except ValueError as wrong:  # a number of many thousand digits
        raise NotRead("The JSON holds a number that is none of a notice's") from wrong
    rows = found.get("notices") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotRead("The JSON is no list of notices")
    if not storable(rows):
        raise NotRead("The JSON holds a character or number that cannot be stored")
    return rows


def storable(value: Any, depth: int = 6) -> bool:
    """Whether a value of a row can be kept as it came: no zero byte, no half of a surrogate pair, no endless number."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, Mapping):
        return depth > 0 and all(storable(each, depth - 1) for pair in value.items() for each in pair)
    if isinstance(value, list):
        return depth > 0 and all(storable(each, depth - 1) for each in value)
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > len(COLUMNS):
        raise NotRead("An object in the JSON has more fields than a notice has")
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotRead(f"“{twice[:60]}” stands twice in one object of the JSON")
    return made


def _no_number(what: str) -> NoReturn:
    raise NotRead(f"The JSON holds {what}, which is no number")


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def _csv(text: str) -> Rows:
    first = re.split(r"\r\n|\r|\n", text[: LONGEST_HEADING + 2], maxsplit=1)[0]
    if len(first) > LONGEST_HEADING:
        raise NotRead("The first line is too long to be the headings of a file of notices")
    separator = ";" if first.count(";") > first.count(",") else "\t" if first.count("\t") > first.count(",") else ","
    lines = csv.reader((found.group() for found in _LINE.finditer(text)), delimiter=separator, strict=True)
    rows: Rows = []
    try:
        heads = _heads(next(lines))
        for line in lines:
            if not any(cell.strip() for cell in line):
                continue
            if len(line) > len(heads):
                raise NotRead(f"Line {lines.line_num} has {len(line):,} cells, and the headings are {len(heads)}")
            if len(rows) >= MOST_NOTICES:
                raise NotRead(f"The file holds more than {MOST_NOTICES:,} notices. Send it in parts")
            rows.append(_row(heads, line))
    except csv.Error as wrong:
        raise NotRead(f"Line {lines.line_num} cannot be read: a quotation mark is open") from wrong
    return rows


def _heads(line: Sequence[str]) -> list[str]:
    heads = [head.strip().casefold().replace(" ", "_") for head in line]
    while heads and not heads[-1]:
        heads.pop()
    for head in heads:
        if head not in COLUMNS and head not in IGNORED:
            raise NotRead(f"“{head[:60]}” is no column of a file of notices. The sample shows those that there are")
        if heads.count(head) > 1:
            raise NotRead(f"The column “{head[:60]}” stands twice")
    if "police_reference" not in heads:
        raise NotRead("The column “police_reference” is missing. The first line must hold the headings")
    return heads


_NUMBERED = re.compile(r"(child|adult)_(\d)_(\w+)", re.ASCII)


def _row(heads: Sequence[str], line: Sequence[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    people: dict[str, dict[int, dict[str, str]]] = {"child": {}, "adult": {}}
    for head, cell in zip(heads, line, strict=False):
        if head in IGNORED or cell == "":
            continue
        value = cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell
        if numbered := _NUMBERED.fullmatch(head):
            people[numbered[1]].setdefault(int(numbered[2]), {})[numbered[3]] = value
        else:
            row[head] = value
    row["children"] = [people["child"][number] for number in sorted(people["child"])]
    row["adults"] = [people["adult"][number] for number in sorted(people["adult"])]
    return row


FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula where a cell begins with it (OWASP: CSV injection)."""


def _cell(value: Any) -> str:
    text = "" if value is None else "yes" if value is True else "no" if value is False else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def written_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as a CSV file that a spreadsheet opens: headings, CRLF, and no cell that it takes for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return "\ufeff" + out.getvalue()


def as_csv(rows: Iterable[Mapping[str, Any]], problems: Iterable[str] = ()) -> str:
    """Notices as a CSV file of the layout, with what is wrong with each in the first column; it can be read again."""
    flat = [{**_flat(row), "problem": words} for row, words in zip(rows, problems, strict=True)]
    used = {name for row in flat for name in row}
    columns = [name for name in ("problem", *COLUMNS) if name in used or name in ("problem", *NOTICE_COLUMNS)]
    return written_csv(columns, flat)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    made = {name: row.get(name) for name in NOTICE_COLUMNS if row.get(name) is not None}
    for name, group, most, fields in (
        ("child", "children", MOST_CHILDREN, CHILD_COLUMNS), ("adult", "adults", MOST_ADULTS, ADULT_COLUMNS),
    ):  # fmt: skip
        people = row.get(group)
        for number, person in enumerate(people[:most] if isinstance(people, list) else (), start=1):
            if isinstance(person, Mapping):
                made |= {f"{name}_{number}_{field}": person[field] for field in fields if field in person}
    return made


_SAMPLE: Rows = [
    {
        "police_reference": "PPN-2026-0401", "incident_reference": "0404-0388", "force": "Cambridgeshire Constabulary",
        "desk": "Public protection desk", "officer": "PC 0000 Example", "email": "ppn-desk@example.org",
        "phone": "01632 960001", "incident_time": "2026-04-04 23:35", "sent_time": "2026-04-05 02:10",
        "risk_grade": "medium", "kind": "domestic_abuse", "danger_now": "no", "address": "3 Sample Row",
        "postcode": "PE1 1ZZ", "narrative": "Neighbours rang. A plate was thrown. Both children were upstairs.",
        "children": [
            {"given_name": "Ruby", "family_name": "Sample", "date_of_birth": "2021-09-14", "present": "yes"},
            {"given_name": "Noel", "family_name": "Sample", "age": "9", "present": "yes", "words": "I hid."},
        ],
        "adults": [
            {"given_name": "Dana", "family_name": "Sample", "relationship": "mother", "concern": "victim",
             "lives_there": "yes"},
        ],
    },
    {
        "police_reference": "MIS-2026-0077", "force": "Cambridgeshire Constabulary", "desk": "Missing desk",
        "email": "missing-desk@example.org", "incident_time": "2026-04-05 01:20", "sent_time": "2026-04-05 06:45",
        "kind": "found", "address": "Sample House, Example Road", "postcode": "CB1 1ZZ",
        "narrative": "Found at the railway station at 01:20 and taken home. Well. Prevention check done.",
        "children": [{"given_name": "Kit", "family_name": "Example", "age": "15", "present": "yes"}], "adults": [],
    },
]  # fmt: skip


def sample_csv() -> str:
    """A file of two invented notices, as a desk would send it."""
    columns = [*NOTICE_COLUMNS, *(name for name in COLUMNS if re.match(r"child_[12]_|adult_1_", name))]
    return written_csv(columns, map(_flat, _SAMPLE))


def sample_json() -> str:
    """The same two notices in JSON."""
    return json.dumps({"notices": _SAMPLE}, indent=2, ensure_ascii=False) + "\n"
