"""Instants are kept in UTC and shown in London. What people type as a time is read in `shell.rules.times`."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


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


def clock_face(wall: datetime | time) -> str:
    """A time as people read it: 9:30am, 5pm, midday, midnight."""
    if (wall.minute, wall.second) == (0, 0) and wall.hour in (0, 12):
        return "midday" if wall.hour else "midnight"
    half = "am" if wall.hour < 12 else "pm"
    minutes = f":{wall.minute:02}" if wall.minute else ""
    return f"{wall.hour % 12 or 12}{minutes}{half}"
