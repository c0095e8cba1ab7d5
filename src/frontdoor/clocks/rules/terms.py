"""A council's settings turned into the rule of one clock: its length by the day it started, its days by themselves."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from frontdoor.clocks.rules.calendar import Calendar, DayEnd, mark_of, week_of
from frontdoor.clocks.rules.deadlines import Rule
from frontdoor.clocks.rules.kinds import ClockKind
from frontdoor.clocks.rules.london import london_date
from frontdoor.councils.rules import declared

Timeline = Sequence[tuple[date, Any]]
"""From which day on which value holds, in order; the first from the first day that there is."""

OPENING = declared.OPENING.name
CLOSED = declared.CLOSED_DAYS.name
CLOSED_COUNT = declared.CLOSED_COUNT.name
EXTRA = declared.EXTRA_BANK_HOLIDAYS.name
NOT_HOLIDAYS = declared.NOT_BANK_HOLIDAYS.name
DAY_END = declared.DAY_END.name

LOCAL_TIME = (OPENING, CLOSED, CLOSED_COUNT, EXTRA, NOT_HOLIDAYS, DAY_END)
"""The settings that every working clock of a council hangs on."""


@lru_cache(maxsize=256)
def _the_same(calendar: Calendar) -> Calendar:
    """One object for all equal calendars: days and spells that were worked out are then found again at once."""
    return calendar


@dataclass(frozen=True)
class Terms:
    """The settings of one council that its clocks are made by.

    :param timelines: by name of the setting: those of `LOCAL_TIME`, and the lengths of the kinds that are asked for
    """

    timelines: Mapping[str, Timeline]

    def value(self, name: str, day: date) -> Any:
        """The value of a setting on a day."""
        line = self.timelines[name]
        return line[bisect_right(line, day, key=lambda entry: entry[0]) - 1][1]

    @cached_property
    def calendar(self) -> Calendar:
        """Opening hours and local days; what a setting says of a day counts if it holds on that day."""
        closures = frozenset(self._days(CLOSED))
        found = Calendar(
            hours=tuple((since, week_of(value)) for since, value in self.timelines[OPENING]),
            extra_bank_holidays=frozenset(self._days(EXTRA)),
            not_bank_holidays=frozenset(self._days(NOT_HOLIDAYS)),
            closures=closures,
            uncounted=frozenset(day for day in closures if self.value(CLOSED_COUNT, day)),
        )
        return _the_same(found)

    def _days(self, name: str) -> Iterator[date]:
        line = self.timelines[name]
        ends = [since - timedelta(days=1) for since, _ in line[1:]] + [date.max]
        for (since, value), last in zip(line, ends, strict=True):
            yield from (day for day in map(date.fromisoformat, value) if since <= day <= last)

    def rule(self, kind: ClockKind, started_at: datetime) -> Rule:
        """The rule of a clock of a kind: its length is the one that held on the London day on which it started."""
        day = london_date(started_at)
        return Rule(
            kind.unit,
            int(self.value(kind.setting, day)),
            DayEnd(self.value(DAY_END, day)),
            kind.counting,
            self.calendar,
        )

    @cached_property
    def mark(self) -> str:
        """Changes when any of the settings does: the sweep then works out the open clocks again."""
        return mark_of(sorted((name, list(line)) for name, line in self.timelines.items()))
