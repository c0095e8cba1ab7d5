"""Names of files, made harmless: a name is only ever shown and offered, never a path."""

import re
import unicodedata

from frontdoor.files.rules.kinds import ENDINGS, PICTURES, Kind, Refused

MOST = 120
"""Characters of a name at most; longer ones lose their middle."""

_SPACES = re.compile(r"\s+")
_FORBIDDEN = re.compile(r'[<>:"|?*%;=&$`{}\x7f]')
_INNER = re.compile(r"\.(?=[A-Za-z][A-Za-z0-9]{1,4}(?:\.|$))")


def cleaned(name: str, kind: Kind) -> str:
    """A name as it is kept: no path, no control or turning mark, one ending, which is one of its kind.

    :raises Refused: the ending says another kind than what is in the file
    """
    plain = _plain(name)
    stem, dot, ending = plain.rpartition(".")
    known = ending.lower() if dot else ""
    if not dot:
        stem, known = plain, ENDINGS[kind][0]
    elif known not in ENDINGS[kind]:
        if not (kind in PICTURES and any(known in ENDINGS[other] for other in PICTURES)):
            raise Refused(
                f"The name of the file ends in .{_shown(ending)}, but that is not what is in it. "
                "Save it again as a PDF, and send that"
            )
        known = ENDINGS[kind][0]
    stem = _INNER.sub("-", stem).strip(" .-") or "file"
    return f"{_short(stem, MOST - len(known) - 1)}.{known}"


def of_copy(name: str, kind: Kind) -> str:
    """The name of a working copy: the file's own, with the ending of the kind that the copy is."""
    return f"{name.rpartition('.')[0]}.{ENDINGS[kind][0]}"


def _plain(name: str) -> str:
    """The last part of whatever path there is, in characters that show as they are."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name).strip())[-1]
    kept = "".join(" " if each.isspace() else each for each in last if _harmless(each) or each.isspace())
    return _SPACES.sub(" ", _FORBIDDEN.sub("-", kept)).strip().rstrip(" .")


def _harmless(character: str) -> bool:
    """Neither a control nor a mark that hides or turns writing, nor half a character, nor unassigned."""
    return not unicodedata.category(character).startswith("C")


def _short(stem: str, most: int) -> str:
    if len(stem) <= most:
        return stem
    half = (most - 1) // 2
    return f"{stem[:half]}…{stem[-half:]}"


def _shown(ending: str) -> str:
    return "".join(each for each in ending if each.isalnum())[:10] or "?"


def ascii_name(name: str) -> str:
    """The name in plain letters, for the header that old readers understand."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9 ._()-]", "_", letters).strip(" .") or "file"
