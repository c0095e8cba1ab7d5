"""What may be typed: text is kept as it was typed, and what a database or a reader cannot bear is named."""

import re
import unicodedata

# Controls that turn the writing of a whole line around: a name holding one shows as another name (Unicode 15, 23.2).
_TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
# Marks without width that editors leave at the start of copied text.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060"))
_LINE_ENDS = re.compile(r"\r\n|[\r\u0085\u2028\u2029]")
# NUL and half a surrogate pair cannot be stored by PostgreSQL; other controls have no business in writing.
_UNWRITABLE = {"Cc", "Cs"}


class Refused(ValueError):
    """Typed text that cannot be kept; its message says why, to the person who typed it."""


def prose(typed: str, *, most: int) -> str:
    """Text of several lines as it was typed: spaces and tabs kept, every line end one ``\\n``.

    Controls that only turn or hide writing are taken out; lines and paragraphs keep their shape.

    :param most: the greatest number of characters
    :raises Refused: a control character, or more than ``most`` characters
    """
    text = _LINE_ENDS.sub("\n", typed).translate(_TURNING).translate(_INVISIBLE)
    return _checked(text, most=most, allowed="\n\t")


def line(typed: str, *, most: int) -> str:
    """Text of one line: surrounding space taken off, a pasted line end or tab becomes a space.

    :param most: the greatest number of characters
    :raises Refused: a control character, or more than ``most`` characters
    """
    text = _LINE_ENDS.sub(" ", typed).replace("\n", " ").replace("\t", " ")
    return _checked(text.translate(_TURNING).translate(_INVISIBLE).strip(), most=most, allowed="")


def _checked(text: str, *, most: int, allowed: str) -> str:
    if len(text) > most:
        over = len(text) - most
        raise Refused(f"must be {most:,} characters or fewer: it has {over:,} too many")
    for character in text:
        if character not in allowed and unicodedata.category(character) in _UNWRITABLE:
            raise Refused("has a character that cannot be stored. Type it again here, or paste it as plain text")
    return text
