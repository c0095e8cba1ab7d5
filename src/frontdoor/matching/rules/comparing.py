"""How like two records are, field by field: each field falls on one level, with a sentence that says so.

Everything here is symmetric: it does not matter which of the two was first.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA, JaroWinkler

from frontdoor.people.rules import names, places
from frontdoor.people.rules.records import KNOWN, Called, Record

CLOSE = 0.9
"""From this likeness of Jaro and Winkler on, two names are one name written differently."""

_STREET = 0.85
_ADULT = 18

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One field compared.

    :param says: the sentence for people; `speaks_for` whether it stands among the reasons or against
    :param extra: bits beside those of the level, for names that many or few bear
    """

    field: str
    level: str
    says: str
    speaks_for: bool = True
    rarity: tuple[str, ...] = ()


@lru_cache(names.REMEMBERED)
def _like(one: str, other: str) -> bool:
    """Whether two words differ by what fingers do: a letter too many or few, two exchanged."""
    first, second = sorted((one, other))
    if min(len(first), len(second)) < 3:
        return False
    slips = OSA.distance(first, second, score_cutoff=2)
    if slips <= 1:
        return True
    likeness = max(JaroWinkler.similarity(first, second), JaroWinkler.similarity(second, first))
    return likeness >= CLOSE or (slips == 2 and min(len(first), len(second)) >= 7)


@lru_cache(names.REMEMBERED)
def given_level(one: str, other: str) -> str:
    """The level of two given names as written: empty where either is missing or stands for none."""
    mine, theirs = names.parts(one), names.parts(other)
    if not mine or not theirs:
        return ""
    short = min(mine, theirs, key=lambda words: (len(words), sum(map(len, words))))
    if len(short[0]) == 1:
        return "initial" if mine[0][0] == theirs[0][0] else "different"
    for level, agrees in _GIVEN_LEVELS:
        if agrees(mine, theirs):
            return level
    return "different"


def _alike(one: str, other: str) -> bool:
    return _like(one, other) or (names.sound(one) == names.sound(other) and len(names.sound(one)) > 1)


def _shared(mine: Words, theirs: Words) -> bool:
    """Whether any part of one is a part of the other, or nearly, where either has several."""
    if len(mine) == len(theirs) == 1:
        return False
    pairs = ((one, other) for one, other in product(mine, theirs) if min(len(one), len(other)) > 2)
    return any(one == other or _like(one, other) for one, other in pairs)


def _whole(mine: Words, theirs: Words) -> bool:
    return mine == theirs or "".join(mine) == "".join(theirs)


_GIVEN_LEVELS: list[tuple[str, Callable[[Words, Words], bool]]] = [
    ("exact", _whole),
    ("first", lambda mine, theirs: mine[0] == theirs[0]),
    ("nickname", lambda mine, theirs: names.same_by_nickname(mine[0], theirs[0])),
    ("close", lambda mine, theirs: _alike("".join(mine), "".join(theirs)) or _alike(mine[0], theirs[0])),
    ("another", _shared),
]
"""From the strongest to the weakest; the first that holds is the level."""


@lru_cache(names.REMEMBERED)
def family_level(one: str, other: str) -> str:
    """The level of two family names as written: empty where either is missing."""
    mine, theirs = names.parts(one), names.parts(other)
    if not mine or not theirs:
        return ""
    if _whole(mine, theirs):
        return "exact"
    if not set(mine).isdisjoint(theirs):
        return "part"
    if names.stem(mine[-1]) == names.stem(theirs[-1]):
        return "ending"
    if _alike("".join(mine), "".join(theirs)) or _alike(names.stem(mine[-1]), names.stem(theirs[-1])):
        return "close"
    return "part" if _shared(mine, theirs) else "different"


_GIVEN_SAYS = {
    "exact": "Same given name: {one}",
    "first": "Same first given name: {one}, {other}",
    "nickname": "Given name is a short or other form: {one}, {other}",
    "close": "Given name written or sounds nearly the same: {one}, {other}",
    "another": "One of the given names is the same: {one}, {other}",
    "initial": "Given name has the same initial: {one}, {other}",
    "different": "Other given name: {one}, {other}",
}
_FAMILY_SAYS = {
    "exact": "Same family name: {one}",
    "part": "One part of the family name is the same: {one}, {other}",
    "ending": "Same family name with another ending: {one}, {other}",
    "close": "Family name written or sounds nearly the same: {one}, {other}",
    "different": "Other family name: {one}, {other}",
}


