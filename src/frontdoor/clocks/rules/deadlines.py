"""When something is due and when half of its time has gone: from events, by pure functions (domain 2.1, 2.4)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from frontdoor.clocks.rules.calendar import (
    NATIONAL,
    Calendar,
    Counting,
    DayEnd,
    NeverOpen,
    Spell,
    end_of_day,
    mark_of,
    nth_working_day,
    spells_between,
    spells_from,
)
from frontdoor.clocks.rules.london import london_date, to_utc

Pause = Spell
"""Paused from an instant until before an instant; the caller ends a running one at the time of the question."""

LAST_SECOND = timedelta(seconds=1)
"""A deadline names a second, and the whole of that second is still in time: 23:59:59.9 is before midnight."""

_LONGEST = 3_660


class Unit(StrEnum):
    """What a clock counts.

    Elapsed time runs through nights, holidays and clock changes; working hours run while the team is open;
    working days end with the Nth one.
    """

    ELAPSED_MINUTES = "elapsed_minutes"
    ELAPSED_HOURS = "elapsed_hours"
    ELAPSED_DAYS = "elapsed_days"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"

    @property
    def in_days(self) -> bool:
        return self is Unit.WORKING_DAYS

    @property
    def elapsed(self) -> bool:
        return self in _TIMES


_TIMES = {
    Unit.ELAPSED_MINUTES: timedelta(minutes=1),
    Unit.ELAPSED_HOURS: timedelta(hours=1),
    Unit.ELAPSED_DAYS: timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How long, counted how: all that a deadline follows from, apart from the events themselves.

    :param length: how many of the unit; not negative
    """

    unit: Unit
    length: int
    day_end: DayEnd = DayEnd.MIDNIGHT
    counting: Counting = Counting.FROM_NEXT_DAY
    calendar: Calendar = NATIONAL

    def __post_init__(self) -> None:
        if self.length < 0:
            raise ValueError("a limit is not negative")

    @property
    def time(self) -> timedelta:
        """The length of a clock that counts time, not days."""
        return self.length * _TIMES.get(self.unit, timedelta(hours=1))

    def version(self, number: int) -> str:
        """The rule's name in a clock that it made: the kind's own number, and a mark that changes with any value."""
        values = (self.unit, self.length, self.day_end, self.counting, self.calendar.mark)
        return f"{number}.{mark_of(values)}"


def passed(due: datetime, at: datetime) -> bool:
    """Whether a due time has gone by: from the second after the one that it names."""
    return at >= due + LAST_SECOND


def _running(spells: Iterable[Spell], pauses: Sequence[Pause]) -> Iterator[Spell]:
    """The parts of the spells during which the clock was not paused; both come in order."""
    for opened, shut in spells:
        since = opened
        for paused, resumed in pauses:
            if paused >= shut:
                break
            if resumed > since:
                if paused > since:
                    yield since, paused
                since = resumed
        if since < shut:
            yield since, shut


def add_working_time(start: datetime, time: timedelta, calendar: Calendar, pauses: Sequence[Pause] = ()) -> datetime:
    """The first instant by which the team has been open for so long, pauses left out; no time at all is due at once.

    :raises NeverOpen: the hours do not open for years
    """
    if not time:
        return start
    return _added_up(_running(spells_from(start, calendar), pauses), time)


def _add_elapsed(start: datetime, time: timedelta, pauses: Sequence[Pause]) -> datetime:
    due = start + time
    for paused, resumed in pauses:
        if paused >= due:
            break
        due += max(resumed - max(paused, start), timedelta())
    return due


def _day_due(rule: Rule, start: datetime, pauses: Sequence[Pause]) -> date:
    """The date on which a limit in working days ends: a day at whose end the clock stood still is not counted."""
    day = london_date(start)
    if not pauses:
        return nth_working_day(day, rule.length, rule.calendar, rule.counting)
    day = nth_working_day(day, min(rule.length, 1), rule.calendar, rule.counting)
    left = max(rule.length, 1)
    for _ in range(_LONGEST):
        end = end_of_day(day, rule.day_end, rule.calendar)
        left -= not any(paused <= end < resumed for paused, resumed in pauses)
        if not left:
            return day
        day = nth_working_day(day, 1, rule.calendar)
    raise NeverOpen("paused for longer than ten years")


def deadline(rule: Rule, start: datetime, pauses: Sequence[Pause] = ()) -> datetime:
    """When something that began at an instant is due.

    "Within N working days" is the end of the Nth working day strictly after the date, whatever the hour (domain 2.1).

    :param start: with a zone
    :param pauses: in order, not overlapping; a running one ended at the time of the question
    :returns: in UTC
    :raises ValueError: an instant without a zone
    :raises NeverOpen: the opening hours or working days of the calendar never come
    """
    start, pauses = to_utc(start), _in_utc(pauses)
    if rule.unit.in_days:
        return end_of_day(_day_due(rule, start, pauses), rule.day_end, rule.calendar)
    return _reach(rule, start, rule.time, pauses)


def half_time(rule: Rule, start: datetime, pauses: Sequence[Pause] = ()) -> datetime:
    """When half of the time has gone, so that a warning comes while somebody can still act on it.

    For days it is half of the opening hours that lie between start and due: received on the Thursday before Easter, due
    on the Tuesday after, the warning comes on Tuesday towards midday, not on Sunday. Without any opening, half of the
    time.

    :returns: in UTC
    """
    start, pauses = to_utc(start), _in_utc(pauses)
    if not rule.unit.in_days:
        return _reach(rule, start, rule.time / 2, pauses)
    due = deadline(rule, start, pauses)
    open_time = list(_running(spells_between(start, due, rule.calendar), pauses))
    if total := sum((shut - opened for opened, shut in open_time), timedelta()):
        return _added_up(open_time, total / 2)
    return start + (due - start) / 2


def _in_utc(pauses: Sequence[Pause]) -> tuple[Pause, ...]:
    return tuple((to_utc(paused), to_utc(resumed)) for paused, resumed in pauses)


def _reach(rule: Rule, start: datetime, time: timedelta, pauses: Sequence[Pause]) -> datetime:
    if rule.unit.elapsed:
        return _add_elapsed(start, time, pauses)
    return add_working_time(start, time, rule.calendar, pauses)


def _added_up(spells: Iterable[Spell], time: timedelta) -> datetime:
    """The instant at which spells have added up to a time.

    :raises NeverOpen: they are too short
    """
    for opened, shut in spells:
        if shut - opened >= time:
            return opened + time
        time -= shut - opened
    raise NeverOpen("the search for working time ended without an answer")
