"""What somebody typed into one box, taken apart: names, a day or an age, a place, numbers, and a few plain words.

Whoever types is on the telephone. Nothing is refused: what is no date, no number and no place is taken for a name.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from frontdoor.codes.rules import NotANumber, nhs_number, pupil_number
from frontdoor.people.rules import names
from frontdoor.people.rules.index_rows import folded_line

LONGEST = 200
"""Letters that are read; nobody types more of one person."""
WORDS = 6
"""Parts of a name that are looked for."""
LEAST = 2
"""Letters without which a name finds too many."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?:" + "|".join(f"{month}[a-z]*" for month in _MONTHS) + ")"
_PLAIN_DAY = re.compile(r"(?<!\w)(\d{1,2})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\w)")
_ISO_DAY = re.compile(r"(?<!\w)(\d{4})-(\d{1,2})-(\d{1,2})(?!\w)")
_WORD_DAY = re.compile(rf"(?<!\w)(\d{{1,2}})(?:st|nd|rd|th)?[\s\-]*({_MONTH})[\s,\-]*(\d{{4}}|\d{{2}})(?!\w)")
_DIGIT_DAY = re.compile(r"(?<!\w)(\d{2})(\d{2})((?:19|20)\d{2})(?!\w)")
_MONTH_YEAR = re.compile(rf"(?<!\w)({_MONTH})[\s,]+((?:19|20)\d{{2}})(?!\w)")
_YEAR = re.compile(r"(?<!\w)(?:born\s+(?:in\s+)?)?((?:19|20)\d{2})(?!\w)")
_AGE = re.compile(
    r"(?<!\w)(?:aged?\s+)?(\d{1,3})\s*-?\s*(y/?o|yrs?(?:\s*old)?|years?(?:[\s-]*olds?)?|y|mths?(?:\s*old)?"
    r"|months?(?:[\s-]*old)?|mo|wks?(?:\s*old)?|weeks?(?:[\s-]*old)?)(?!\w)"
)
_AGED = re.compile(r"(?<!\w)aged?\s+(\d{1,3})(?!\w)")
_EMAIL = re.compile(r"(?<!\S)[^\s@]+@[^\s@]+\.[^\s@]+(?!\S)")
_RECEIPT = re.compile(r"(?<!\w)\d{3}-?[a-z]-?\d{1,9}(?!\w)")
_UPN = re.compile(r"(?<!\w)[a-z]\d{11}[a-z\d](?!\w)")
_NHS = re.compile(r"(?<!\w)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\w)")
_PHONE = re.compile(r"(?<!\w)(?:\+44|0)(?:[\s()-]*\d){9,10}(?!\w)")
_INWARD = r"\d[abd-hjlnp-uw-z]{2}"
_POSTCODE = re.compile(rf"(?<!\w)([a-z]{{1,2}}\d[a-z\d]?)\s*({_INWARD})(?!\w)")
_DISTRICT = re.compile(r"(?<!\w)([a-z]{1,2}\d[a-z\d]?)(?!\w)")
_STREET = re.compile(
    r"(?<!\w)(\d{1,4}[a-z]?\s+(?:[a-z']+\s+){1,3}?(?:street|st|road|rd|lane|ln|close|cl|way|avenue|ave|drive|dr|court|ct"
    r"|place|pl|crescent|cres|gardens|gdns|grove|terrace|walk|hill|row|square|mews|drove|park|view|gate|green))(?!\w)"
)
_SCHOOL_WORDS = r"(?:primary|secondary|infants?|juniors?|nursery|academy|college|school|pre-?school)"
_SCHOOL = re.compile(rf"(?<!\w)at\s+((?:[a-z'.]+\s+){{1,4}}?{_SCHOOL_WORDS}(?:\s+{_SCHOOL_WORDS})?)(?!\w)")
_SCHOOLED = re.compile(rf"(?<!\w){_SCHOOL_WORDS}(?!\w)")
_OTHER_NUMBER = re.compile(r"(?<!\w)(?=[a-z\d-]*\d{4})[a-z\d][a-z\d-]{4,}(?!\w)")
_UNBORN = re.compile(r"(?<!\w)(?:unborn|bump|expecting|expected|pregnant|edd)(?!\w)")
_BABY = re.compile(r"(?<!\w)(?:baby|newborn)(?!\w)")
_BOY = re.compile(r"(?<!\w)(?:boy|male|son|brother)(?!\w)")
_GIRL = re.compile(r"(?<!\w)(?:girl|female|daughter|sister)(?!\w)")
_NOISE = re.compile(
    r"(?<!\w)(?:dob|born|nhs|upn|tel|phone|mobile|postcode|known as|aka|nee|née|formerly|about|in|at|from)(?!\w)"
)
_CLAN = re.compile(r"(?<!\w)(o|mc|mac)[\s'](?=\w{3})")
_LONG_LIFE = 120


