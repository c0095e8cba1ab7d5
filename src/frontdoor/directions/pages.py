"""What the pages of directions show, and the rows that the desk puts on a person's own list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from textwrap import shorten
from uuid import UUID

from django.urls import reverse

from frontdoor.directions import rules
from frontdoor.directions.queries import Directed, Line, OpenDirection
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, link, tag, text
from frontdoor.shell.rules import moment

Slugs = Mapping[int, str]
"""Address part by council number: lists merged over councils name each row's own."""

LINE = 120
"""Characters of a direction that a list or a heading shows; the page has the whole."""

MINE_COLUMNS = ["What to do", "Given by", "Time left", "So far"]
GIVEN_COLUMNS = ["What", "Who does it", "Where it stands", "Time left", "So far"]

_TONES = {
    rules.State.OPEN: "waiting",
    rules.State.DONE: "soon",
    rules.State.CHECKED: "done",
    rules.State.WITHDRAWN: "plain",
}
_EVENT_TONES = {rules.Turn.DONE: "done", rules.Turn.CHECKED: "done", rules.Turn.REOPENED: "late"}


def mine_rows(rows: Iterable[Directed], slugs: Slugs, *, at: datetime) -> list[Row]:
    """The rows of what somebody has to do."""
    return [
        Row(
            (_what(row, slugs), text(row.giver), _clock(row, at), _drift(row)),
            tone="late" if row.due_at <= at else "",
            key=str(row.key),
        )
        for row in rows
    ]


def given_rows(rows: Iterable[Directed], slugs: Slugs, *, at: datetime) -> list[Row]:
    """The rows of what somebody gave, or of one thing or child."""
    return [
        Row(
            (
                _what(row, slugs),
                text(row.owner, below="No longer works here: give it to somebody else" if row.nobodys else ""),
                tag(row.state.words, "late" if _late(row, at) else _TONES[row.state]),
                _clock(row, at) if row.state is rules.State.OPEN else text(""),
                _drift(row),
            ),
            tone="danger" if row.drifts and row.state is rules.State.OPEN else "late" if _late(row, at) else "",
            key=str(row.key),
        )
        for row in rows
    ]


def _late(row: Directed, at: datetime) -> bool:
    return row.state is rules.State.OPEN and row.due_at <= at


def _what(row: Directed, slugs: Slugs) -> Cell:
    return link(short(row.what), reverse("directions:detail", args=[slugs[row.authority_id], row.key]))


def short(what: str) -> str:
    """What a list or a heading shows of a long direction: its first line, cut at a word."""
    return shorten(what, LINE, placeholder=" …")


def _clock(row: Directed, at: datetime) -> Cell:
    return clock(row.due_at, at, soon=(row.due_at - row.given_at) / 2)


def _drift(row: Directed) -> Cell:
    return tag(row.drift, "danger") if row.drifts else text(row.drift)


@dataclass(frozen=True, slots=True)
class Detail:
    """One direction as its page shows it.

    :param acts: links to what may be done with it
    :param may_check: the evidence waits for the giver
    """

    open: OpenDirection
    heading: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    clock: Cell | None
    rows: tuple[tuple[str, str], ...]
    events: tuple[Event, ...]
    acts: tuple[Item, ...]
    may_do: bool
    may_check: bool
    subject_href: str
    subject_noun: str


def detail(found: OpenDirection, slug: str, *, at: datetime) -> Detail:
    """The page of one direction."""
    row = found.row
    subject = rules.SUBJECTS.get(row.subject_kind)
    is_open = row.state is rules.State.OPEN
    return Detail(
        open=found,
        heading=short(row.what),
        facts=(f"For {row.owner}", f"Given by {row.giver}" if row.giver else "The giver has left"),
        tags=((row.state.words, _TONES[row.state]), *[(row.drift, "danger")] * row.drifts),
        clock=_clock(row, at) if is_open else None,
        rows=_rows(found),
        events=tuple(_event(line) for line in reversed(found.history)),
        acts=tuple(_acts(found, slug)),
        may_do=found.does and is_open,
        may_check=found.gives and row.state is rules.State.DONE,
        subject_href=reverse(subject.address, args=[slug, row.subject_key]) if subject and subject.address else "",
        subject_noun=subject.noun if subject else "",
    )


def _rows(found: OpenDirection) -> tuple[tuple[str, str], ...]:
    row = found.row
    rows = [
        ("What must be done", row.what),
        ("Who does it", f"{row.owner} (no longer works here)" if row.nobodys else row.owner),
        ("By when", moment(row.due_at)),
    ]
    if row.due_at != row.first_due_at:
        rows.append(("First named for", moment(row.first_due_at)))
    if row.drift:
        rows.append(("So far", row.drift))
    if row.evidence:
        rows.append(("Evidence", row.evidence))
        rows.append(("Done by", f"{found.done_by}, {moment(row.done_at)}" if row.done_at else found.done_by))
    return tuple(rows)


def _event(line: Line) -> Event:
    until = f"By {moment(line.due_at)}." if line.due_at else ""
    words = "\n".join(part for part in (line.text, until) if part)
    return Event(line.kind.words, line.at, by=line.by_name, text=words, tone=_EVENT_TONES.get(line.kind, "plain"))


def _acts(found: OpenDirection, slug: str) -> Iterable[Item]:
    item = partial(_item, slug, found.row.key)
    if not found.gives:
        return
    if found.row.state is rules.State.OPEN:
        yield item("Ask whether it is done", "ask")
        yield item("Name another time", "move")
    if found.row.state is rules.State.DONE:
        yield item("It was not done: give it back", "reopen")
    if not found.row.state.settled:
        yield item("Take it back", "withdraw")


def _item(slug: str, key: UUID, words: str, name: str) -> Item:
    return Item(words, reverse(f"directions:{name}", args=[slug, key]))
