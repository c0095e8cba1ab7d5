"""What the case system says beside what the team recorded: where the two differ, and whether it is too old."""

from dataclasses import dataclass
from datetime import date

from frontdoor.people.models import CaseDate
from frontdoor.people.rules.case_dates import KINDS, VISITED
from frontdoor.referrals.queries.opening import Opened
from frontdoor.shell.pages import Cell, Row, tag, text
from frontdoor.shell.rules import day, london, moment

OLD = "The case system’s tables are too old to be relied on: a clock may run for something that was done."
COLUMNS = ("What", "In the case system", "Here", "Same?")


@dataclass(frozen=True, slots=True)
class Told:
    """What the case system says of one child since the referral.

    :param notice: that it is too old to be relied on; empty where it is not
    :param words: of what time it is
    """

    rows: tuple[Row, ...]
    notice: str
    words: str


def of_referral(opened: Opened) -> Told | None:
    """The part of the page; None where no tables ever came, or they are fresh and say nothing of the child."""
    feed = opened.feed
    if feed is None or feed.as_at is None or not (opened.told or feed.stale):
        return None
    here = {kind: each.on for kind, each in opened.standing.items()}
    went = {london(each.made_at).date() for each in opened.visits if each.struck_at is None}
    rows = tuple(_row(each, here, went) for each in opened.told)
    return Told(rows, OLD if feed.stale else "", f"As at {moment(feed.as_at)}.")


def _row(each: CaseDate, here: dict[str, date], went: set[date]) -> Row:
    words = dict(KINDS)[each.kind]
    if each.kind == VISITED:
        seen = "child seen alone" if each.seen and each.alone else "child seen" if each.seen else "child not seen"
        same, ours = each.on in went, text(day(each.on) if each.on in went else None)
        return Row((text(words, below=seen), text(day(each.on)), ours, _same(same=same, ours=same)))
    ours_on = here.get(each.kind)
    cell = text(day(ours_on) if ours_on else None)
    return Row((text(words), text(day(each.on)), cell, _same(same=ours_on == each.on, ours=ours_on is not None)))


def _same(*, same: bool, ours: bool) -> Cell:
    if same:
        return tag("The same", "ok")
    return tag("Another day here", "late") if ours else tag("Not here", "waiting")
