"""Days and times as people type them, turned into a day or an instant, or refused in words that say what to mend."""

import re
from datetime import UTC, date, datetime, time

from frontdoor.shell.rules.words import LONDON, london, time_of_day

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?(bst|gmt)?")
_WORDS = {"midday": (12, 0), "noon": (12, 0), "midnight": (0, 0)}


class NotADay(ValueError):
    """Typed parts that make no day.

    :param parts: the parts at fault (``day``, ``month``, ``year``), which the page marks
    """

    def __init__(self, message: str, *parts: str) -> None:
        super().__init__(message)
        self.parts = parts


class NotATime(ValueError):
    """A typed time that is no time of that day in London."""


def typed_day(day: str, month: str, year: str) -> date:
    """The day that three typed parts name; a month may be a number or its name.

    :raises NotADay: a part is missing, or no such day exists; the message goes on from the name of the field
    """
    given = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    if absent := [name for name, said in given.items() if not said]:
        raise NotADay(f"must include a {' and '.join(absent)}", *absent)
    numbers = {"day": _number(given["day"]), "month": _month(given["month"]), "year": _number(given["year"])}
    wrong = [name for name, number in numbers.items() if number is None]
    if "year" not in wrong and len(given["year"]) != 4:
        raise NotADay("must have a year of 4 numbers", "year")
    if wrong:
        raise NotADay("must be a real date", *wrong)
    try:
        return date(numbers["year"] or 0, numbers["month"] or 0, numbers["day"] or 0)
    except ValueError:
        raise NotADay("must be a real date", "day", "month", "year") from None


def typed_time(said: str) -> tuple[time, str]:
    """The time of day and the zone, if one was typed: "4:50pm", "16:50", "1650", "midday", "7 p.m.", "1:30am GMT".

    :raises NotATime: no such time; the message goes on from the name of the field
    """
    short = re.sub(r"\s", "", said[:40]).lower().replace("a.m.", "am").replace("p.m.", "pm")
    if short in _WORDS:
        return time(*_WORDS[short]), ""
    found = _TIME.fullmatch(short)
    if found and short.isascii():
        hour, minute, half, zone = int(found[1]), int(found[2] or 0), found[3], found[4] or ""
        bare = found[2] is None and half is None
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            bare = True
        if not bare and hour < 24 and minute < 60:
            return time(hour, minute), zone
    raise NotATime("must have a time, like 4:50pm or 16:50")


def instant(on: date, at: time, zone: str = "") -> datetime:
    """The instant of a day and time on London's clock, as UTC.

    The last Sunday of March has an hour that does not exist; the last Sunday of October has one that comes twice, where
    the zone has to be said (Summer Time Act 1972).

    :param zone: ``bst``, ``gmt`` or nothing
    :raises NotATime: no such time that night, two of them, or another zone than London kept
    """
    first, second = (datetime.combine(on, at, LONDON).replace(fold=fold) for fold in (0, 1))
    if london(first.astimezone(UTC)).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise NotATime("must be a time that happened: the clocks went forward that night, from 1am to 2am")
    named = {(moment.tzname() or "").lower(): moment.astimezone(UTC) for moment in (second, first)}
    if zone and zone not in named:
        raise NotATime(f"must be in {next(iter(named)).upper()}, which London kept on that day")
    if len(named) == 2 and not zone:
        said = time_of_day(first).split(" ")[0]
        raise NotATime(f"came twice that night: write {said} BST (before the clocks went back) or {said} GMT (after)")
    return named[zone] if zone else first.astimezone(UTC)


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 4 else None


def _month(said: str) -> int | None:
    word = said.lower().rstrip(".")
    for names in (_MONTHS, _LONG_MONTHS):
        if word in names:
            return names.index(word) + 1
    return _number(said)