def of_names(one: Called, other: Called) -> list[Finding]:
    """Given and family name of two names, in the places where they stand."""
    found = []
    if level := given_level(one.given, other.given):
        found.append(_named("given", level, _GIVEN_SAYS[level], one.given, other.given))
    if level := family_level(one.family, other.family):
        found.append(_named("family", level, _FAMILY_SAYS[level], one.family, other.family))
    return found


def _named(field: str, level: str, says: str, one: str, other: str) -> Finding:
    first, second = sorted((one, other)) if level == "exact" else (one, other)
    rarity = () if level in ("different", "initial") else tuple(_telling(level, one, other))
    return Finding(field, level, says.format(one=first, other=second), level != "different", rarity)


def _telling(level: str, one: str, other: str) -> list[str]:
    """The words whose rarity tells how much the agreement says."""
    mine, theirs = names.parts(one), names.parts(other)
    if level in ("first", "nickname", "close", "ending"):
        return [mine[0], theirs[0]] if level != "ending" else [mine[-1], theirs[-1]]
    both = [word for word in mine if word in theirs]
    return both[:1] or [mine[0], theirs[0]]


def swapped(one: Called, other: Called) -> list[list[Finding]]:
    """The same with given and family name exchanged, in the one or in the other; none where that agrees in nothing."""
    levels = given_level(one.given, other.family), family_level(one.family, other.given)
    if not set(levels) - {""} or not set(levels) <= _AGREE or not (all(levels) or _one_part(one, other)):
        return []
    shown = ", ".join(sorted((f"{one.given} {one.family}".strip(), f"{other.given} {other.family}".strip())))
    order = Finding("order", "swapped", f"Given and family name stand the other way round: {shown}")
    ways = [of_names(one, _turned(other)), of_names(_turned(one), other)]
    given = [found for found in ways if found and found[0].field == "given"]
    return [[*found, order] for found in given or ways]


_AGREE = frozenset({"exact", "first", "close", "part", "ending", "nickname", ""})


def _turned(name: Called) -> Called:
    return Called(given=name.family, family=name.given)


def _one_part(one: Called, other: Called) -> bool:
    """Whether either has a name of one part only, which forms put in either place."""
    return not (one.given and one.family) or not (other.given and other.family)


def said(day: date) -> str:
    """A date as people say it."""
    return f"{day.day} {day:%B %Y}"


def of_birth(one: Record, other: Record) -> Finding | None:
    """Dates of birth, or the age or expected date that stands for one."""
    first, second = one.born, other.born
    if first is not None and second is not None:
        level = date_level(first, second)
        basis = one.born_basis == other.born_basis == KNOWN
        if not basis and level not in ("exact", "new_year"):
            level = "estimate" if abs((first - second).days) <= 3 * 366 else "different"
        return Finding("born", level, _birth_says(level, first, second), level not in ("year", "near", "different"))
    if one.born_said or other.born_said:
        return _birth_as_written(one, other)
    return _expected(one, other) or _aged(one, other)


def date_level(one: date, other: date) -> str:
    """The level of two dates of birth."""
    if one == other:
        return "new_year" if (one.day, one.month) == (1, 1) else "exact"
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return "swapped"
    slips = OSA.distance(f"{one:%d%m%Y}", f"{other:%d%m%Y}")
    if slips == 1:
        return "digit"
    same = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    if same == 2:
        return "two" if abs(one.year - other.year) <= 10 else "different"
    if one.year == other.year:
        return "year"
    return "near" if abs((one - other).days) <= 366 else "different"


def _birth_says(level: str, one: date, other: date) -> str:
    both = f"{said(one)}, {said(other)}"
    return {
        "exact": f"Same date of birth: {said(one)}",
        "new_year": f"Same date of birth, which is given to many: {said(one)}",
        "swapped": f"Day and month of birth swapped: {both}",
        "digit": f"Date of birth differs in one digit: {both}",
        "two": f"Two parts of the date of birth agree: {both}",
        "year": f"Born in the same year on another day: {both}",
        "near": f"Born within a year of each other: {both}",
        "estimate": f"Dates of birth are estimates and fit: {both}",
        "different": f"Other date of birth: {both}",
    }[level]


