"""Counts of a council as tables: nothing in them from which one family could be told."""

from collections.abc import Iterator
from dataclasses import dataclass

from frontdoor.earlyhelp.rules import hub
from frontdoor.familyhelp.queries.figures import NOT_KNOWN, Figures, Month
from frontdoor.familyhelp.rules.figures import LEAST, chain, few, parts, share, shown, tells
from frontdoor.shell.pages import Column, Row, number, text


def _head(first: str, *counts: str) -> tuple[str | Column, ...]:
    """The heads of a table of counts: each stands over its numbers."""
    return first, *(Column(each, numeric=True) for each in counts)


BACK_COLUMNS = _head(
    "Month in which they left", "Families", "Of them came back", "Of them referred", "Came back, in a hundred"
)
OUTCOME_COLUMNS = _head(
    "Outcome", "Marked", "Of them ended", "Of them reached", "Of them asked 6 months after", "Still so"
)
TAKEN_COLUMNS = _head("What became of it", "Times")
REASON_COLUMNS = _head("What was in the way", "Times")
SERVICE_COLUMNS = _head("Service", "Told of it", "Of them went")
_CAME = {**dict(hub.UPTAKES), NOT_KNOWN: "Not known yet"}
_REASONS = dict(hub.REASONS)
SERVICES = 10


@dataclass(frozen=True, slots=True)
class Council:
    """The counts of one council."""

    name: str
    days: int
    back: tuple[Row, ...]
    outcomes: tuple[Row, ...]
    told: str
    taken: tuple[Row, ...]
    reasons: tuple[Row, ...]
    services: tuple[Row, ...]


def council(name: str, found: Figures) -> Council:
    """The counts of one council as rows of tables."""
    taken = found.taken
    return Council(
        name, found.days, tuple(_months(found.months)),
        tuple(
            Row((text(each.heading), *map(number, chain(each.marked, each.ended, each.met, each.asked, each.kept))))
            for each in found.outcomes
        ),
        shown(taken.told),
        tuple(Row((text(_CAME[code]), number(said))) for code, said in parts(taken.came).items()) if taken.told else (),
        tuple(Row((text(_REASONS[code]), number(said))) for code, said in parts(taken.reasons).items()),
        tuple(_services(found)),
    )  # fmt: skip


def _months(months: tuple[Month, ...]) -> Iterator[Row]:
    """A row a month that has any, the newest first, and their sum where that tells nothing of the months not shown."""
    some = [each for each in months if each.left]
    for each in some:
        left, back, referred = chain(each.left, each.back, each.referred)
        below = "" if each.whole else "The time has not passed for all of them"
        rate = share(each.back, each.left)
        yield Row((text(f"{each.first:%B %Y}", below=below), *map(number, (left, back, referred, rate))))
    hidden = [each for each in some if not tells(each.back, each.left)]
    rest_left, rest_back = sum(each.left for each in hidden), sum(each.back for each in hidden)
    if len(some) > 1 and (not hidden or (len(hidden) > 1 and tells(rest_back, rest_left))):
        all_left, all_back = sum(each.left for each in some), sum(each.back for each in some)
        row = (*chain(all_left, all_back), "not shown", share(all_back, all_left))
        yield Row((text("All months"), *map(number, row)))


def _services(found: Figures) -> Iterator[Row]:
    """Services that enough families were told of; where what is left would be too few, one more is left out."""
    rows = [each for each in found.taken.services if each[1] >= LEAST]
    if few(found.taken.told - sum(count for _, count, _ in rows)):
        rows = rows[:-1]
    for name, told, went in rows[:SERVICES]:
        yield Row((text(name), *map(number, chain(told, went))))