@dataclass(frozen=True, slots=True)
class Years:
    """Days between which somebody was born who is of an age, or of whom a year or month is known."""

    first: date
    last: date
    said: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for.

    :param words: parts of names, folded, in the order in which they were typed
    :param given: :param family: parts whose place is known, since they came from a field of their own or by a comma
    :param born: a day, and `years` where only an age, a year or a month was told
    :param postcode: in full in its usual form, or `district`, its first part
    :param street: a house and its street, folded
    :param schooled: some of the words are a school's, and which ones nobody can tell
    :param identifiers: numbers with the kinds that they may be of; the first that fits counts
    :param receipt: the number of a contact, as typed
    """

    words: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    born: date | None = None
    years: Years | None = None
    postcode: str = ""
    district: str = ""
    street: str = ""
    school: str = ""
    schooled: bool = False
    phone: str = ""
    email: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    receipt: str = ""
    unborn: bool = False
    baby: bool = False
    sex: str = ""

    @property
    def all_words(self) -> tuple[str, ...]:
        """Every part of a name, those of the fields first."""
        return tuple(dict.fromkeys((*self.given, *self.family, *self.words)))[:WORDS]

    @property
    def enough(self) -> bool:
        """Whether it can find anybody: a district, a sex or an age alone would find half the town."""
        long = any(len(word) >= LEAST for word in self.all_words)
        return bool(long or self.born or self.postcode or self.school or self.phone or self.email or self.identifiers)

    @property
    def settled(self) -> str:
        """The question as it is compared: the same question has the same digest, however it was typed."""
        parts = (
            sorted(self.all_words), str(self.born), self.years and self.years.said, self.postcode, self.district,
            self.street, self.school, self.phone, self.email, self.identifiers, self.receipt, self.unborn, self.baby,
            self.sex,
        )  # fmt: skip
        return repr(parts)


class _Text:
    """What is left to read; whatever was understood is taken out of it."""

    def __init__(self, text: str) -> None:
        self.left = " ".join(text.casefold().replace("’", "'").split())[:LONGEST]

    def take(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], object] = lambda found: True) -> object:
        """The first thing of a kind that can be read, or None."""
        for found in pattern.finditer(self.left):
            value = read(found)
            if value is not None:
                self.left = f"{self.left[: found.start()]} {self.left[found.end() :]}"
                return value
        return None


def asked(text: str, *, on: date) -> Question:
    """What was typed into the one box.

    :param on: the day of the question, from which ages count
    """
    rest = _Text(text)
    found = _numbers(rest)
    born = rest.take(_ISO_DAY, lambda day: _day(day[3], day[2], day[1], on))
    for pattern in (_PLAIN_DAY, _WORD_DAY, _DIGIT_DAY):
        born = born or rest.take(pattern, lambda day: _day(day[1], _month_of(day), day[day.re.groups], on))
    found = replace(found, born=born if isinstance(born, date) else None)
    found = _contact_numbers(rest, found)
    found = _places(rest, found)
    years = None if born else _age(rest, on)
    unborn, baby = bool(rest.take(_UNBORN)), bool(rest.take(_BABY))
    sex = "M" if rest.take(_BOY) else "F" if rest.take(_GIRL) else ""
    found = replace(found, years=years, unborn=unborn, baby=baby, sex=sex)
    if number := rest.take(_OTHER_NUMBER, lambda each: each[0]):
        kinds = ("local", "system", "home_office", "former_upn")
        found = replace(found, identifiers=found.identifiers or tuple((kind, str(number).upper()) for kind in kinds))
    while rest.take(_NOISE):
        pass
    return _named(rest.left, found)


def fields(
    question: Question, *, given: str = "", family: str = "", born: date | None = None, age: str = "", place: str = "",
    school: str = "", on: date,
) -> Question:  # fmt: skip
    """A question narrowed by what stands in the fields beside the box; a field counts before the box."""
    found = replace(
        question, given=names.parts(given)[:WORDS] or question.given,
        family=names.parts(family)[:WORDS] or question.family, born=born or question.born,
        school=folded_line(school) or question.school,
    )  # fmt: skip
    if not found.born and age.strip():
        said = f"aged {age}" if age.strip().isdigit() else age
        found = replace(found, years=_age(_Text(said), on) or found.years)
    if found.born:
        found = replace(found, years=None)
    if place.strip():
        text = _Text(place)
        found = _places(text, replace(found, postcode="", district="", street=""))
        if not found.street and text.left.strip():
            found = replace(found, street=folded_street(text.left))
    return found


def folded_street(text: str) -> str:
    """A house and its street with the street's kind written out, so that Mill Ln is Mill Lane."""
    words = folded_line(text).split()
    return " ".join(_WRITTEN_OUT.get(word, word) if place else word for place, word in enumerate(words))


