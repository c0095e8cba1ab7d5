"""The one thing that settings need to know of time: which day it is in London."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(on: date | datetime) -> date:
    """The date on the wall in London at an instant; a date stays itself."""
    return on.astimezone(LONDON).date() if isinstance(on, datetime) else on
