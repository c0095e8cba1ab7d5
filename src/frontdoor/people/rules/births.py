"""When somebody was born, as far as it is known: known, expected, estimated or disputed, and the age that follows.

Either a date of birth or an expected one, never both; a day that nobody knows is taken as the 15th of its month, never
the 1st (Standard Safeguarding Dataset, PERS005A and PERS009A). A pregnancy is at most 280 days long at its due date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from frontdoor.shell.rules import age as age_in_words
from frontdoor.shell.rules import short_day as day_in_words

MIDDLE = 15
"""The day of the month that stands for one that is not known."""

_OLDEST = 120
_PREGNANCY = timedelta(days=280)
_OVERDUE = timedelta(days=21)


class Basis(StrEnum):
    """What a date of birth rests on."""

    KNOWN = "known"
    EXPECTED = "expected"
    ESTIMATED = "estimated"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Born:
    """One statement of when somebody was born.

    :param on: the date of birth that is worked with: as known, estimated, or as assessed where it is disputed
    :param expected_on: the date on which the birth is expected
    :param says: the date of birth that the person gives, where another is assessed
    :param first: first day on which they may have been born, where the date is estimated
    :param last: last such day
    """

    basis: Basis = Basis.UNKNOWN
    on: date | None = None
    expected_on: date | None = None
    says: date | None = None
    first: date | None = None
    last: date | None = None


def known(on: date) -> Born:
    """Born on that day, as a document or the person's own people say."""
    return Born(basis=Basis.KNOWN, on=on, first=on, last=on)


def expected(on: date) -> Born:
    """Not born yet, and expected on that day."""
    return Born(basis=Basis.EXPECTED, expected_on=on)


def of_month(year: int, month: int) -> Born:
    """Only the month is known: the 15th stands for the day."""
    first = date(year, month, 1)
    return Born(basis=Basis.ESTIMATED, on=first.replace(day=MIDDLE), first=first, last=_next_month(first) - _DAY)


def of_age(years: int, *, on: date) -> Born:
    """Somebody who is about so many years old on a day.

    They were born between one day after the birthday that would make them a year older and this birthday; the 15th of
    the month in the middle stands for it. Never the first of a month, which would look like a date that somebody wrote.

    :raises ValueError: below nought or above 120 years
    """
    if not 0 <= years <= _OLDEST:
        raise ValueError(f"An age is between 0 and {_OLDEST}")
    last = _years_before(on, years)
    first = _years_before(on, years + 1) + _DAY
    middle = (first + (last - first) / 2).replace(day=MIDDLE)
    return Born(basis=Basis.ESTIMATED, on=min(max(middle, first), last), first=first, last=last)


def disputed(assessed: date, *, says: date) -> Born:
    """The person says one date and an assessment another: both stand, and the assessed one is worked with."""
    return Born(basis=Basis.DISPUTED, on=assessed, says=says, first=min(assessed, says), last=max(assessed, says))


def of_rows(rows: Iterable[tuple[str, date]]) -> Born:
    """What stands of the rows of one person, each a basis and a day, the oldest first.

    A birth recorded ends the expecting. Where two rows are disputed the older is what the person says and the newer
    what was assessed; of an estimate half a year on either side is possible.
    """
    standing = [(Basis(basis), day) for basis, day in rows]
    days = dict(standing)
    said = [day for basis, day in standing if basis is Basis.DISPUTED]
    if said:
        others = [day for basis, day in standing if basis in (Basis.KNOWN, Basis.ESTIMATED)]
        return disputed((said[1:] or others or said)[-1], says=said[0])
    if Basis.KNOWN in days:
        return known(days[Basis.KNOWN])
    if Basis.ESTIMATED in days:
        day = days[Basis.ESTIMATED]
        return Born(basis=Basis.ESTIMATED, on=day, first=day - _HALF_A_YEAR, last=day + _HALF_A_YEAR)
    return expected(days[Basis.EXPECTED]) if Basis.EXPECTED in days else Born()


