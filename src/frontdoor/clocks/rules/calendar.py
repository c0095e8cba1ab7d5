"""Working days and opening hours: bank holidays of England and Wales, one-off days and each council's hours as data."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import sha256

import holidays

from frontdoor.clocks.rules.london import LONDON, edge, london_date, to_utc

Spell = tuple[datetime, datetime]
"""From an instant until before an instant, both in UTC."""

Opening = tuple[int, int]
"""Opens and closes, in wall-clock minutes since midnight, 0 to 1440; a night is two of these."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BANK_HOLIDAY = "bank_holiday"

_LONGEST = 3_660
"""Days that a search may walk before it says that nobody ever opens."""


class NeverOpen(ValueError):
    """Working time was asked of hours that do not open for years: a setting is wrong."""


class DayEnd(StrEnum):
    """What "the end of the day" means (domain 2.1); a deadline in days is judged by date either way."""

    MIDNIGHT = "midnight"
    CLOSING = "closing"


class Counting(StrEnum):
    """How the days of a limit are counted (domain 2.1).

    `FROM_NEXT_DAY` is the default: the date of the event is day 0. `FROM_SAME_DAY` is some census tooling's: that date,
    if a working day, is day 1. A report says which one it uses.
    """

    FROM_NEXT_DAY = "day_0"
    FROM_SAME_DAY = "day_1"


@dataclass(frozen=True, slots=True)
class Week:
    """When a team is open, by wall clock.

    :param days: seven, Monday first: the openings of each, in order
    :param on_bank_holidays: the openings of a bank holiday, whatever its weekday; none unless a council says so
    """

    days: tuple[tuple[Opening, ...], ...]
    on_bank_holidays: tuple[Opening, ...] = ()


