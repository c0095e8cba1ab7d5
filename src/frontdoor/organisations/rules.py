"""Which days a delegation or a post is in force: London dates, the last day included."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(at: datetime) -> date:
    """The date on the wall in London at this instant."""
    return at.astimezone(LONDON).date()


def in_force(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Whether a span with an inclusive end holds on that day."""
    return starts_on <= on and (ends_on is None or on <= ends_on)
