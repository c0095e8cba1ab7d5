"""Printed pages: typst makes a tagged PDF and checks it against PDF/UA-1; what was typed is data, never markup."""

import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from frontdoor.letters.rules.recipients import Recipient
from frontdoor.letters.rules.travelling import LEVELS, TravellingPage, printable, shortened
from frontdoor.letters.rules.wording import House, Words
from frontdoor.shell.rules import day

_TEMPLATES = Path(__file__).parent / "typst"
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
FAMILIES = ("Liberation Sans", "Arimo", "Noto Sans", "Arial", "Libertinus Serif")
"""Open fonts that a machine may have, and last the one that typst carries: no font is shipped."""

_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_TRIES = 8
MISSING = "\N{WHITE SQUARE}"
"""Stands for a character that no font of the machine can show."""


class DoesNotFit(Exception):
    """A page that must be one side would not be; shortening has a last level, so nothing that people type does this."""


@lru_cache(maxsize=1)
def _fonts() -> tuple[typst.Fonts, str]:
    """The machine's fonts and typst's own, and which of our families are among them, as JSON."""
    found = typst.Fonts(font_paths=[folder for folder in _FONT_FOLDERS if Path(folder).is_dir()])
    present = {font.family for font in found.fonts()}
    return found, json.dumps([family for family in FAMILIES if family in present])


def travelling_pdf(page: TravellingPage) -> bytes:
    """The page that travels as an accessible PDF of one side of A4, never in letters under 10 points.

    Long lists are shortened with "and n more, see the record". The caller records who printed it.

    :raises DoesNotFit: never for what `shortened` makes of any page
    """
    # A higher level is never longer, so the first that fits is found by halving.
    level = bisect_left(range(LEVELS), True, key=lambda level: _pages("travelling.typ", shortened(page, level)) == 1)
    if level == LEVELS:
        raise DoesNotFit
    return _pdf("travelling.typ", shortened(page, level), at=page.made_at)


def letter_pdf(words: Words, recipient: Recipient, house: House, *, at: datetime) -> bytes:
    """A letter as an accessible PDF: the address where a window envelope shows it, and no name of the service there."""
    address = "\n".join(part for part in (recipient.name, *recipient.address.split("\n")) if part.strip())
    if "\n" not in recipient.address:
        address = "\n".join([recipient.name, *recipient.address.split(", ")]).strip()
    data = {
        "title": printable(words.subject),
        "council": printable(house.council),
        "house": printable(house.address, lines=True),
        "recipient": printable(address, lines=True),
        "date": day(at),
        "subject": printable(words.subject),
        "blocks": [
            {"heading": block.heading, "text": printable(block.text, lines=not block.heading)} for block in words.blocks
        ],
    }
    return _pdf("letter.typ", data, at=at)


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data), "fonts": _fonts()[1]}


def _pages(template: str, data: Mapping[str, Any]) -> int:
    """On how many sides it would come out; a character without a glyph takes its room all the same."""
    said = typst.query(
        str(_TEMPLATES / template), "<pages>", field="value", one=True, font_paths=_fonts()[0], sys_inputs=_inputs(data)
    )
    return int(json.loads(said))


def _pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Compile; characters that no font has, which PDF/UA does not allow, are replaced by an empty square.

    typst names one such character at a time: all of its script go with it, and after a few tries all that is not Latin.
    """
    for _ in range(_TRIES):
        try:
            return _compile(template, data, at=at)
        except typst.TypstError as refused:
            if not (named := _NO_GLYPH.search(refused.message)):
                raise
            data = _without(data, {_script(character) for character in _unescaped(named[1])})
    return _compile(template, _without(data, None), at=at)


def _compile(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    return typst.compile(
        str(_TEMPLATES / template),
        font_paths=_fonts()[0],
        sys_inputs=_inputs(data),
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _script(character: str) -> str:
    """The first word of a character's name: LATIN, ARABIC, CJK, GRINNING."""
    return unicodedata.name(character, "UNNAMED").split(maxsplit=1)[0]


def _without(value: Any, scripts: set[str] | None) -> Any:
    """The same data without the characters of some scripts; without any but Latin ones and usual signs when None."""
    if isinstance(value, str):
        return "".join(MISSING if _gone(character, scripts) else character for character in value)
    if isinstance(value, Mapping):
        return {name: _without(each, scripts) for name, each in value.items()}
    return [_without(each, scripts) for each in value] if isinstance(value, list) else value


def _gone(character: str, scripts: set[str] | None) -> bool:
    if ord(character) < 0x250 or character in "\N{EN DASH}\N{EM DASH}‘’“”…\n":
        return False
    return scripts is None or _script(character) in scripts
