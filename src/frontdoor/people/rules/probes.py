"""What a person is found by: a few numbers, each made of two or three facts that seldom go wrong together.

A number alone tells nothing and is shared by few. Every error that people make in writing somebody down leaves at least
one of them whole: swapped names, day and month swapped, a new family name, a pet name, a move, a missing date.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import product

from frontdoor.people.rules import names, places
from frontdoor.people.rules.records import Called, Record

_RELATIVES = 4
_PLACES = 3
_PARTS = 5
_SOON = 1 << 12
"""Names whose pairs are kept: one record asks for its own several times."""


def probes(record: Record) -> frozenset[int]:
    """The numbers that a person of the index is kept under: signed, of 64 bits, the same on every machine."""
    return frozenset(map(_token, (*_kept(record), *_by_name(record, forms=2))))


def asked(record: Record) -> frozenset[int]:
    """The numbers that somebody named is looked for by: those of `probes`, and of a date or year told wrong."""
    return frozenset(map(_token, _asked(record)))


def _token(fact: tuple[str, ...]) -> int:
    digest = hashlib.blake2b("\x1f".join(fact).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _kept(record: Record, forms: int = 2) -> Iterator[tuple[str, ...]]:
    """What a record is kept under; `forms` says for how many full names a pet name stands."""
    day, called = record.born, record.names
    yield from _numbers(record)
    if day is not None:
        yield from _by_day(record, day)
        for pair in _pairs(called, forms):
            yield "year", *pair, str(day.year)
            yield "mmdd", *pair, *_day_and_month(day)
    yield from _nameless(record)
    yield from _by_place(record, forms)
    yield from _by_kin(record)


def _by_name(record: Record, forms: int) -> Iterator[tuple[str, ...]]:
    """The name alone, where not too many bear it: the last resort for somebody of whom no birth is told."""
    for pair in _pairs(record.names, forms):
        if not _common(*pair):
            yield "name", *pair


def _asked(record: Record) -> Iterator[tuple[str, ...]]:
    yield from _kept(record, forms=4)
    if record.born is None and record.age is None:
        yield from _by_name(record, forms=4)
    yield from _nameless(record, months=(-1, 1))
    day = record.born
    if day is not None and day.day <= 12 and day.day != day.month:
        yield from _by_day(record, day.replace(month=day.day, day=day.month))
    for pair in _pairs(record.names, forms=4):
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
        yield "day", said, place if new_year else places.district(place)


def _by_place(record: Record, forms: int) -> Iterator[tuple[str, ...]]:
    """One part of the name and the postcode or house: so somebody without a date of birth, or a wrong one, is found."""
    words = _sounds(record.names, given=1)
    for place in _spread(record):
        yield from (("home", word, place) for word in words)
        for pair in _pairs(record.names, forms):
            yield "near", *pair, places.sector(place) if _common(*pair) else places.district(place)
    for house in list(filter(None, map(places.at, record.addresses)))[:1]:
        yield from (("house", word, house) for word in words)
    for number in record.uprns[:1]:
        yield from (("uprn", word, number) for word in words)


def _by_kin(record: Record) -> Iterator[tuple[str, ...]]:
    """The given name beside that of a relative in the same family: so a household is found by those in it."""
    own = [word for name in record.names for word in _words_of(name)[0]]
    for kin in record.relatives[:_RELATIVES]:
        for pair in _pairs((kin,))[:1]:
            yield from (("kin", word, *pair) for word in own[:1])


def _nameless(record: Record, months: tuple[int, ...] = (0,)) -> Iterator[tuple[str, ...]]:
    """The month with the family name, the postcode, or a relative: of a child not yet born or not yet named."""
    day = record.expected or record.born
    if day is None or any(not names.is_placeholder(name.given) for name in record.names):
        return
    beside: list[tuple[str, ...]] = [
        ("family", _key(word)) for name in record.names[:2] for word in names.parts(name.family)[:2]
    ]
    beside += [("place", place) for place in _spread(record)[:1]]
    beside += [("kin", *pair) for kin in record.relatives[:2] for pair in _pairs((kin,))[:1]]
    for month in months:
        number = day.year * 12 + day.month + month
        yield from (("child", str(number), *one) for one in beside)


@lru_cache(names.REMEMBERED)
def _key(word: str, form: int = 0) -> str:
    """The sound of a name: of a pet name that of a full one, of a family name without its gendered ending.

    One rule for given and family names, so that it does not matter which stands in which place.
    """
    heads = names.nickname_groups(word)
    if heads == (word,):
        return names.family_sound(word)
    return names.sound(heads[min(form, len(heads) - 1)])


@lru_cache(names.REMEMBERED)
def _words_of(name: Called) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sounds of a name as it is said: of its given parts and of its family parts."""
    given = [names.family_sound(word) for word in names.parts(name.given)]
    family = [names.family_sound(word) for word in names.parts(name.family)]
    return tuple(dict.fromkeys(given)), tuple(dict.fromkeys(family))


def _sounds(called: Iterable[Called], given: int = 2) -> list[str]:
    """The parts of every name, the present name's first: at most so many of the given ones."""
    found: dict[str, None] = {}
    for name in called:
        first, family = _words_of(name)
        found.update(dict.fromkeys((*first[:given], *family[:2])))
    return list(found)[:_PARTS]


@lru_cache(_SOON)
def _pairs(called: tuple[Called, ...], forms: int = 1) -> tuple[tuple[str, str], ...]:
    """Pairs of a given and a family part, in the order of the alphabet: so swapped names make the same pair."""
    found: dict[tuple[str, str], None] = {}
    for name in called:
        given, family = names.parts(name.given), names.parts(name.family)
        for one, other in product(given[:1], family[:2] or given[1:2]):
            for first, second in product(_forms(one, forms), _forms(other, 1 + forms // 4)):
                found[min(first, second), max(first, second)] = None
    return tuple(found)[: 2 + forms]


@lru_cache(names.REMEMBERED)
def _forms(word: str, forms: int) -> tuple[str, ...]:
    """The keys of the full names that a word may stand for."""
    return tuple(dict.fromkeys(_key(word, form) for form in range(forms)))


def _initials(called: Iterable[Called]) -> list[tuple[str, str]]:
    """The first sounds of given and family name, in the order of the alphabet."""
    found: dict[tuple[str, str], None] = {}
    for name in called:
        given, family = _words_of(name)
        for one, other in product(given[:1], family[:1]):
            found[min(one[:1], other[:1]), max(one[:1], other[:1])] = None
    return list(found)[:2]


def _spread(record: Record) -> list[str]:
    """Postcodes without gaps, the present first."""
    return list(dict.fromkeys(filter(None, map(places.postcode, record.postcodes))))[:_PLACES]


def _day_and_month(day: date) -> tuple[str, str]:
    """Day and month in order of size: the same for 4 March and 3 April."""
    return str(min(day.day, day.month)), str(max(day.day, day.month))


@lru_cache(1)
def _commonest() -> tuple[frozenset[str], frozenset[str]]:
    """Sounds of the given and of the family names that very many bear."""
    found = names.told("common.txt")
    given = frozenset(_key(names.fold(word)) for word in found["given"])
    return given, frozenset(_key(names.fold(word)) for word in found["family"])


def _common(one: str, other: str) -> bool:
    """Whether so many bear this pair of names that it needs a place or a date beside it."""
    given, family = _commonest()
    return (one in given and other in family) or (other in given and one in family)
