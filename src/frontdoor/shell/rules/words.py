"""How days, times, durations and ages are said on pages, always in London time.

The same words are made again in the browser by ``static/shell/clocks.js``; a test holds the two together.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAYS, _MONTHS = tuple(calendar.day_name), tuple(calendar.month_name)  # once: writing them out takes ten times as long

# With this much left a clock is shown as "soon", unless the caller gives its own half-time.
SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a clock cell says: its words and its state (``late``, ``soon`` or ``ok``)."""

    words: str
    state: str


def london(instant: datetime) -> datetime:
    """The same instant on London's clock.

    :raises ValueError: the datetime has no zone, so that nobody knows which instant it is
    """
    if instant.tzinfo is None:
        raise ValueError("a datetime without a zone is not an instant")
    return instant.astimezone(LONDON)


def day(value: date) -> str:
    """A day with its weekday: "Thursday 2 April 2026". Datetimes are taken on London's clock."""
    value = _local_day(value)
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month]} {value.year}"


def short_day(value: date) -> str:
    """A day without its weekday: "2 April 2026"."""
    value = _local_day(value)
    return f"{value.day} {_MONTHS[value.month]} {value.year}"


def time_of_day(instant: datetime) -> str:
    """A time as the GOV.UK style has it: "4:50pm", "9am", "midday".

    In the hour that comes twice when the clocks go back the zone is added, for without it the time is two instants.
    """
    local = london(instant)
    hour, half = local.hour % 12 or 12, "am" if local.hour < 12 else "pm"
    said = f"{hour}:{local.minute:02}{half}" if local.minute else f"{hour}{half}"
    if (local.hour, local.minute) == (12, 0):
        said = "midday"
    return f"{said} ({local:%Z})" if _comes_twice(local) else said


def moment(instant: datetime) -> str:
    """A day and time: "Thursday 2 April 2026 at 4:50pm"."""
    return f"{day(instant)} at {time_of_day(instant)}"


def duration(length: timedelta) -> str:
    """A length of time in its two largest units: "2 hours 5 minutes", "3 days", "under a minute".

    Days are of 24 elapsed hours; a negative length is said without its sign.
    """
    minutes = int(abs(length).total_seconds() // 60)
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    said = [_counted(number, unit) for number, unit in parts if number]
    return " ".join(said[:2]) if said else "under a minute"


def remaining(due: datetime, now: datetime, *, soon: timedelta = SOON) -> Remaining:
    """What is left until a due time: "2 hours 5 minutes left" or "late by 10 minutes".

    :param soon: at or below this much left, the state is ``soon``
    """
    # Datetimes of one zone subtract by wall clock, so instants are compared in UTC.
    left = due.astimezone(UTC) - now.astimezone(UTC)
    if left < timedelta(0):
        return Remaining(f"late by {duration(left)}", "late")
    return Remaining(f"{duration(left)} left", "soon" if left <= soon else "ok")


def waited(since: datetime, now: datetime) -> str:
    """How long something has been here: "2 hours 5 minutes". A time in the future counts as none."""
    return duration(max(now.astimezone(UTC) - since.astimezone(UTC), timedelta(0)))


def age(born: date, on: date) -> str:
    """A child's age: days to two weeks, weeks to three months, months to two years, then years."""
    if born > on:
        return "not yet born"
    days = (on - born).days
    if days < 14:
        return _counted(days, "day") if days else "born today"
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months < 3:
        return _counted(days // 7, "week")
    return _counted(months, "month") if months < 24 else _counted(months // 12, "year")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _local_day(value: date) -> date:
    return london(value).date() if isinstance(value, datetime) else value


def _comes_twice(local: datetime) -> bool:
    # The clocks go back on an October night, after one or two: every other time is spared the two questions.
    if local.month != 10 or local.hour not in (1, 2):
        return False
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
