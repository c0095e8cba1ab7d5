"""A second way to work out every deadline: walk the minutes one by one. It shares no code with the rules.

It knows the clock changes by their law, Easter by a table, bank holidays by the Act and the proclamations; no library.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache

YEARS = range(2020, 2030)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 24 * 60

EASTER_SUNDAYS = {
    2019: (4, 21), 2020: (4, 12), 2021: (4, 4), 2022: (4, 17), 2023: (4, 9), 2024: (3, 31),
    2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1), 2030: (4, 21),
}  # fmt: skip
PROCLAIMED = {date(2020, 5, 8), date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
MOVED_AWAY = {date(2020, 5, 4), date(2022, 5, 30)}


def minute_of(instant: datetime) -> int:
    """Whole minutes since 1970 in UTC."""
    return (instant - EPOCH) // timedelta(minutes=1)


def instant_of(minute: float) -> datetime:
    return EPOCH + timedelta(minutes=minute)


@cache
def changes(year: int) -> tuple[int, int]:
    """The minutes at which summer time begins and ends: 01:00 UTC on the last Sundays of March and October."""
    found = []
    for month in (3, 10):
        day = date(year, month, 31)
        while day.weekday() != 6:
            day -= timedelta(days=1)
        found.append(minute_of(datetime(day.year, day.month, day.day, 1, tzinfo=UTC)))
    return found[0], found[1]


@cache
def _starts(year: int) -> int:
    return minute_of(datetime(year, 1, 1, tzinfo=UTC))


def wall(minute: int) -> tuple[date, int]:
    """What London's wall clock shows: the date, and the minute since midnight as the hands say it."""
    year = 1970 + int(minute // (365.2425 * DAY))
    while _starts(year + 1) <= minute:
        year += 1
    while _starts(year) > minute:
        year -= 1
    forward, back = changes(year)
    shown = minute + (60 if forward <= minute < back else 0)
    return date(1970, 1, 1) + timedelta(days=shown // DAY), shown % DAY


@cache
def day_of(day: date) -> tuple[int, Sequence[int]]:
    """The first minute of a London day, and what the hands show at each of its minutes: 23, 24 or 25 hours of them."""
    forward, back = changes(day.year)
    noon = minute_of(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    around = range(noon - 13 * 60, noon + 13 * 60)
    shown = [(minute, minute + (60 if forward <= minute < back else 0)) for minute in around]
    wanted = (day - date(1970, 1, 1)).days
    mine = [(minute, at % DAY) for minute, at in shown if at // DAY == wanted]
    return mine[0][0], array("H", [at for _, at in mine])


@cache
def bank_holidays(year: int) -> frozenset[date]:
    def monday(month: int, *, last: bool) -> date:
        mondays = [date(year, month, day) for day in range(1, 32 if month in (5, 8) else 31)]
        mondays = [day for day in mondays if day.weekday() == 0]
        return mondays[-1 if last else 0]

    new_year = date(year, 1, 1)
    while new_year.weekday() > 4:
        new_year += timedelta(days=1)
    sunday = date(year, *EASTER_SUNDAYS[year])
    christmas = {date(year, 12, 25), date(year, 12, 26)}
    if date(year, 12, 25).weekday() == 4:  # Boxing Day on the Saturday
        christmas = {date(year, 12, 25), date(year, 12, 28)}
    elif date(year, 12, 25).weekday() == 5:
        christmas = {date(year, 12, 27), date(year, 12, 28)}
    elif date(year, 12, 25).weekday() == 6:
        christmas = {date(year, 12, 26), date(year, 12, 27)}
    movable = {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    mondays = {monday(5, last=False), monday(5, last=True), monday(8, last=True)}
    return frozenset(
        ({new_year} | movable | mondays | christmas | {d for d in PROCLAIMED if d.year == year}) - MOVED_AWAY
    )


@dataclass
class Council:
    """One council's hours and days, in the oracle's own terms.

    :param week: by weekday, the openings in minutes since midnight
    """

    week: dict[int, list[tuple[int, int]]]
    on_bank_holidays: list[tuple[int, int]] = field(default_factory=list)
    extra: set[date] = field(default_factory=set)
    not_holidays: set[date] = field(default_factory=set)
    closures: set[date] = field(default_factory=set)
    closures_stop_days: bool = False
    _flags: dict[date, bytearray] = field(default_factory=dict)
    _working: dict[date, bool] = field(default_factory=dict)

    def holiday(self, day: date) -> bool:
        return (day in bank_holidays(day.year) or day in self.extra) and day not in self.not_holidays

    def working(self, day: date) -> bool:
        if day not in self._working:
            stopped = self.closures_stop_days and day in self.closures
            self._working[day] = day.weekday() < 5 and not self.holiday(day) and not stopped
        return self._working[day]

    def _openings(self, day: date) -> list[tuple[int, int]]:
        if day in self.closures:
            return []
        return self.on_bank_holidays if self.holiday(day) else self.week.get(day.weekday(), [])

    def _open(self, day: date) -> bytearray:
        """Which minutes of a day are open: from the first that the hands show at or after opening until the last that
        they show before closing."""
        if day not in self._flags:
            hands = day_of(day)[1]
            flags = bytearray(len(hands))
            for opens, closes in self._openings(day):
                after = [number for number, at in enumerate(hands) if at >= opens]
                before = [number for number, at in enumerate(hands) if at < closes]
                for number in range(after[0], before[-1] + 1) if after and before else ():
                    flags[number] = 1
            self._flags[day] = flags
        return self._flags[day]

    def is_open(self, minute: int) -> bool:
        day = wall(minute)[0]
        return bool(self._open(day)[minute - day_of(day)[0]])

    def end(self, day: date, *, to_closing: bool) -> datetime:
        """The last second of a day, or the end of its last open minute where that comes first."""
        first, hands = day_of(day)
        end = instant_of(first + len(hands)) - timedelta(seconds=1)
        last_open = self._open(day).rfind(1)
        return min(end, instant_of(first + last_open + 1)) if to_closing and last_open >= 0 else end

    def stream(self, start: int) -> Iterator[tuple[int, int, date, bool]]:
        """Minute by minute: (minute, open, date in London, last of that date)."""
        minute = start
        while True:
            day = wall(minute)[0]
            first, hands = day_of(day)
            flags = self._open(day)
            for number in range(minute - first, len(hands)):
                yield first + number, flags[number], day, number == len(hands) - 1
            minute = first + len(hands)


def _still(pauses: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Every minute at which the clock stands still."""
    return frozenset(minute for paused, resumed in pauses for minute in range(paused, resumed))


def elapsed(start: int, minutes: int, pauses: Sequence[tuple[int, int]] = ()) -> int:
    """The minute by which so many have gone by, the paused ones left out."""
    still, minute = _still(pauses), start
    while minutes:
        minutes -= minute not in still
        minute += 1
    return minute


def open_time(council: Council, start: int, minutes: int, pauses: Sequence[tuple[int, int]] = ()) -> int:
    """The minute by which the team has been open for so many."""
    if not minutes:
        return start
    still = _still(pauses)
    for minute, is_open, _, _ in council.stream(start):
        if is_open and minute not in still:
            minutes -= 1
            if not minutes:
                return minute + 1
    raise AssertionError


def working_days(
    council: Council,
    first: date,
    number: int,
    pauses: Sequence[tuple[int, int]] = (),
    *,
    same_day: bool = False,
    to_closing: bool = False,
) -> datetime:
    """The last second (or the closing time) of the Nth working day after a date."""
    day = first
    while True:
        end = council.end(day, to_closing=to_closing)
        if any(instant_of(paused) <= end < instant_of(resumed) for paused, resumed in pauses):
            number = max(number, 1)
        elif day == first and number == 0:
            return end
        elif council.working(day) and (day > first or same_day):
            number -= 1
            if number <= 0:
                return end
        day += timedelta(days=1)


def half_of_days(council: Council, start: int, due: datetime, pauses: Sequence[tuple[int, int]] = ()) -> datetime:
    """Half of the open, unpaused minutes between start and due; without any, half of the time between."""
    still, last, minutes = _still(pauses), minute_of(due - timedelta(microseconds=1)), []
    for minute, is_open, _, _ in council.stream(start):
        if minute > last:
            break
        if is_open and minute not in still:
            minutes.append(minute)
    if not minutes:
        return instant_of(start) + (due - instant_of(start)) / 2
    # A team open to midnight is open for the 59 seconds of the last minute only, since a day is due at 23:59:59.
    seconds = 60 * len(minutes)
    if instant_of(minutes[-1] + 1) > due:
        seconds -= (instant_of(minutes[-1] + 1) - due).seconds
    index, rest = divmod(seconds / 2, 60)
    if not rest:
        return instant_of(minutes[int(index) - 1] + 1)
    return instant_of(minutes[int(index)]) + timedelta(seconds=rest)
