"""The law of pages: how times are said, what may be typed, how lists are merged, which answer an error gets."""

from frontdoor.shell.rules.lists import Paged, cut, merge
from frontdoor.shell.rules.typed import Refused, line, prose
from frontdoor.shell.rules.words import (
    LONDON,
    Remaining,
    age,
    day,
    duration,
    london,
    moment,
    remaining,
    short_day,
    time_of_day,
    waited,
)

__all__ = [
    "LONDON",
    "Paged",
    "Refused",
    "Remaining",
    "age",
    "cut",
    "day",
    "duration",
    "line",
    "london",
    "merge",
    "moment",
    "prose",
    "remaining",
    "short_day",
    "time_of_day",
    "waited",
]
