"""What was brought in, in words: runs, their counts, and what was refused."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.urls import reverse

from frontdoor.people.models import Bringing, RefusedRow
from frontdoor.people.queries.bringing import OpenedRun
from frontdoor.shell.pages import Cell, Column, Row, link, number, tag, text
from frontdoor.shell.rules import moment

COLUMNS: Sequence[str | Column] = (
    "Begun", "What", "How it stands", Column("People", numeric=True), Column("New", numeric=True),
    Column("Known already", numeric=True), Column("Refused", numeric=True), "Asked for by",
)  # fmt: skip
WRONG_COLUMNS = ("Table", "Line", "Number in the case system", "Column", "What came of it", "Why")
TABLE_COLUMNS: Sequence[str | Column] = (
    "Table", Column("Rows", numeric=True), Column("Refused", numeric=True), Column("With a remark", numeric=True),
)  # fmt: skip
_TONES = {"running": "waiting", "done": "done", "stopped": "late", "failed": "late"}


def _state(run: Bringing) -> Cell:
    if run.dry and run.state == "done":
        return tag("Tried out", "plain")
    return tag(run.get_state_display(), _TONES[run.state])


def rows(runs: Iterable[Bringing], slug: str) -> list[Row]:
    """Runs as a table."""
    return [
        Row(
            (
                link(moment(run.begun_at), reverse("people:brought-run", args=[slug, run.key])),
                text(run.get_kind_display()), _state(run),
                number(run.total), number(run.counts.get("new", 0)), number(run.counts.get("known", 0)),
                number(sum(table["refused"] for table in run.counts.get("tables", {}).values())), text(run.begun_by),
            )
        )
        for run in runs
    ]  # fmt: skip


def facts(run: Bringing) -> list[tuple[str, str]]:
    """One run in words."""
    if run.kind == "feed":
        return _feed_facts(run)
    counts = run.counts
    found = [
        ("Begun", f"{moment(run.begun_at)}, by {run.begun_by or 'nobody named'}"),
        ("How far", f"{run.done:,} of {run.total:,} people"),
        ("New people", f"{counts.get('new', 0):,}"),
        ("Known already", f"{counts.get('known', 0):,}, of whom {counts.get('changed', 0):,} changed"),
        ("Facts that the case system says no more, ended", f"{counts.get('ended', 0):,}"),
        ("People whom no table names any more, nothing ended", f"{counts.get('gone', 0):,}"),
        ("Held back with their families", f"{counts.get('held', 0):,}"),
        ("From before an adoption, to be restricted", f"{counts.get('adopted', 0):,}"),
    ]
    if run.ended_at is not None:
        found.insert(1, ("Ended", moment(run.ended_at)))
    if run.state == "stopped":
        found.append(("Why it stopped", f"{run.failure}. Start it again with the same files: it goes on where it was"))
    return found


def _feed_facts(run: Bringing) -> list[tuple[str, str]]:
    """One refresh of who is open to whom in words."""
    counts = run.counts
    if run.state == "failed":
        return [("Looked", moment(run.begun_at)), ("Why it failed", run.failure)]
    return [
        ("Taken over", moment(run.begun_at)),
        ("As at", moment(run.as_at) if run.as_at else "Not known"),
        ("Open matters", f"{run.total:,}"),
        ("New", f"{counts['new']:,}"),
        ("Changed", f"{counts['changed']:,} of {counts['known']:,}"),
        ("Ended", f"{counts['rows']:,}"),
        ("Of people who are not in the index", f"{counts['held']:,}"),
    ]


def table_rows(run: Bringing) -> list[Row]:
    """What each file held."""
    return [
        Row((text(name), number(table["rows"]), number(table["refused"]), number(table["remarks"])))
        for name, table in run.counts.get("tables", {}).items()
    ]


def wrong_rows(found: OpenedRun) -> list[Row]:
    """Rows with something wrong, those that were refused first."""
    return [
        Row(
            (
                text(row.table),
                text(_line(row)),
                text(row.external or None),
                text(row.column or None),
                _came(row),
                text(row.why),
            )
        )
        for row in found.rows
    ]


def _line(row: RefusedRow) -> str:
    return f"{row.line:,}" if row.line else "Every row"


def _came(row: RefusedRow) -> Cell:
    return tag("Taken", "plain") if row.taken else tag("Refused", "late")


def as_file(found: OpenedRun) -> str:
    """Every row with something wrong as CSV. A cell that a spreadsheet would take for a formula is written as words."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["table", "line", "person", "column", "taken", "why"])
    for row in found.rows:
        cells = [row.table, row.line, row.external, row.column, "yes" if row.taken else "no", row.why]
        writer.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") and cell else cell for cell in cells]
        )
    return out.getvalue()
