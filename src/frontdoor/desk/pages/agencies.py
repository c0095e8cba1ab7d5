"""What the live board of agencies shows."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.mash.queries.asking import Line
from frontdoor.mash.rules.asking.sets import LINES
from frontdoor.shell.pages import Column, Row, link, number, since, text
from frontdoor.shell.rules import moment

_LINES = dict(LINES)
COLUMNS = (
    "Agency", Column("Not answered", numeric=True), "Oldest, sent", Column("Late", numeric=True),
    "In time, last 30 days", "Strategy discussions, 90 days", "What it can do today", "Say what it can do",
)  # fmt: skip


def rows(
    lines: Iterable[Line], came: Mapping[UUID, tuple[int, int]], slug: str, *, may: bool, at: datetime
) -> list[Row]:
    """The agencies of one council, those with late requests marked.

    :param came: to how many strategy discussions each was asked lately, and to how many it came
    """
    return [_row(line, came.get(line.desk.agency), slug, may=may, at=at) for line in lines]


def _row(line: Line, came: tuple[int, int] | None, slug: str, *, may: bool, at: datetime) -> Row:
    said = line.capacity
    share = (
        f"{line.in_time} of {line.counted} ({100 * line.in_time // line.counted}%)" if line.counted else "None due yet"
    )
    from_whom = f"{said.said_by}, {moment(said.at)}" if said else ""
    return Row(
        (
            text(line.desk.name, below=_LINES[line.desk.line]), number(line.waiting), since(line.oldest, at),
            number(line.late), text(share),
            text(f"Came to {came[1]} of {came[0]}" if came else "Not asked"),
            text(said.line if said else "Nothing said today", below=from_whom),
            link("Write it down", reverse("mash:capacity", args=[slug, line.desk.key]), hidden=f"of {line.desk.name}")
            if may else text(""),
        ),
        tone="late" if line.late else "",
    )  # fmt: skip
