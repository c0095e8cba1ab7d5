"""Instants are kept in UTC and shown in London; what people type is London's wall clock."""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_HOUR = timedelta(hours=1)


class Which(StrEnum):
    """Which of the two is meant, of a local time that happens twice."""

    EARLIER = "earlier"
    LATER = "later"


class LocalTimeError(ValueError):
    """What was typed is not one instant; the message is written for the person who typed it."""


class MissingTime(LocalTimeError):
    """A local time that never happens: the clocks go forward over it."""


class DoubledTime(LocalTimeError):
    """A local time that happens twice: somebody has to say which."""


def to_utc(instant: datetime) -> datetime:
    """The same instant in UTC. Sums are done there only: adding hours to a London time moves the hands, not the time.

    :raises ValueError: the instant has no zone
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return instant.astimezone(UTC)


def to_london(instant: datetime) -> datetime:
    """The same instant as London's wall clock shows it.

    :raises ValueError: the instant has no zone
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return instant.astimezone(LONDON)


def london_date(instant: datetime) -> date:
    """The date in London at this instant: the date by which a deadline in days is judged (domain 2.1)."""
    return to_london(instant).date()


def candidates(wall: datetime) -> tuple[datetime, ...]:
    """The UTC instants at which London's wall clock shows this: none, one or two, in order.

    :param wall: without a zone
    """
    first, second = (wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return (first,)
    return (first, second) if first < second else ()


def edge(day: date, minute: int, *, closing: bool = False) -> datetime:
    """The instant of a wall-clock minute of a day, for opening hours, which nobody can be asked about.

    A doubled minute opens the first time and closes the last time, a missing one is the instant of the change.

    :param minute: since midnight, 0 to 1440
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    if found := candidates(wall):
        return found[-1] if closing else found[0]
    # The missing hour is a whole one in London, so that the change lies at its start, whatever minute was named.
    return wall.replace(tzinfo=LONDON, fold=0).astimezone(UTC).replace(minute=0)


def from_london(wall: datetime, which: Which | None = None) -> datetime:
    """The UTC instant of a time typed by somebody.

    :param wall: without a zone
    :param which: asked for only where the time happens twice; otherwise it changes nothing
    :raises MissingTime: the time never happens (an hour in March)
    :raises DoubledTime: it happens twice (an hour in October) and `which` was not said
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall clock has no zone")
    found = candidates(wall)
    said = f"{clock_face(wall)} on {wall.day} {wall:%B %Y}"
    if not found:
        gap = wall.replace(minute=0, second=0, microsecond=0)
        raise MissingTime(
            f"{said} did not happen: the clocks went forward from {clock_face(gap)} to {clock_face(gap + _HOUR)}."
            f" Enter a time before {clock_face(gap)} or from {clock_face(gap + _HOUR)}"
        )
    if len(found) == 1:
        return found[0]
    if which is None:
        raise DoubledTime(
            f"{said} happened twice, because the clocks went back. Say whether it was the earlier or the later"
        )
    return found[0] if which is Which.EARLIER else found[1]


_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?(?P<half>am|pm)?")
_WORDS = {"midnight": time(0), "midday": time(12), "noon": time(12)}


def parse_time(text: str) -> time:
    """The wall-clock time that somebody typed: 9:30am, 9.30 pm, 19:30, 1930, 7pm, midday, midnight.

    A bare number such as "7" could be morning or evening and is refused.

    :raises LocalTimeError: it is not a time
    """
    refused = LocalTimeError("Enter a time, for example 9:30am or 19:30")
    typed = re.sub(r"\s+", "", text).lower().replace("a.m.", "am").replace("p.m.", "pm")
    if typed in _WORDS:
        return _WORDS[typed]
    if not typed.isascii() or not (found := _TIME.fullmatch(typed)):
        raise refused
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half is None and found["minute"] is None:
        raise refused
    if half is not None:
        if not 1 <= hour <= 12:
            raise refused
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise refused
    return time(hour, minute)


def parse_local(day: date, text: str, which: Which | None = None) -> datetime:
    """The UTC instant of a day and a time that somebody typed.

    :raises LocalTimeError: not a time, never happened (`MissingTime`), or happened twice (`DoubledTime`)
    """
    return from_london(datetime.combine(day, parse_time(text)), which)


def clock_face(wall: datetime | time) -> str:
    """A time as people read it: 9:30am, 5pm, midday, midnight."""
    if (wall.minute, wall.second) == (0, 0) and wall.hour in (0, 12):
        return "midday" if wall.hour else "midnight"
    half = "am" if wall.hour < 12 else "pm"
    minutes = f":{wall.minute:02}" if wall.minute else ""
    return f"{wall.hour % 12 or 12}{minutes}{half}"
