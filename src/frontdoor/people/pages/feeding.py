"""Who is open to whom, as pages show it: always with its time, and in red where that is too old."""

from dataclasses import dataclass

from frontdoor.people.queries.feeding import Feed, Open
from frontdoor.shell.pages import Cell, Notice, Row, text
from frontdoor.shell.rules import moment, short_day

COLUMNS = ("Owner", "Open for", "Allocated worker", "Team and manager", "Telephone", "Legal status", "Since")

NOBODY, NEVER = "Not open to anybody", "Not known here: look into the case system"


@dataclass(frozen=True, slots=True)
class Shown:
    """One person's part of a page.

    :param notice: the red banner, where what is shown is too old
    :param words: what is said where there is no table
    """

    notice: Notice | None
    words: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands once above several people: of what time it is, in red where that is too old."""

    notice: Notice | None
    words: str


def shown(feed: Feed, person_id: int) -> Shown:
    """What a page shows of one person. That nothing is known is said as that, never as nobody."""
    if feed.as_at is None:
        return Shown(None, _never(), [])
    as_at, found = moment(feed.as_at), feed.of.get(person_id, [])
    said = f"As at {as_at}." if found else f"{NOBODY} as at {as_at}."
    return Shown(banner(feed).notice, said, [_row(each) for each in found])


def banner(feed: Feed, *, where: str = "") -> Banner:
    """What is said once of everybody whom a page shows.

    :param where: the council, on a page over several
    """
    if feed.as_at is None:
        return Banner(None, _never(where))
    place = f" in {where}" if where else ""
    if feed.stale:
        words = f"Who is open to whom{place} is old: it was so {moment(feed.as_at)}."
        return Banner(Notice(f"{words} Look into the case system before you rely on it.", kind="error"), "")
    return Banner(None, f"Who is open to whom{place}: as at {moment(feed.as_at)}.")


def lines(feed: Feed, person_id: int) -> tuple[str, ...]:
    """One line for each matter that is open: who owns it, on what number, and what for; or that there is none."""
    if feed.as_at is None:
        return (f"Open to: {NEVER[0].lower()}{NEVER[1:]}",)
    return tuple(f"Open to {_whom(each)}: {_what(each)}" for each in feed.of.get(person_id, ())) or (NOBODY,)


def cell(feed: Feed, person_id: int) -> Cell:
    """The same in a row of a table."""
    found = feed.of.get(person_id, [])
    if feed.as_at is None or not found:
        return text(NEVER if feed.as_at is None else NOBODY)
    rest = (_what(found[0]), *(f"{_whom(each)}, {_what(each)}" for each in found[1:]))
    return text(_whom(found[0]), below="; ".join(rest))


def _never(where: str = "") -> str:
    place = f" in {where}" if where else ""
    return f"Who is open to whom{place} was never brought in from the case system: look there."


def _whom(each: Open) -> str:
    """Who owns it and why that is not the worker, with the team and the number."""
    owner = f"{each.owner.name} ({each.owner.why})" if each.owner.why else each.owner.name
    manager = each.manager if each.manager != each.owner.name else ""
    return ", ".join(filter(None, (owner, each.team, f"manager {manager}" if manager else "", each.phone)))


def _what(each: Open) -> str:
    since = f"since {short_day(each.since)}" if each.since else ""
    legal = f"legal status {each.legal_status}" if each.legal_status else ""
    return ", ".join(filter(None, (each.plan, legal, since)))


def _row(each: Open) -> Row:
    team = ", ".join(part for part in (each.team, each.manager) if part)
    return Row(
        (
            text(each.owner.name, below=each.owner.why), text(each.plan), text(each.worker or None), text(team or None),
            text(each.phone or None), text(each.legal_status or None),
            text(short_day(each.since) if each.since else None),
        )
    )  # fmt: skip
