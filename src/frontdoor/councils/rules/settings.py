"""Settings: each declared once with its type and source, valued by council from a day on, with history.

A value is never changed: a new version is written beside it. Of the versions that hold on a day the one that starts
last counts, and of two that start on the same day the one written last. So a temporary value ends by itself, a future
one waits for its day, and a mistake is mended by another version from the same day.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import groupby
from typing import Any

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "bank_holiday")
"""The names under which opening hours are kept, as `clocks.rules.week_of` reads them."""

DECLARED_VERSION = 0
"""The version of a value that nobody has decided: the default in the declaration."""


class UnknownSetting(LookupError):
    """A setting that no room declared."""


class BadValue(ValueError):
    """A value does not fit its setting; the text says why, in words for the person who typed it."""


class Kind(StrEnum):
    """What sort of value a setting has, and so how it is typed and shown."""

    NUMBER = "number"
    YES_NO = "yes_no"
    TEXT = "text"
    CHOICE = "choice"
    WEEK = "week"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Setting:
    """One local number or word, as a room declares it.

    :param name: `subject.what`, unique
    :param label: what it is, in words for an administrator
    :param group: the heading under which the page shows it
    :param kind: how it is typed; the value is JSON: a number, true or false, a text, a list of ISO dates, or a week
        {"monday": [["08:00", "17:30"]], …}
    :param default: the value until a council decides another
    :param source: the law, guidance or agreement that the default comes from
    :param unit: of a number, as shown: "minutes", "working days"
    :param minimum: smallest number that is allowed, itself included
    :param maximum: largest number that is allowed, itself included
    :param choices: pairs of value and words, for a choice
    :param fixed: set by law or by the partnership: shown, never changed here
    :param hint: one more sentence for the page
    """

    name: str
    label: str
    group: str
    kind: Kind
    default: Any
    source: str
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    fixed: bool = False
    hint: str = ""

    def clean(self, value: Any) -> Any:
        """The value itself, if it fits.

        :raises BadValue: wrong type, out of bounds, not among the choices, hours that overlap, a date that is none
        """
        return _CLEAN[self.kind](self, value)

    def parse(self, text: str) -> Any:
        """The value of what somebody typed.

        :raises BadValue: it cannot be read or does not fit
        """
        return self.clean(_PARSE[self.kind](text))

    def typed(self, value: Any) -> str:
        """The value as somebody would type it; `parse` reads it back."""
        return _TYPED[self.kind](value)

    def shown(self, value: Any) -> str:
        """The value in words."""
        return _SHOWN[self.kind](self, value)


def _number(setting: Setting, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValue("Enter a whole number")
    if setting.minimum is not None and value < setting.minimum:
        raise BadValue(f"Enter {setting.minimum} or more")
    if setting.maximum is not None and value > setting.maximum:
        raise BadValue(f"Enter {setting.maximum} or less")
    return value


def _yes_no(setting: Setting, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadValue("Choose yes or no")
    return value


def _text(setting: Setting, value: Any) -> str:
    if not isinstance(value, str) or len(value) > (setting.maximum or 200):
        raise BadValue(f"Enter {setting.maximum or 200} characters or fewer")
    if any(ord(character) < 32 for character in value):
        raise BadValue("Enter the text on one line")
    return value.strip()


def _choice(setting: Setting, value: Any) -> str:
    if value not in dict(setting.choices):
        raise BadValue("Choose one from the list")
    return str(value)


def _dates(setting: Setting, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise BadValue("Enter one date a line")
    return sorted({_iso(day) for day in value})


def _iso(day: Any) -> str:
    try:
        return date.fromisoformat(day).isoformat()
    except (TypeError, ValueError) as error:
        raise BadValue(f"“{day}” is not a date: write it like 2026-12-24") from error


def _week(setting: Setting, value: Any) -> dict[str, list[list[str]]]:
    if not isinstance(value, Mapping) or set(value) - set(DAYS):
        raise BadValue("Enter the hours of each day, one day a line")
    return {day: _spans(day, value.get(day, [])) for day in DAYS}


def _spans(day: str, spans: Any) -> list[list[str]]:
    """The openings of one day, in order; 24:00 is midnight's end."""
    before = ""
    for opens, closes in spans:
        if not before <= _clock(opens) < _clock(closes):
            raise BadValue(f"{_day_words(day)}: each opening must close after it opens, and they must not overlap")
        before = closes
    return [[opens, closes] for opens, closes in spans]


def _clock(text: Any) -> str:
    if text == "24:00":
        return "24:00"
    try:
        time.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise BadValue(f"“{text}” is not a time: write it like 08:30") from error
    if not re.fullmatch(r"[0-9]{2}:[0-9]{2}", text):
        raise BadValue(f"“{text}” is not a time: write it like 08:30")
    return str(text)


def _day_words(day: str) -> str:
    return day.replace("_", " ").capitalize()


_CLEAN: dict[Kind, Callable[[Setting, Any], Any]] = {
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.WEEK: _week,
    Kind.DATES: _dates,
}


def _parse_number(text: str) -> int:
    if not re.fullmatch(r"\s*[0-9]{1,9}\s*", text, re.ASCII):
        raise BadValue("Enter a whole number")
    return int(text)


def _parse_week(text: str) -> dict[str, list[list[str]]]:
    week: dict[str, list[list[str]]] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _, hours = line.partition(":") if ":" in line.split(" ")[0] else line.partition(" ")
        day = name.strip().lower()
        if line.lower().startswith("bank holiday"):
            day, hours = "bank_holiday", line[len("bank holiday") :].lstrip(": ")
        if day not in DAYS or day in week:
            raise BadValue(f"“{line}” does not begin with a day, or that day stands twice")
        week[day] = _parse_hours(hours)
    return week


