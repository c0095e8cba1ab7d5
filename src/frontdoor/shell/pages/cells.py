"""Cells of a table: plain values that the one table macro draws without calling another macro.

A room's ``pages.py`` builds rows of these; the template says ``ui.table(...)`` once.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdoor.shell.rules import words

# Colours of a tag by what they mean; the word in the tag always says the same.
TONES = frozenset({"danger", "late", "soon", "ok", "waiting", "done", "plain"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, where it leads, what it means.

    :param kind: ``text``, ``reference``, ``tag``, ``clock``, ``since``, ``when``, ``person``, ``number``, ``spelled``,
        ``struck`` or ``press``
    :param tone: the meaning of a tag, or the state of a clock
    :param below: a second, quieter line
    :param iso: the instant, for the browser that keeps clocks and ages fresh
    :param hidden: words for screen readers only, after a link's text, where the text alone does not say which
    :param press: of a button: the id of its form, and the name and value that it sends to `href`
    :param key: the single key that presses it
    """

    text: str
    kind: str = "text"
    href: str = ""
    tone: str = "plain"
    below: str = ""
    iso: str = ""
    hidden: str = ""
    soon: int = 0
    press: tuple[str, str, str] = ("", "", "")
    key: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head; `numeric` sets it to the right, `hidden` keeps the words for screen readers only."""

    text: str
    numeric: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, the first being the row's head; `tone` draws a bar at its edge (danger, late, soon)."""

    cells: tuple[Cell, ...]
    tone: str = ""
    key: str = ""


def text(said: object, *, below: str = "") -> Cell:
    """Words as they are; None and the empty text become a dash that is read out as "none"."""
    return Cell("" if said is None else str(said), below=below)


def link(said: str, href: str, *, below: str = "", hidden: str = "") -> Cell:
    """Words that lead somewhere."""
    return Cell(said, href=href, below=below, hidden=hidden)


def reference(said: str, href: str, *, below: str = "", hidden: str = "") -> Cell:
    """A record's number that leads to it; never broken over two lines."""
    return Cell(said, kind="reference", href=href, below=below, hidden=hidden)


def number(value: int | float | str) -> Cell:
    """A number, set to the right."""
    return Cell(f"{value:,}" if isinstance(value, int | float) else value, kind="number")


def tag(said: str, tone: str) -> Cell:
    """A coloured word.

    :param tone: danger, late, soon, ok, waiting, done or plain
    :raises ValueError: another tone
    """
    if tone not in TONES:
        raise ValueError(f"no such tone: {tone}")
    return Cell(said, kind="tag", tone=tone)


def clock(due: datetime | None, now: datetime, *, soon: timedelta = words.SOON, paused: str = "") -> Cell:
    """Time left until a due time, or by how much it is late.

    :param soon: at this much left the clock is shown as soon due (its half-time, where it has one)
    :param paused: why the clock stands still; then no time runs
    """
    if due is None or paused:
        return Cell(
            f"paused: {paused}" if paused else "",
            kind="clock" if paused else "text",
            tone="waiting" if paused else "plain",
        )
    left = words.remaining(due, now, soon=soon)
    return Cell(left.words, kind="clock", tone=left.state, iso=due.isoformat(), soon=int(soon.total_seconds()))


def since(start: datetime | None, now: datetime) -> Cell:
    """How long something has been here, in elapsed time."""
    if start is None:
        return Cell("")
    return Cell(words.waited(start, now), kind="since", iso=start.isoformat())


def when(instant: datetime | date | None) -> Cell:
    """A day, or a day and time, in London."""
    if instant is None:
        return Cell("")
    if isinstance(instant, datetime):
        return Cell(words.time_of_day(instant), kind="when", below=words.short_day(instant), iso=instant.isoformat())
    return Cell(words.short_day(instant), kind="when", iso=instant.isoformat())


def spelled(said: str, *, below: str = "") -> Cell:
    """A name of any script, which runs in its own direction whatever stands around it."""
    return Cell(said, kind="spelled", below=below)


def struck(said: str, *, below: str = "") -> Cell:
    """Words that were corrected: struck through, and said so to whoever does not see it."""
    return Cell(said, kind="struck", below=below)


def press(
    said: str, href: str, *, form: str, name: str, value: object, hidden: str = "", key: str = "", below: str = ""
) -> Cell:
    """A button in a row, which sends one value to an address; the form with that id stands elsewhere on the page.

    :param hidden: words for screen readers only, which say which row is meant
    :param key: the single key that presses it; for one row of a table at most
    """
    return Cell(said, kind="press", href=href, press=(form, name, str(value)), hidden=hidden, key=key, below=below)


def person(name: str, *, born: date | None = None, on: date | None = None, href: str = "", role: str = "") -> Cell:
    """A person: the name, and below it age and role. A person without a name is "Name not known".

    :param on: the day for which the age is said; without it no age stands
    """
    facts = [words.age(born, on) if born and on else "", role]
    return Cell(name or "Name not known", kind="person", href=href, below=", ".join(filter(None, facts)))
