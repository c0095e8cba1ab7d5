"""The page that travels: what the next person must know, on one printed side. Put together, never generated."""

import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from frontdoor.shell.rules import moment


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the family.

    :param born: date of birth, expected date or age, in words
    :param who: child, unborn child, mother, ...
    :param note: what one must know before knocking or ringing; never a protected address
    """

    name: str
    born: str = ""
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A marked sentence, word for word, and where it comes from: "A school, 3 April 2026"; never who told us."""

    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """Something that was done, when, and whether it helped."""

    what: str
    when: str = ""
    helped: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that must happen, by whom and by when."""

    what: str
    who: str = ""
    by_when: str = ""


@dataclass(frozen=True, slots=True)
class TravellingPage:
    """Everything that the page shows, as plain words; whoever fills it names the sentence that each came from.

    :param reference: the receipt's number
    :param danger: one line when a child is in danger now, else empty
    :param where_now: where the child is at this moment, with whom, until when
    :param own_words: the child's own words, verbatim; `source` names the child and the day
    :param not_heard: why a child was not yet heard
    :param made_by: who printed it, as shown to people
    """

    council: str
    reference: str
    made_at: datetime
    made_by: str = ""
    sent_from: str = ""
    sent_to: str = ""
    danger: str = ""
    where_now: str = ""
    family: tuple[Member, ...] = ()
    told: tuple[Sentence, ...] = ()
    done: tuple[Response, ...] = ()
    own_words: tuple[Sentence, ...] = ()
    not_heard: str = ""
    worries: tuple[Sentence, ...] = ()
    must: tuple[Due, ...] = ()


LISTS = ("family", "told", "done", "own_words", "worries", "must")
_ITEMS = (60, 24, 14, 10, 8, 6, 5, 4, 3, 3, 2, 2, 1)
_CHARACTERS = (2000, 1200, 700, 450, 320, 240, 190, 150, 120, 90, 70, 50, 40)
_HEAD = {
    "council": 60, "reference": 40, "made_by": 60, "sent_from": 60, "sent_to": 60, "danger": 200, "where_now": 200,
    "not_heard": 200,
}  # fmt: skip
_SIZES = (12, 11, 10)
_SHORT = len(_SIZES) - 1
LEVELS = _SHORT + len(_ITEMS)
"""How far the page can be shortened: first smaller letters down to 10 points, then fewer and shorter entries."""

_STEPS_BEHIND = {"told": 0, "done": 0, "family": 1, "own_words": 1, "worries": 1, "must": 2}
"""What came in is shortened first, then the people and the worries, and last of all what must happen by when."""


def shortened(page: TravellingPage, level: int) -> dict[str, Any]:
    """The page as plain data for printing at a level: lists cut with a count of what the record holds beyond.

    :param level: 0 to LEVELS - 1; higher is shorter
    """
    data: dict[str, Any] = {name: _cut(printable(getattr(page, name)), most) for name, most in _HEAD.items()}
    data["size"] = _SIZES[min(level, _SHORT)]
    data["made_at"] = moment(page.made_at)
    data["title"] = f"Page that travels, {data['reference']}"
    for name in LISTS:
        behind = max(level - _SHORT - _STEPS_BEHIND[name], 0)
        if level == LEVELS - 1:
            behind = len(_ITEMS) - 1
        entries = getattr(page, name)
        shown = entries[: _ITEMS[behind]]
        data[name] = [
            {part: _cut(printable(words), _most(part, _CHARACTERS[behind])) for part, words in asdict(entry).items()}
            for entry in shown
        ]
        data[f"{name}_more"] = len(entries) - len(shown)
    return data


def _most(part: str, characters: int) -> int:
    """A name, date or source is one line; the words themselves have the room of the level."""
    return characters if part in ("words", "what", "helped", "note") else min(characters, 90)


def _cut(words: str, most: int) -> str:
    """At most so many characters, cut between words, with a mark that says so."""
    if len(words) <= most:
        return words
    head = words[:most]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head[most // 2 :] else head} […]"


_KEPT_CONTROLS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")


def printable(words: str, *, lines: bool = False) -> str:
    """What was typed, without characters that cannot be printed or that turn the text around.

    Control characters, bidirectional overrides, surrogates and unassigned code points go; line ends become spaces
    unless `lines`. Everything else stays as it is.
    """
    kept = "".join(_kept(words, lines=lines))
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()


def _kept(words: str, *, lines: bool) -> Iterator[str]:
    for character in unicodedata.normalize("NFC", words):
        if character == "\n":
            yield "\n" if lines else " "
        elif character.isspace():
            yield " "
        elif unicodedata.category(character)[0] != "C" or character in _KEPT_CONTROLS:
            yield character
