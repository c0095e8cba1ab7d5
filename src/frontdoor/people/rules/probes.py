"""What a person is found by: a few numbers, each made of two or three facts that seldom go wrong together.

A number alone tells nothing and is shared by few. Every error that people make in writing somebody down leaves at least
one of them whole: swapped names, day and month swapped, a new family name, a pet name, a move, a missing date.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from frontdoor.people.rules import names
from frontdoor.people.rules.records import Called, Record

_RELATIVES = 4
_PLACES = 3
_PARTS = 5


def probes(record: Record) -> frozenset[int]:
    """The numbers that a person of the index is kept under: signed, of 64 bits, the same on every machine."""
    return frozenset(map(_token, _kept(record)))


def asked(record: Record) -> frozenset[int]:
    """The numbers that somebody named is looked for by: those of `probes`, and of a date or year told wrong."""
    return frozenset(map(_token, _asked(record)))


def _token(fact: tuple[str, ...]) -> int:
    digest = hashlib.blake2b("\x1f".join(fact).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _kept(record: Record) -> Iterator[tuple[str, ...]]:
    day = record.born
    yield from _numbers(record)
    if day is not None:
        yield from _by_day(record, day)
        for pair in _pairs(record.names):
            yield "year", *pair, str(day.year)
            yield "mmdd", *pair, *_day_and_month(day)
    if record.expected is not None:
        yield from _unborn(record, record.expected.year)
        yield from _unborn(record, record.expected.year + 1 if record.expected.month > 10 else record.expected.year)
    elif day is not None:
        yield from _unborn(record, day.year)
    yield from _by_place(record)
    yield from _by_kin(record)
    for pair in _pairs(record.names):
        if not _common(*pair):
            yield "name", *pair


def _asked(record: Record) -> Iterator[tuple[str, ...]]:
    yield from _kept(record)
    day = record.born
    if day is not None and day.day <= 12 and day.day != day.month:
        yield from _by_day(record, day.replace(month=day.day, day=day.month))
    for pair in _pairs(record.names):
        for year in _years(record, rare=not _common(*pair)):
            yield "year", *pair, str(year)


def _years(record: Record, *, rare: bool) -> range:
    """Years of birth that a date or age may mean: of a rare name a year to either side too."""
    about = record.born or record.expected
    if about is not None:
        return range(about.year - rare, about.year + 1 + rare)
    if record.age is not None and record.age_on is not None:
        slack = 1 + (record.age >= 18 or rare) + 2 * (record.age >= 30)
        return range(record.age_on.year - record.age - slack, record.age_on.year - record.age + slack)
    return range(0)


def _numbers(record: Record) -> Iterator[tuple[str, ...]]:
    for kind, value in record.identifiers:
        yield "id", kind.replace("former_", ""), re.sub(r"\W", "", value).casefold()
    for phone in record.phones[:_PLACES]:
        digits = re.sub(r"\D", "", phone)
        if len(digits) >= 9:
            yield "phone", digits[-9:]
    for mail in record.emails[:_PLACES]:
        yield "mail", mail.strip().casefold()


def _by_day(record: Record, day: date) -> Iterator[tuple[str, ...]]:
    """One part of the name and the day of birth: so swapped, shortened and changed names are found."""
    said = day.isoformat()
    for word in _sounds(record.names):
        yield "part", word, said
    for pair in _initials(record.names):
        yield "initials", *pair, said
    for place in _spread(record):
        new_year = day.day == 1 and day.month == 1  # given to many whose birthday nobody wrote down
        yield "day", said, place if new_year else _district(place)


def _by_place(record: Record) -> Iterator[tuple[str, ...]]:
    """One part of the name and the postcode: so somebody without a date of birth, or with a wrong one, is found."""
    for place in _spread(record):
        for word in _sounds(record.names):
            yield "home", word, place
        for pair in _pairs(record.names):
            yield "near", *pair, _district(place) if not _common(*pair) else place[:-2]


def _by_kin(record: Record) -> Iterator[tuple[str, ...]]:
    """The given name beside that of a relative in the same family: so a household is found by those in it."""
    own = [word for name in record.names for word in _words_of(name)[0]]
    for kin in record.relatives[:_RELATIVES]:
        for pair in list(_pairs((kin,)))[:1]:
            yield from (("kin", word, *pair) for word in own[:1])


def _unborn(record: Record, year: int) -> Iterator[tuple[str, ...]]:
    """The family name, the postcode and the year: of a child not yet born or not yet named."""
    nameless = all(names.is_placeholder(name.given) for name in record.names)
    if nameless:
        for name in record.names[:2]:
            for word in names.parts(name.family)[:2]:
                yield "child", names.family_sound(word), str(year), *record.postcodes[:1]


@lru_cache(names.REMEMBERED)
def _words_of(name: Called) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sounds of a name: of its given parts by their full form, and of its family parts without gendered endings."""
    given = [names.sound(names.nickname_groups(word)[0]) for word in names.parts(name.given)]
    family = [names.family_sound(word) for word in names.parts(name.family)]
    return tuple(dict.fromkeys(given)), tuple(dict.fromkeys(family))


def _sounds(called: Iterable[Called]) -> list[str]:
    """Every part of every name, the present name's first."""
    found: dict[str, None] = {}
    for name in called:
        given, family = _words_of(name)
        found.update(dict.fromkeys((*given[:2], *family[:2])))
    return list(found)[:_PARTS]


def _pairs(called: Iterable[Called]) -> list[tuple[str, str]]:
    """Pairs of a given and a family part, in the order of the alphabet: so swapped names make the same pair."""
    found: dict[tuple[str, str], None] = {}
    for name in called:
        given, family = _words_of(name)
        for one in given[:1]:
            for other in family[:2] or given[1:2]:
                found[min(one, other), max(one, other)] = None
    return list(found)[:3]


def _initials(called: Iterable[Called]) -> list[tuple[str, str]]:
    """The first sounds of given and family name, in the order of the alphabet."""
    return list(dict.fromkeys((min(one[0], other[0]), max(one[0], other[0])) for one, other in _pairs(called)))[:2]


def _spread(record: Record) -> list[str]:
    """Postcodes without gaps, the present first."""
    return list(dict.fromkeys(code.replace(" ", "").upper() for code in record.postcodes if code.strip()))[:_PLACES]


def _district(code: str) -> str:
    """The part of a British postcode before its last three signs; of a short one, all of it."""
    return code[:-3] if len(code) > 4 else code


def _day_and_month(day: date) -> tuple[str, str]:
    """Day and month in order of size: the same for 4 March and 3 April."""
    return str(min(day.day, day.month)), str(max(day.day, day.month))


@lru_cache(1)
def _commonest() -> tuple[frozenset[str], frozenset[str]]:
    """Sounds of the given and of the family names that very many bear."""
    found = names.told("common.txt")
    given = frozenset(names.sound(word) for word in found["given"])
    return given, frozenset(names.family_sound(word) for word in found["family"])


def _common(one: str, other: str) -> bool:
    """Whether so many bear this pair of names that it needs a place or a date beside it."""
    given, family = _commonest()
    return (one in given and other in family) or (other in given and one in family)
