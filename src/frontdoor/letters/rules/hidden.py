"""What may not stand in a text, in the forms in which somebody may write it: addresses, numbers, schools, names.

A form is a short word run together as `reading` reads it. Of a sealed address only keyed digests of its forms are kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from frontdoor.letters.rules.reading import plain, with_one_missing, words
from frontdoor.people.rules.names import in_group, nickname_groups, sound, transliterated


class Kind(StrEnum):
    """What it is that may not be told."""

    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    SCHOOL = "school"
    NAME = "name"


class Form(StrEnum):
    """Which part of it was found, and so how near it comes."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    OUTWARD = "outward"
    LINE = "line"
    NEAR = "near"
    STREET = "street"
    WHOLE = "whole"
    PART = "part"
    SHORT = "short"
    INITIALS = "initials"
    GIVEN = "given"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that may not be told of somebody, in clear; it is used and dropped, never stored or logged.

    :param whose: why it is kept, in words that name nobody
    """

    kind: Kind
    words: str
    whose: str = "somebody whose whereabouts are kept secret"


NEARBY = frozenset({Form.OUTWARD, Form.STREET})
"""Forms that say where somebody lives only of somebody in the matter: many others share a street or a district."""

_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}")
_LOOKS = re.compile(r"[a-z0-9]{2,4}[0-9oil][a-z01]{2}")
_OUTWARD = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?")
_IN_TEXT = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*(\d[A-Za-z]{2})\b")
_TO_DIGIT = str.maketrans("oil", "011")
_TO_LETTER = str.maketrans("01", "oi")


def postcodes(together: str) -> Iterator[str]:
    """What may be the full postcode that stands here, with o read as 0, and i or l as 1, where that makes it one."""
    if not (5 <= len(together) <= 7 and _LOOKS.fullmatch(together)):
        return
    if _POSTCODE.fullmatch(together):
        yield together
        return
    outward, inward = together[:-3], together[-3].translate(_TO_DIGIT) + together[-2:].translate(_TO_LETTER)
    for letters in (1, 2):
        head, tail = outward[:letters].translate(_TO_LETTER), outward[letters:].translate(_TO_DIGIT)
        if _POSTCODE.fullmatch(head + tail + inward):
            yield head + tail + inward


def outward(together: str) -> bool:
    """Whether this can be the first half of a postcode."""
    return 2 <= len(together) <= 4 and bool(_OUTWARD.fullmatch(together))


def address_forms(address: str) -> Iterator[tuple[Form, str]]:
    """The forms of an address: its postcode and parts of it, its numbered or first line, near misses, the street."""
    for first, second in _IN_TEXT.findall(address):
        yield Form.POSTCODE, f"{first}{second}".casefold()
        yield Form.SECTOR, f"{first}{second[0]}".casefold()
        yield Form.OUTWARD, first.casefold()
    parts = [row for row in map(_row, re.split(r"[,\n]", _IN_TEXT.sub("", address))) if row]
    numbered = next((row for row in parts if _is_numbered(row)), None)
    for row in parts[: parts.index(numbered)] if numbered else ():
        if len(row) > 1 and len("".join(row)) > 6:  # the name of a house, which leads there by itself
            yield Form.LINE, "".join(row)
    if numbered:
        yield from _numbered(numbered)
    elif parts:
        first = "".join(parts[0])
        alone = len(parts[0]) > 1 or len(first) > 8 or len(parts) == 1
        yield Form.LINE, first if alone else first + "".join(parts[1])


def _is_numbered(row: list[str]) -> bool:
    """Whether a number stands before a street: "14 Hidden Lane", not "Flat 2"."""
    return any(word.isdigit() for word in row) and not row[-1].isdigit()


def _row(text: str) -> list[str]:
    return [word.plain for word in words(text)]


_STREETS = {
    "road": ("rd",), "street": ("st", "str"), "lane": ("ln",), "avenue": ("av", "ave"), "close": ("cl",),
    "drive": ("dr",), "court": ("ct",), "crescent": ("cres", "cr"), "gardens": ("gdns", "garden"),
    "terrace": ("tce", "terr"), "place": ("pl",), "square": ("sq",), "grove": ("gr",), "green": ("grn",),
    "walk": ("wk",), "saint": ("st",),
}  # fmt: skip


def _streets(row: list[str]) -> Iterator[str]:
    """A street in full and with its kind cut short, run together."""
    full = {short: word for word, shorts in _STREETS.items() for short in shorts if short != "st"}
    row = [full.get(word, word) for word in row]
    last = ("street",) if row[-1] in ("st", "street") else (row[-1],)
    first = ("saint", "st") if len(row) > 1 and row[0] in ("saint", "st") else (row[0],)
    for head in first:
        for tail in last:
            for end in (tail, *_STREETS.get(tail, ())):
                yield "".join([head, *row[1:-1], end] if len(row) > 1 else [end])


def _numbered(row: list[str]) -> Iterator[tuple[Form, str]]:
    last = max(place for place, word in enumerate(row) if word.isdigit())
    letter = last + 1 < len(row) - 1 and len(row[last + 1]) == 1
    number, street = "".join(row[last : last + 1 + letter]), row[last + 1 + letter :]
    if not street:
        yield Form.LINE, "".join(row)
        return
    names = list(_streets(street))
    yield from ((Form.LINE, number + name) for name in names)
    if len(street) > 1:
        yield from ((Form.STREET, name) for name in names if len(name) > 6)
        if len("".join(street[:-1])) > 3:
            yield Form.LINE, number + "".join(street[:-1])
    if len(names[0]) > 6:
        yield from ((Form.NEAR, number + each) for each in with_one_missing(names[0]))


def forms(kept: Kept) -> Iterator[tuple[Form, str]]:
    """The forms of one thing that may not be told."""
    if kept.kind is Kind.ADDRESS:
        yield from address_forms(kept.words)
    elif kept.kind is Kind.PHONE:
        digits = re.sub(r"\D", "", kept.words)
        if len(digits) >= 10:
            yield Form.WHOLE, digits[-10:]
            yield Form.PART, digits[-6:]
    elif kept.kind is Kind.EMAIL:
        yield Form.WHOLE, "".join(word.plain for word in words(kept.words) if word.plain not in ("at", "dot"))
    elif kept.kind is Kind.SCHOOL:
        yield from _school(kept.words)
    else:
        yield from _name(kept.words)


_USUAL = frozenset(
    {
        "the", "a", "of", "and", "for", "st", "school", "primary", "secondary", "academy", "college", "infant",
        "infants", "junior",
        "juniors", "nursery", "preschool", "pre", "church", "england", "ce", "c", "e", "rc", "catholic",
        "community", "high", "grammar", "trust", "centre", "day", "playgroup",
    }
)  # fmt: skip


def _school(said: str) -> Iterator[tuple[Form, str]]:
    row = [word.plain for word in words(said)]
    whole, own = "".join(row), [word for word in row if word not in _USUAL]
    if len(whole) > 5:
        yield Form.WHOLE, whole
        yield from ((Form.NEAR, each) for each in with_one_missing(whole) if len(whole) > 9)
    core = "".join(own)
    yield from _initials(row)
    if not own or (len(own) < 2 and len(core) < 6):
        kind = [word for word in row if word in _USUAL and len(word) > 4 and word != "school"]
        yield from ((Form.SHORT, core + each) for each in kind[:1] if core)
        return
    yield Form.SHORT, core
    if len(core) > 7:
        yield from ((Form.NEAR, each) for each in with_one_missing(core))


def _initials(row: list[str]) -> Iterator[tuple[Form, str]]:
    """LFPS for Larkspur Fen Primary School; of two words alone nothing, which too much else may mean."""
    for left_out in ({"of", "the", "and", "for"}, {"of", "and", "for"}):
        initials = "".join(word[0] for word in row if word not in left_out)
        if len(initials) > 2:
            yield Form.INITIALS, initials


def _name(said: str) -> Iterator[tuple[Form, str]]:
    row = transliterated(said).split()
    if not row:
        return
    if len(row) == 1:
        yield Form.PART, plain(row[0])
        return
    given, family = row[0], row[-1]
    for each in {given, *(other for head in nickname_groups(given) for other in in_group(head))}:
        yield Form.WHOLE if each == given else Form.SHORT, each + family
        yield Form.WHOLE if each == given else Form.SHORT, family + each
    yield Form.SHORT, given[0] + family
    if len(family) > 3:
        yield Form.PART, family
    if len(given) > 3:
        yield Form.GIVEN, given
    heard = f"{sound(given)}|{sound(family)}"
    if len(heard) > 5:
        yield Form.SOUND, heard


_WORDS: dict[Form, str] = {
    Form.POSTCODE: "The postcode", Form.SECTOR: "Part of the postcode", Form.OUTWARD: "Part of the postcode",
    Form.LINE: "The address", Form.NEAR: "Nearly the words of the {kind}", Form.STREET: "The street",
    Form.WHOLE: "The {kind}", Form.PART: "Part of the {kind}", Form.SHORT: "A short form of the {kind}",
    Form.INITIALS: "The first letters of the {kind}", Form.GIVEN: "The given name",
    Form.SOUND: "A name that sounds like the name",
}  # fmt: skip
_KINDS = {
    Kind.ADDRESS: "address", Kind.PHONE: "telephone number", Kind.EMAIL: "e-mail address", Kind.SCHOOL: "school",
    Kind.NAME: "name",
}  # fmt: skip


def reason(kind: Kind, form: Form, whose: str) -> str:
    """Why a passage may not stand there, in one sentence that names nobody."""
    return f"{_WORDS[form].format(kind=_KINDS[kind])} of {whose} stands here."
