"""How a text is read for what may not stand in it: as words without case, accents, script, spacing and line ends.

Every reading is linear in the text: at most three rows of words, each looked at in windows of a fixed length.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

LONGEST = 8
"""Words of one window at most: "Flat 2 14 Hid den Lane" has six."""

_UNSEEN = "\u200b\u200c\u200d\u2060\u00ad\ufeff"
"""Signs that nobody sees, which may stand within a word."""

_WORD = re.compile(f"[^\\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}{_UNSEEN}]+[^\\W_]+)*")
_PIECE = re.compile(r"[0-9]+|[a-z]+")
_ALIKE = str.maketrans("аеорсхіуНТМВКЕАОРСХІҮ", "aeopcxiyHTMBKEAOPCXIY")
_SAID = str.maketrans("хХ", "hH")
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {word: str(number) for number, word in enumerate(_UNITS)}
NUMBERS |= {word: str(10 * number) for number, word in enumerate(_TENS, 2)} | {"nought": "0", "oh": "0", "fourty": "40"}
_AGAIN = {"double": 2, "treble": 3, "triple": 3}
_DROPPED = frozenset({"at", "dot"})
"""How the signs of an e-mail address are said."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is compared, letters or digits alone, and where it stands in the text."""

    plain: str
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Window:
    """Some words one after another, run together.

    :param first: number of the first word, and `after` of the one behind the last
    """

    plain: str
    first: int
    after: int


@lru_cache(1 << 15)
def _pieces(raw: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", raw)
    if not plain.isascii():
        latin = any(sign.isascii() and sign.isalpha() for sign in plain)
        bare = unicodedata.normalize("NFKD", plain.translate(_ALIKE if latin else _SAID))
        plain = anyascii("".join(sign for sign in bare if not unicodedata.combining(sign)))
    found = _PIECE.findall(plain.casefold().replace("'", ""))
    return tuple(found) if len(found) <= len(raw) else ("".join(found),)  # some signs say four words each


def words(text: str) -> list[Word]:
    """The words of a text in their order; a word of letters and digits is as many as it has runs of them."""
    return [
        Word(piece, found.start(), found.end()) for found in _WORD.finditer(text) for piece in _pieces(found.group())
    ]


def plain(text: str) -> str:
    """A text run together as it is compared."""
    return "".join(word.plain for word in words(text))


def _said(row: list[Word]) -> list[Word]:
    """The same with numbers that are written as words as digits: "twenty one", "double four", "oh", O for 0."""
    made: list[Word] = []
    again, begins, tens = 1, -1, False
    for place, word in enumerate(row):
        number = _number(row, place)
        if word.plain in _AGAIN:
            again, begins = _AGAIN[word.plain], word.starts
            continue
        if number and again > 1:
            made.append(Word(number * again, begins, word.ends))
        elif number and tens and len(number) == 1 and number != "0" and word.plain in NUMBERS:
            before = made.pop()
            made.append(Word(str(int(before.plain) + int(number)), before.starts, word.ends))
        elif word.plain not in _DROPPED:
            made.append(Word(number or word.plain, word.starts, word.ends))
        tens = bool(number) and word.plain in _TENS
        again = 1
    return made


def _number(row: list[Word], place: int) -> str:
    word = row[place].plain
    if word in NUMBERS or word.isdigit():
        return NUMBERS.get(word, word)
    if set(word) <= {"o", "l"} and any(
        0 <= beside < len(row) and row[beside].plain.isdigit() for beside in (place - 1, place + 1)
    ):
        return word.translate(_DIGITS)
    return ""


_DIGITS = str.maketrans("ol", "01")


def _joined(row: list[Word]) -> list[Word]:
    """The same with letters that stand by themselves put together: "P E 1 1 A A", "H i d d e n"."""
    made: list[Word] = []
    run: list[Word] = []
    for word in [*row, Word("\N{NULL}\N{NULL}", 0, 0)]:
        if len(word.plain) == 1:
            run.append(word)
            continue
        if len(run) > 2:
            made.append(Word("".join(each.plain for each in run), run[0].starts, run[-1].ends))
        else:
            made += run
        run = []
        made.append(word)
    return made[:-1]


Reading = tuple[list[Word], range]
"""The words of a reading, and the places among them that are looked at."""


def rows(text: str) -> list[Reading]:
    """The readings of a text: as written; near what differs, with numbers in words as digits, with letters together."""
    first = words(text)
    second = _said(first)
    return [(first, range(len(first))), *_otherwise(first, second), *_otherwise(second, _joined(second))]


def _otherwise(before: list[Word], row: list[Word]) -> Iterator[Reading]:
    """The stretches of a reading in which it differs from the one before, with the words around them."""
    places = {word: place for place, word in enumerate(before)}
    begins, ends = -1, -1
    for place, word in enumerate(row):
        beside = row[place + 1] if place + 1 < len(row) else None
        same = word in places and (beside is None or places.get(beside, -1) == places[word] + 1)
        if same:
            continue
        if begins >= 0 and place - LONGEST > ends:
            yield row, range(begins, min(ends, len(row)))
            begins = -1
        begins = max(place - LONGEST + 1, 0) if begins < 0 else begins
        ends = place + LONGEST + 1
    if begins >= 0:
        yield row, range(begins, min(ends, len(row)))


def windows(row: list[Word], places: range) -> Iterator[Window]:
    """Every run of up to `LONGEST` words that begins at one of these places."""
    for first in places:
        together = ""
        for after in range(first + 1, min(first + LONGEST, len(row)) + 1):
            together += row[after - 1].plain
            yield Window(together, first, after)


def digit_runs(row: list[Word], places: range) -> Iterator[Window]:
    """Every longest run of digits alone at these places, as one number."""
    first = places.start
    while first < places.stop:
        after = first
        while after < places.stop and row[after].plain.isdigit():
            after += 1
        if after > first:
            yield Window("".join(word.plain for word in row[first:after]), first, after)
        first = after + 1


def with_one_missing(word: str) -> Iterator[str]:
    """A word, and the word without each of its letters: two words one slip apart share one of these."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