def mark_of(values: object) -> str:
    """Eight characters that change when any of the values does."""
    return sha256(repr(values).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Calendar:
    """Everything local that working time depends on; passed in, so that a rule never asks a database.

    :param hours: (first day, week) in order of day: opening hours change on a date and leave the past alone
    :param extra_bank_holidays: one-off days announced late (a coronation, a state funeral)
    :param not_bank_holidays: days that the rule gives and a proclamation moved
    :param closures: days on which the council is closed; they shut the doors, and stop no statutory clock
    :param uncounted: closures that are no working days either, where the council's own set says so (domain 2.1)
    """

    hours: tuple[tuple[date, Week], ...] = ()
    extra_bank_holidays: frozenset[date] = frozenset()
    not_bank_holidays: frozenset[date] = frozenset()
    closures: frozenset[date] = frozenset()
    uncounted: frozenset[date] = frozenset()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Days and spells are looked up by calendar thousands of times a page: its hash is worked out once.
        return hash((self.hours, self.extra_bank_holidays, self.not_bank_holidays, self.closures, self.uncounted))

    @cached_property
    def mark(self) -> str:
        """What a clock keeps of the calendar that it was made with."""
        sets = (self.extra_bank_holidays, self.not_bank_holidays, self.closures, self.uncounted)
        return mark_of((self.hours, *map(sorted, sets)))


NATIONAL = Calendar()
"""Weekends and the bank holidays of the Act: no local day, no opening hours."""


def week_of(value: Mapping[str, Sequence[Sequence[str]]]) -> Week:
    """Opening hours from plain data: {"monday": [["08:00", "17:30"]], …, "bank_holiday": []}; 24:00 is midnight's end.

    A day that is not named is closed. A night shift is written on both of its days.

    :raises ValueError: an unknown day, a time that is none, openings out of order or closing before they open
    """
    if unknown := set(value) - {*DAYS, BANK_HOLIDAY}:
        raise ValueError(f"{min(unknown)} is not a day of the week")
    openings = {day: _openings(day, value.get(day, ())) for day in (*DAYS, BANK_HOLIDAY)}
    return Week(tuple(openings[day] for day in DAYS), openings[BANK_HOLIDAY])


def _openings(day: str, spans: Sequence[Sequence[str]]) -> tuple[Opening, ...]:
    openings = tuple((_minute(opens), _minute(closes)) for opens, closes in spans)
    before = -1
    for opens, closes in openings:
        if not before < opens < closes:
            raise ValueError(f"{day.replace('_', ' ')}: hours must follow one another, each closing after it opens")
        before = closes
    return openings


def _minute(text: str) -> int:
    if text == "24:00":
        return 24 * 60
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute


@lru_cache(maxsize=256)
def _national(year: int) -> frozenset[date]:
    # The library also names the weekend day that a substitute stands for; GOV.UK's list, which is the law, does not.
    found = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return frozenset(day for day in found if day.weekday() < 5)


def bank_holidays(year: int, calendar: Calendar = NATIONAL) -> frozenset[date]:
    """The bank holidays of England and Wales in a year, the council's one-off days and exceptions applied.

    Source: Banking and Financial Dealings Act 1971 s1 and sched 1; one-off days by proclamation.
    """
    extra = {day for day in calendar.extra_bank_holidays if day.year == year}
    return (_national(year) | extra) - calendar.not_bank_holidays


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether it is Monday to Friday and not a bank holiday (domain 2.1)."""
    ordinals = _working_days(calendar, day.year)
    found = bisect_left(ordinals, day.toordinal())
    return found < len(ordinals) and ordinals[found] == day.toordinal()


@lru_cache(maxsize=1024)
def _working_days(calendar: Calendar, year: int) -> tuple[int, ...]:
    off = bank_holidays(year, calendar) | calendar.uncounted
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days))
    return tuple(day.toordinal() for day in days if day.weekday() < 5 and day not in off)


def nth_working_day(day: date, number: int, calendar: Calendar, counting: Counting = Counting.FROM_NEXT_DAY) -> date:
    """The Nth working day after a date, whether or not that date itself was one; number 0 is the date itself.

    :param number: not negative
    :raises NeverOpen: no such day within ten years
    """
    if number < 0:
        raise ValueError("working days are counted forward")
    if number == 0:
        return day
    first = day.toordinal() + (counting is Counting.FROM_NEXT_DAY)
    ordinals = _working_days(calendar, day.year)
    wanted = bisect_left(ordinals, first) + number - 1
    for year in range(day.year + 1, day.year + 11):
        if wanted < len(ordinals):
            return date.fromordinal(ordinals[wanted])
        wanted -= len(ordinals)
        ordinals = _working_days(calendar, year)
    raise NeverOpen("no working day within ten years")


def working_days_between(
    start: date, end: date, calendar: Calendar, counting: Counting = Counting.FROM_NEXT_DAY
) -> int:
    """How many working days something took, from the date it began to the date it ended: 0 on the same date."""
    first = start.toordinal() + (counting is Counting.FROM_NEXT_DAY)
    total = 0
    for year in range(start.year, end.year + 1):
        ordinals = _working_days(calendar, year)
        total += bisect_right(ordinals, end.toordinal()) - bisect_left(ordinals, first)
    return max(total, 0)


@lru_cache(maxsize=16_384)
def open_spells(day: date, calendar: Calendar) -> tuple[Spell, ...]:
    """When the team is open on a London date, as UTC spells in order; a clock change makes them longer or shorter."""
    if day in calendar.closures:
        return ()
    found = bisect_right(calendar.hours, day, key=lambda dated: dated[0])
    if not found:
        return ()
    week = calendar.hours[found - 1][1]
    closed = day in bank_holidays(day.year, calendar)
    openings = week.on_bank_holidays if closed else week.days[day.weekday()]
    spells: list[Spell] = []
    for opens, closes in openings:
        opened, shut = edge(day, opens), edge(day, closes, closing=True)
        # In the doubled hour of October two openings may run into each other; in March one may lie in the missing hour.
        if spells and opened <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(shut, spells[-1][1]))
        elif opened < shut:
            spells.append((opened, shut))
    return tuple(spells)


def is_open(instant: datetime, calendar: Calendar) -> bool:
    """Whether the team is open: the instant of opening is, the instant of closing is not."""
    return any(opened <= instant < shut for opened, shut in open_spells(london_date(instant), calendar))


def spells_from(start: datetime, calendar: Calendar) -> Iterator[Spell]:
    """The open spells from an instant on, the first one cut at it.

    :raises NeverOpen: when ten years without the end of the search have gone by
    """
    day = london_date(start)
    for number in range(_LONGEST):
        for opened, shut in open_spells(day + timedelta(days=number), calendar):
            if shut > start:
                yield max(opened, start), shut
    raise NeverOpen("nobody opens within ten years: look at the opening hours")


def spells_between(start: datetime, end: datetime, calendar: Calendar) -> Iterator[Spell]:
    """The open spells between two instants, the first and the last cut at them."""
    start, end = to_utc(start), to_utc(end)
    day, last = london_date(start), london_date(end)
    while day <= last:
        for opened, shut in open_spells(day, calendar):
            if shut > start and opened < end:
                yield max(opened, start), min(shut, end)
        day += timedelta(days=1)


def working_time_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much of the time between two instants the team was open."""
    return sum((shut - opened for opened, shut in spells_between(start, end, calendar)), timedelta())


def end_of_day(day: date, end: DayEnd, calendar: Calendar) -> datetime:
    """The last second of a day in London, or the closing time; the former on a day without hours (domain 2.1)."""
    last_second = datetime.combine(day, time(23, 59, 59), LONDON).astimezone(UTC)
    if end is DayEnd.CLOSING and (spells := open_spells(day, calendar)):
        return min(spells[-1][1], last_second)
    return last_second
