"""Time as people read it under stress: "3 hours 20 minutes left", "2 hours late", "by the end of Tuesday 7 April"."""

from datetime import datetime, time, timedelta

from frontdoor.clocks.rules.london import candidates, clock_face, to_london
from frontdoor.clocks.rules.states import Reading, State

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_LAST_SECOND_OF_DAY = time(23, 59, 59)


def _some(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _two(first: int, noun: str, second: int, part: str) -> str:
    return f"{_some(first, noun)} {_some(second, part)}" if second else _some(first, noun)


def length_words(length: timedelta) -> str:
    """A length in its two largest units, rounded down: 45 minutes, 3 hours 20 minutes, 2 days 3 hours."""
    if length < _MINUTE:
        return "less than a minute"
    if length < _HOUR:
        return _some(length // _MINUTE, "minute")
    if length < 2 * _DAY:
        return _two(length // _HOUR, "hour", length % _HOUR // _MINUTE, "minute")
    return _two(length // _DAY, "day", length % _DAY // _HOUR, "hour")


def age_words(age: timedelta) -> str:
    """True elapsed age: 35 minutes, 1 hour 20 minutes, 26 hours, 5 days 3 hours; nights and weekends count."""
    if age < 10 * _HOUR or age >= 100 * _HOUR:
        return length_words(age)
    return _some(age // _HOUR, "hour")


def left_words(reading: Reading) -> str:
    """What is left, or how late it is, as one short phrase."""
    if reading.state is State.PAUSED:
        return f"Paused, {length_words(reading.left)} left"
    if reading.state in (State.OVERDUE, State.STOPPED_LATE):
        return f"{length_words(-reading.left)} late"
    if reading.state is State.STOPPED_IN_TIME:
        return "Done in time"
    return f"{length_words(reading.left)} left"


def _changing(instant: datetime) -> str:
    """Which of the two is meant, for an hour that happens twice; nothing for any other."""
    found = candidates(to_london(instant).replace(tzinfo=None, fold=0))
    if len(found) < 2:
        return ""
    return " (before the clocks go back)" if instant == found[0] else " (after the clocks go back)"


def _day(instant: datetime, at: datetime | None) -> str:
    local = to_london(instant)
    if at is not None:
        away = (local.date() - to_london(at).date()).days
        if away in (0, 1, -1):
            return {0: "today", 1: "tomorrow", -1: "yesterday"}[away]
    return f"{local:%A} {local.day} {local:%B %Y}"


def moment_words(instant: datetime, at: datetime | None = None) -> str:
    """An instant in London: 9:41am on Monday 23 March 2026; with `at`, today, tomorrow and yesterday by name."""
    day = _day(instant, at)
    joined = day if day.islower() else f"on {day}"
    return f"{clock_face(to_london(instant))}{_changing(instant)} {joined}"


def due_words(due: datetime, at: datetime | None = None) -> str:
    """A deadline in London: by the end of Tuesday 7 April 2026, or by 12:30pm today."""
    if to_london(due).time().replace(microsecond=0) == _LAST_SECOND_OF_DAY:
        return f"by the end of {_day(due, at)}"
    return f"by {moment_words(due, at)}"
