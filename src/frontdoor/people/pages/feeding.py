"""Who is open to whom, as pages show it: always with its time, and in red where that is too old."""

from dataclasses import dataclass

from frontdoor.people.queries.feeding import Feed, Open
from frontdoor.shell.pages import Notice, Row, text
from frontdoor.shell.rules import moment, short_day

COLUMNS = ("Owner", "Open for", "Allocated worker", "Team and manager", "Telephone", "Legal status", "Since")


@dataclass(frozen=True, slots=True)
class Shown:
    """One person's part of a page.

    :param notice: the red banner, where what is shown is too old
    :param words: what is said where there is no table
    """

    notice: Notice | None
    words: str
    rows: list[Row]


def shown(feed: Feed, person_id: int) -> Shown:
    """What a page shows of one person. That nothing is known is said as that, never as nobody."""
    if feed.as_at is None:
        return Shown(None, "Who is open to whom was never brought in from the case system: look there.", [])
    as_at, found = moment(feed.as_at), feed.of.get(person_id, [])
    notice = None
    if feed.stale:
        words = f"Who is open to whom is old: it was so {as_at}. Look into the case system before you rely on it."
        notice = Notice(words, kind="error")
    said = f"As at {as_at}." if found else f"Not open to anybody as at {as_at}."
    return Shown(notice, said, [_row(each) for each in found])


def _row(each: Open) -> Row:
    team = ", ".join(part for part in (each.team, each.manager) if part)
    return Row(
        (
            text(each.owner.name, below=each.owner.why), text(each.plan), text(each.worker or None), text(team or None),
            text(each.phone or None), text(each.legal_status or None),
            text(short_day(each.since) if each.since else None),
        )
    )  # fmt: skip