_WRITTEN_OUT = {
    "st": "street", "rd": "road", "ln": "lane", "cl": "close", "ave": "avenue", "dr": "drive", "ct": "court",
    "pl": "place", "cres": "crescent", "gdns": "gardens",
}  # fmt: skip


def _numbers(rest: _Text) -> Question:
    """Numbers that prove themselves by their form or their check digit."""
    email = rest.take(_EMAIL, lambda found: found[0])
    receipt = rest.take(_RECEIPT, lambda found: found[0].upper())
    upn = rest.take(_UPN, lambda found: _checked(pupil_number, found[0]))
    identifiers = (("upn", str(upn)), ("former_upn", str(upn))) if upn else ()
    return Question(email=str(email or ""), receipt=str(receipt or ""), identifiers=identifiers)


def _contact_numbers(rest: _Text, found: Question) -> Question:
    """NHS number and telephone, when no part of them was a date."""
    if nhs := rest.take(_NHS, lambda each: _checked(nhs_number, each[0])):
        found = replace(found, identifiers=(("nhs", str(nhs)), *found.identifiers))
    phone = rest.take(_PHONE, lambda each: re.sub(r"\D", "", each[0])[-9:])
    return replace(found, phone=str(phone or ""))


def _checked(read: Callable[[str], str], text: str) -> str | None:
    try:
        return read(text)
    except NotANumber:
        return None


def _places(rest: _Text, found: Question) -> Question:
    code = rest.take(_POSTCODE, lambda each: f"{each[1]} {each[2]}".upper())
    street = rest.take(_STREET, lambda each: folded_street(each[1]))
    school = rest.take(_SCHOOL, lambda each: folded_line(each[1]))
    schooled = False
    while rest.take(_SCHOOLED):
        schooled = True
    district = "" if code else rest.take(_DISTRICT, lambda each: each[1].upper())
    return replace(
        found, postcode=str(code or ""), street=str(street or ""), school=str(school or found.school),
        district=str(district or ""), schooled=schooled,
    )  # fmt: skip


def _month_of(found: re.Match[str]) -> str:
    """The month of a date in any of its writings, as digits."""
    middle = found[3] if found.re is _PLAIN_DAY else found[2]
    return middle if middle.isdigit() else str(_MONTHS.index(middle[:3]) + 1)


def _day(day: str, month: str, year: str, on: date) -> date | None:
    """A day; two digits of a year are of this century unless that is still to come; the month may stand first."""
    full = int(year) if len(year) > 2 else _century(int(year), on)
    for one, other in ((day, month), (month, day)):
        try:
            found = date(full, int(other), int(one))
        except ValueError:
            continue
        return found if on.year - _LONG_LIFE <= found.year <= on.year + 1 else None
    return None


def _century(year: int, on: date) -> int:
    this = on.year - on.year % 100 + year
    return this if this <= on.year + 1 else this - 100


def _age(rest: _Text, on: date) -> Years | None:
    """Between which days somebody was born, by an age, a month or a year."""
    for pattern, read in (
        (_AGE, lambda found: _of_age(int(found[1]), found[2], on)),
        (_AGED, lambda found: _of_age(int(found[1]), "y", on)),
        (_MONTH_YEAR, lambda found: _of_month(found[1], int(found[2]))),
        (_YEAR, lambda found: _of_year(int(found[1]), on)),
    ):
        if isinstance(found := rest.take(pattern, read), Years):
            return found
    return None


def _of_age(number: int, unit: str, on: date) -> Years | None:
    if unit.startswith("m"):
        return _back(on, number + 1, number, f"{number} months") if number <= 240 else None
    if unit.startswith("w"):
        months = number // 4
        return _back(on, months + 1, max(months - 1, 0), f"{number} weeks") if number <= 200 else None
    if number > _LONG_LIFE:
        return None
    return _back(on, 12 * (number + 1), 12 * number, f"{number} years")


def _back(on: date, most: int, least: int, said: str) -> Years:
    return Years(_months_before(on, most), _months_before(on, least), said)


def _months_before(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _of_month(word: str, year: int) -> Years:
    month = _MONTHS.index(word[:3]) + 1
    return Years(date(year, month, 1), date(year, month, monthrange(year, month)[1]), f"{month}/{year}")


def _of_year(year: int, on: date) -> Years | None:
    inside = on.year - _LONG_LIFE <= year <= on.year + 1
    return Years(date(year, 1, 1), date(year, 12, 31), str(year)) if inside else None


def _named(text: str, found: Question) -> Question:
    """The rest is a name; before a comma stands the family name."""
    before, comma, after = _CLAN.sub(r"\1", text).partition(",")
    family, given = names.parts(before), names.parts(after)
    if comma and family and given:
        return replace(found, family=family[:WORDS], given=given[:WORDS])
    return replace(found, words=names.parts(f"{before} {after}")[:WORDS])


@lru_cache(4_096)
def after(prefix: str) -> str:
    """The first word that does not begin with a prefix, in the order of code points: the end of a range."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