def _parse_hours(text: str) -> list[list[str]]:
    if text.strip().lower() in {"", "closed"}:
        return []
    spans = [re.split(r"\s*(?:-|–|to)\s*", part.strip()) for part in re.split(r",|\band\b", text)]
    if any(len(span) != 2 for span in spans):
        raise BadValue(f"“{text.strip()}”: write hours like 08:00 to 17:30, or closed")
    return spans


_PARSE: dict[Kind, Callable[[str], Any]] = {
    Kind.NUMBER: _parse_number,
    Kind.YES_NO: lambda text: {"yes": True, "no": False}.get(text.strip().lower()),
    Kind.TEXT: lambda text: text,
    Kind.CHOICE: lambda text: text.strip(),
    Kind.WEEK: _parse_week,
    Kind.DATES: lambda text: [line.strip() for line in text.splitlines() if line.strip()],
}


def _typed_week(value: Mapping[str, Any]) -> str:
    lines = []
    for day in DAYS:
        hours = ", ".join(f"{opens} to {closes}" for opens, closes in value.get(day, []))
        lines.append(f"{_day_words(day)}: {hours or 'closed'}")
    return "\n".join(lines)


def _shown_week(value: Mapping[str, Any]) -> str:
    """Days with the same hours together: "Monday to Thursday 08:00 to 17:30; Friday closed"."""
    spells = []
    for hours, days in groupby(
        DAYS, key=lambda day: ", ".join(f"{opens} to {closes}" for opens, closes in value.get(day, []))
    ):
        names = [_day_words(day) for day in days]
        spells.append(f"{' to '.join(dict.fromkeys([names[0], names[-1]]))} {hours or 'closed'}")
    return "; ".join(spells)


_TYPED: dict[Kind, Callable[[Any], str]] = {
    Kind.NUMBER: str,
    Kind.YES_NO: lambda value: "yes" if value else "no",
    Kind.TEXT: str,
    Kind.CHOICE: str,
    Kind.WEEK: _typed_week,
    Kind.DATES: "\n".join,
}


def _shown_number(setting: Setting, value: int) -> str:
    if setting.unit == "%":
        return f"{value}%"
    one = value == 1 and setting.unit.endswith("s")
    return f"{value} {setting.unit[:-1] if one else setting.unit}".strip()


_SHOWN: dict[Kind, Callable[[Setting, Any], str]] = {
    Kind.NUMBER: _shown_number,
    Kind.YES_NO: lambda setting, value: "Yes" if value else "No",
    Kind.TEXT: lambda setting, value: value or "None",
    Kind.CHOICE: lambda setting, value: dict(setting.choices)[value],
    Kind.WEEK: lambda setting, value: _shown_week(value),
    Kind.DATES: lambda setting, value: ", ".join(value) or "None",
}


_DECLARED: dict[str, Setting] = {}


def declare(setting: Setting) -> Setting:
    """Make a setting known, once; each room calls this beside its own rules.

    :raises ValueError: another setting has that name, or the default does not fit
    """
    if _DECLARED.get(setting.name, setting) != setting:
        raise ValueError(f"two settings are called {setting.name}")
    setting.clean(setting.default)
    _DECLARED[setting.name] = setting
    return setting


def setting_named(name: str) -> Setting:
    """The declared setting.

    :raises UnknownSetting: no room declared it
    """
    try:
        return _DECLARED[name]
    except KeyError as missing:
        raise UnknownSetting(name) from missing


def every_setting() -> list[Setting]:
    """All declared settings, by group and then in the order in which they were declared."""
    groups = list(dict.fromkeys(setting.group for setting in _DECLARED.values()))
    return sorted(_DECLARED.values(), key=lambda setting: groups.index(setting.group))


@dataclass(frozen=True, slots=True)
class Version:
    """One value that a council decided.

    :param number: grows with each version written
    :param until: the last day on which it holds, or None
    """

    number: int
    value: Any
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Valued:
    """The value of a setting on a day.

    :param version: what a clock or a decision keeps; 0 for the declared default
    :param since: the first day of that version, or None for the default
    """

    name: str
    value: Any
    version: int
    since: date | None = None


def valued(setting: Setting, versions: Iterable[Version], day: date) -> Valued:
    """The value that holds on a day; the default where no version does."""
    holding = [version for version in versions if version.holds(day)]
    if not holding:
        return Valued(setting.name, setting.default, DECLARED_VERSION)
    found = max(holding, key=lambda version: (version.since, version.number))
    return Valued(setting.name, found.value, found.number, found.since)


def timeline(setting: Setting, versions: Iterable[Version]) -> list[tuple[date, Valued]]:
    """From which day on which value holds, the default from the first day there is: what a calendar needs of the past.

    Two neighbours never hold the same version.
    """
    kept = list(versions)
    after = (date.fromordinal(version.until.toordinal() + 1) for version in kept if version.until)
    days = sorted({date.min, *(version.since for version in kept), *after})
    line: list[tuple[date, Valued]] = []
    for day in days:
        found = valued(setting, kept, day)
        if not line or line[-1][1].version != found.version:
            line.append((day, found))
    return line


def may_start(since: date, until: date | None, today: date) -> str:
    """Why a version may not start or end then; empty when it may. What has been stays as it was."""
    if since < today:
        return "The first day must be today or later: what has been decided by the old value stays"
    if until is not None and until < since:
        return "The last day must not be before the first"
    return ""