def problems(born: Born, *, on: date, asylum: bool = False) -> dict[str, str]:
    """What is wrong with a statement, by field, in words for whoever typed it; empty where nothing is.

    :param on: the day on which it is made
    :param asylum: somebody seeking asylum alone: a first of a month that is not known for certain is refused
    """
    found = _missing(born)
    if born.on is not None and born.expected_on is not None:
        found["expected_on"] = "Give a date of birth or an expected date, not both"
    if born.expected_on is not None and born.expected_on - on > _PREGNANCY:
        found.setdefault("expected_on", "An expected date is at most 280 days ahead")
    for name in ("on", "says"):
        if (why := _date_problem(getattr(born, name), on)) is not None:
            found.setdefault(name, why)
    if asylum and born.basis is not Basis.KNOWN and born.on is not None and born.on.day == 1:
        found.setdefault(
            "on", "Where the day is not known enter the 15th: the 1st looks like a date that somebody knew"
        )
    return found


def age_on(born: Born, on: date) -> int | None:
    """Whole years on a day; None for the unborn, and where nothing is known. A birthday of 29 February is 1 March."""
    if born.on is None or born.on > on:
        return None
    return years_between(born.on, on)


def years_between(born: date, on: date) -> int:
    """Whole years from a birth to a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def ages_on(born: Born, on: date) -> tuple[int, int] | None:
    """The least and the greatest age that somebody may have on a day; None where nothing is known."""
    if born.first is None or born.last is None:
        years = age_on(born, on)
        return None if years is None else (years, years)
    if born.last > on:
        return None if born.first > on else (0, years_between(born.first, on))
    return years_between(born.last, on), years_between(born.first, on)


def is_child(born: Born, on: date) -> bool:
    """Whether somebody is to be treated as a child on that day.

    Somebody whose age is disputed is a child until it is decided, where either date makes them one (domain 11, line
    28); so is the unborn, and nobody of unknown age.
    """
    if born.basis is Basis.EXPECTED:
        return True
    ages = ages_on(born, on)
    return ages is not None and ages[0] < 18


def overdue(born: Born, on: date) -> bool:
    """Whether the expected date has passed by three weeks and no birth is recorded: somebody has to ask."""
    return born.basis is Basis.EXPECTED and born.expected_on is not None and on - born.expected_on > _OVERDUE


def words(born: Born, on: date) -> str:
    """The age as pages say it on a day: "10 years", "about 10", "due 3 May 2026", "disputed: says 16, assessed 19"."""
    if born.basis is Basis.EXPECTED and born.expected_on is not None:
        due = day_in_words(born.expected_on)
        return f"due {due}" if born.expected_on >= on else f"was due {due}, no birth recorded"
    if born.on is None:
        return "age not known"
    if born.basis is Basis.ESTIMATED:
        years = age_on(born, on)
        return "about to be born" if years is None else f"about {years}" if years else "under 1, estimated"
    if born.basis is Basis.DISPUTED and born.says is not None:
        return f"disputed: {_disputed(born.says, born.on, on)}"
    return age_in_words(born.on, on)


def _disputed(said: date, found: date, on: date) -> str:
    """What is said beside what was assessed, in years or else in days; where one date alone is known, the age by it."""
    if said == found:
        return age_in_words(found, on)
    says, assessed = years_between(said, on), years_between(found, on)
    if says != assessed:
        return f"says {says}, assessed {assessed}"
    return f"says {day_in_words(said)}, assessed {day_in_words(found)}"


def full_words(born: Born, on: date) -> str:
    """The date with the age: "3 May 2016 (10 years)"; the words alone where the date is no date that somebody knew."""
    if born.basis is Basis.KNOWN and born.on is not None:
        return f"{day_in_words(born.on)} ({words(born, on)})"
    return words(born, on)


_DAY = timedelta(days=1)
_HALF_A_YEAR = timedelta(days=183)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _years_before(on: date, years: int) -> date:
    """The same day so many years ago; of 29 February, the 28th in common years."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _missing(born: Born) -> dict[str, str]:
    found: dict[str, str] = {}
    if born.basis is Basis.EXPECTED and born.expected_on is None:
        found["expected_on"] = "Enter the date on which the birth is expected"
    if born.basis in (Basis.KNOWN, Basis.ESTIMATED, Basis.DISPUTED) and born.on is None:
        found["on"] = "Enter a date of birth"
    if born.basis is Basis.DISPUTED and born.says is None:
        found["says"] = "Enter the date of birth that the person gives"
    return found


def _date_problem(born: date | None, on: date) -> str | None:
    if born is None:
        return None
    if born > on:
        return "A date of birth lies in the past; for a baby not yet born enter the expected date"
    return "Check the year of birth" if years_between(born, on) > _OLDEST else None