def _birth_as_written(one: Record, other: Record) -> Finding | None:
    """A date that is none, compared digit by digit."""
    digits = [record.born_said or (f"{record.born:%d.%m.%Y}" if record.born else "") for record in (one, other)]
    first, second = (re.sub(r"\D", "", text) for text in digits)
    if not first or not second:
        return None
    slips = OSA.distance(first, second)
    level = "exact" if slips == 0 else "digit" if slips <= 2 else "different"
    return Finding("born", level, f"Date of birth as written: {digits[0]}, {digits[1]}", level != "different")


def _expected(one: Record, other: Record) -> Finding | None:
    """An expected date against another, or against the date that a child was born on."""
    days = [record.expected or record.born for record in (one, other)]
    if days[0] is None or days[1] is None:
        return None
    apart = (days[0] - days[1]).days
    level = "expected" if abs(apart) <= 70 else "different"
    says = "Expected and born at the same time" if level == "expected" else "Expected at another time"
    return Finding("born", level, f"{says}: {said(days[0])}, {said(days[1])}", level == "expected")


def _span(record: Record) -> tuple[float, float] | None:
    """The years in which a record's birth lies, from its date or its age."""
    if record.born is not None:
        year = record.born.year + record.born.timetuple().tm_yday / 366
        return year, year
    if record.age is None or record.age_on is None:
        return None
    slack = 1.0 if record.age < 12 else 2.0 if record.age < _ADULT else 5.0
    at = record.age_on.year + record.age_on.timetuple().tm_yday / 366 - record.age
    return at - 1 - slack, at + slack


def _aged(one: Record, other: Record) -> Finding | None:
    mine, theirs = _span(one), _span(other)
    if mine is None or theirs is None:
        return None
    fits = mine[0] <= theirs[1] and theirs[0] <= mine[1]
    years = [f"born {said(record.born)}" if record.born else f"about {record.age}" for record in (one, other)]
    apart = max(mine[0] - theirs[1], theirs[0] - mine[1])
    level = "age" if fits else "age_off" if apart <= 4 else "different"
    return Finding("born", level, f"Age {'fits' if fits else 'does not fit'}: {', '.join(years)}", fits)


def of_sex(one: Record, other: Record) -> Finding | None:
    """Sex, where both are known: wrong often enough, and not the same as gender."""
    if not {one.sex, other.sex} <= {"M", "F"}:
        return None
    same = one.sex == other.sex
    return Finding("sex", "same" if same else "different", "Same sex" if same else "Other sex recorded", same)


def of_place(one: Record, other: Record) -> Finding | None:
    """The nearest that any address of one comes to any of the other, present or earlier."""
    if shared := set(one.uprns) & set(other.uprns) - {""}:
        return Finding("place", "home", f"Same property: {min(shared)}")
    codes = [tuple(filter(None, map(places.postcode, record.postcodes))) for record in (one, other)]
    lines = [tuple(places.house(line) for line in record.addresses if line.strip()) for record in (one, other)]
    street = any(_same_street(first, second) for first, second in product(*lines))
    near = max((_nearness(first, second) for first, second in product(*codes)), default="")
    if street and (near >= "3" or not near):
        return Finding("place", "home", f"Same address: {_shown(one, other)}")
    if street:
        return Finding("place", "street", "Same house and street, another postcode")
    if not near:
        return Finding("place", "elsewhere", "Another address", speaks_for=False) if all(lines) else None
    return _by_postcode(near, one, other)


def _by_postcode(near: str, one: Record, other: Record) -> Finding:
    level = {"4": "unit", "3": "close", "2": "sector", "1": "district", "0": "elsewhere"}[near]
    says = {
        "unit": "Same postcode: {both}", "close": "Postcode differs in one sign: {both}",
        "sector": "Same neighbourhood: {both}",
        "district": "Same part of town: {both}", "elsewhere": "Another postcode: {both}",
    }[level]  # fmt: skip
    theirs = set(map(places.postcode, other.postcodes))
    both = next((code for code in one.postcodes if places.postcode(code) in theirs), "")
    both = both or f"{next(iter(one.postcodes))}, {next(iter(other.postcodes))}"
    return Finding("place", level, says.format(both=both), level != "elsewhere")


