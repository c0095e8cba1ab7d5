"""The page that travels: one printed side put together from marked sentences, never generated.

It is kept as JSON with the number of its schema, so that a page of years ago is still shown as it was sent.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from frontdoor.actors.rules import InvalidInput

SCHEMA = 1
PAGE = "page"
SIDE = 4_500
"""Characters on one printed side of A4, headings left out; a line that is not filled counts whole."""
LINE = 90
LARGEST = 1_048_576


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the family: the name, and who that is ("boy, 7", "mother, lives at home")."""

    name: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it was told, word for word.

    :param said_by: who said it, where that may be known; never the person who told us
    :param source: key of the marked statement, so that the page leads back to it
    """

    words: str
    said_by: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What was done, and whether it helped."""

    what: str
    helped: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """What must happen, by when, and by whom."""

    what: str
    by_when: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What the receiver reads first.

    :param unheard: why the child's own words are missing; shown in their place
    :param left_out: sentences that did not fit on one side; they stand in the record
    """

    family: tuple[Person, ...] = ()
    worries: tuple[Sentence, ...] = ()
    own_words: tuple[Sentence, ...] = ()
    must_happen: tuple[Need, ...] = ()
    done: tuple[Response, ...] = ()
    told: tuple[Sentence, ...] = ()
    unheard: str = ""
    left_out: int = 0


_PARTS = {
    "worries": Sentence,
    "own_words": Sentence,
    "must_happen": Need,
    "family": Person,
    "done": Response,
    "told": Sentence,
}
"""The parts in the order in which they find room on the side: what worries us most is never left out."""


def on_one_side(page: Page) -> Page:
    """The page cut to one printed side: whole sentences are left out and counted, never shortened."""
    page = replace(page, told=tuple(sentence for told in page.told for sentence in _sentences_of(told)))
    room, kept, left_out = SIDE - len(page.unheard), {}, page.left_out
    for name in _PARTS:
        entries: tuple[Any, ...] = getattr(page, name)
        fitting: list[Any] = []
        for entry in entries:
            room -= _takes(entry)
            if room < 0 and (fitting or name != "worries"):
                break
            fitting.append(entry)
        left_out += len(entries) - len(fitting)
        kept[name] = tuple(fitting)
    return replace(page, left_out=left_out, **kept)  # type: ignore[arg-type]  # the parts are tuples by their names


def _takes(entry: Any) -> int:
    """The characters that an entry takes on the side: whole lines of them."""
    length = sum(len(getattr(entry, field.name)) for field in fields(entry) if field.name != "source")
    return max(1, math.ceil(length / LINE)) * LINE


def _sentences_of(told: Sentence) -> Iterator[Sentence]:
    """A story as its sentences, each word for word, so that a long one fills the side as far as it goes."""
    for words in re.split(r"(?<=[.!?…])\s+|\n+", told.words.strip()):
        if words:
            yield replace(told, words=words)


def pack(page: Page) -> dict[str, Any]:
    """The page as it is kept and passed on."""
    return {"form": PAGE, "schema": SCHEMA, **asdict(page)}


def unpack(payload: Mapping[str, Any]) -> Page | None:
    """The page in a payload; None where what was passed is something else, which its own room reads.

    :raises InvalidInput: a page of a schema that this release does not know, or with parts that no page has
    """
    if payload.get("form") != PAGE:
        return None
    if payload.get("schema") != SCHEMA:
        raise InvalidInput(payload="This page is of a schema that is not known here.")
    try:
        parts = {name: tuple(_read(made, payload.get(name, ()))) for name, made in _PARTS.items()}
        rest = {name: value for name, value in payload.items() if name not in (*_PARTS, "form", "schema")}
        return Page(**parts, **rest)  # type: ignore[arg-type]  # a part that no page has is a TypeError
    except TypeError as wrong:
        raise InvalidInput(payload="This page has parts that no page has.") from wrong


def _read(made: type[Any], entries: Any) -> Iterator[Any]:
    for entry in entries:
        yield made(**entry)


def packed(payload: Page | Mapping[str, Any] | None) -> dict[str, Any]:
    """What is to be kept of what a giver passes: a page is cut to one side, anything else says its form and schema.

    :raises InvalidInput: without form and schema, not JSON, or larger than 1 MB
    """
    if payload is None:
        return {}
    if isinstance(payload, Page):
        return pack(on_one_side(payload))
    kept = dict(payload)
    if not isinstance(kept.get("form"), str) or not isinstance(kept.get("schema"), int):
        raise InvalidInput(payload="What is passed on says its form and the number of its schema.")
    if (page := unpack(kept)) is not None:
        return pack(on_one_side(page))
    if len(json.dumps(kept)) > LARGEST:
        raise InvalidInput(payload="What is passed on is larger than 1 MB.")
    return kept