def _nearness(one: str, other: str) -> str:
    """How near two postcodes are, as a digit from 0 to 4."""
    if one == other:
        return "4"
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return "3"
    if len(one) <= 4:
        return "0"
    return (
        "2"
        if places.sector(one) == places.sector(other)
        else "1"
        if places.district(one) == places.district(other)
        else "0"
    )


def _same_street(one: tuple[str, str], other: tuple[str, str]) -> bool:
    if one[0] != other[0] or not one[1] or not other[1]:
        return False
    return one[1] == other[1] or _words_alike(one[1], other[1])


@lru_cache(names.REMEMBERED)
def _words_alike(one: str, other: str) -> bool:
    first, second = sorted((one, other))
    return JaroWinkler.similarity(first, second) >= _STREET or first.startswith(second) or second.startswith(first)


def _shown(one: Record, other: Record) -> str:
    return next((line for line in (*one.addresses, *other.addresses) if line), "")


def of_numbers(one: Record, other: Record) -> list[Finding]:
    """Identifiers: the same one says nearly all; another of the same kind says much against."""
    found = []
    mine, theirs = _numbered(one), _numbered(other)
    for kind in sorted(mine.keys() & theirs.keys()):
        shown = {"nhs": "NHS number", "upn": "unique pupil number"}.get(
            kind, f"number ({kind.removeprefix('system:')})"
        )
        field = kind if kind in ("nhs", "upn") else "number"
        if same := mine[kind] & theirs[kind]:
            found.append(Finding(field, "same", f"Same {shown}: {min(same)}"))
        else:
            found.append(Finding(field, "different", f"Other {shown}", speaks_for=False))
    return found


def _numbered(record: Record) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, value in record.identifiers:
        if bare := re.sub(r"\W", "", value).upper():
            found.setdefault(kind.removeprefix("former_"), set()).add(bare)
    return found


def of_reach(one: Record, other: Record) -> list[Finding]:
    """Telephones, e-mail and schools: the same speak for, others say nothing or little, for people have several."""
    found = []
    mine, theirs = ({re.sub(r"\D", "", phone)[-9:] for phone in record.phones} - {""} for record in (one, other))
    if shared := mine & theirs:
        found.append(Finding("phone", "same", f"Same telephone ending {min(shared)[-3:]}"))
    if {mail.casefold().strip() for mail in one.emails} & {mail.casefold().strip() for mail in other.emails} - {""}:
        found.append(Finding("mail", "same", "Same e-mail address"))
    schools = [{names.fold(school) for school in record.schools} - {""} for record in (one, other)]
    if all(schools):
        same = bool(schools[0] & schools[1])
        shown = next((school for school in one.schools if names.fold(school) in schools[1]), "")
        says = f"Same school: {shown}" if same else "Another school"
        found.append(Finding("school", "same" if same else "different", says, same))
    return found


def of_kin(one: Record, other: Record) -> Finding | None:
    """Names of the people around them: one in common speaks for, none in common a little against."""
    if not one.relatives or not other.relatives:
        return None
    pairs = [(first, second) for first, second in product(one.relatives, other.relatives) if _same_kin(first, second)]
    number = min(len({first for first, _ in pairs}), len({second for _, second in pairs}))
    if not number:
        return Finding("kin", "none", "Nobody of the two families has the same name", speaks_for=False)
    shown = ", ".join(sorted({f"{pair[0].given} {pair[0].family}".strip() for pair in pairs})[:3])
    return Finding("kin", "several" if number > 1 else "one", f"Same people around them: {shown}")


@lru_cache(names.REMEMBERED)
def _same_kin(one: Called, other: Called) -> bool:
    given, family = given_level(one.given, other.given), family_level(one.family, other.family)
    return given in ("exact", "first", "nickname", "close") and family in ("exact", "part", "ending", "close", "")
