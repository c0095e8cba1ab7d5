"""Facts as an agency writes them down: one on a line, each with its date, and where they stand (domain 3.3)."""

import re

from frontdoor.actors.rules import InvalidInput

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_BEGINS = re.compile(
    rf"\s*(?:on |in |since |from |about |early |late |mid |spring |summer |autumn |winter )*"
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}(?:[./-]\d{{1,4}})?|(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS})[a-z]*\.? \d{{2,4}}"
    rf"|(?:19|20)\d\d|today|yesterday|tonight|now|no date|undated)\b",
    re.IGNORECASE,
)
SOURCE = "Source: "
"""How the last line of facts begins, after which it says where they stand."""


def written(facts: str, source: str) -> str:
    """Facts with their source as they are kept, in the words of whoever wrote them.

    A line that begins with a dash or a space goes on with the fact before it.

    :raises InvalidInput: a fact has no date, or nothing says where they stand
    """
    lines = [line.rstrip() for line in facts.splitlines() if line.strip()]
    if not lines:
        return ""
    problems = {}
    for place, line in enumerate(lines, 1):
        if not (_BEGINS.match(line) or (place > 1 and line[0] in "-–• \t")):
            problems["facts"] = f"Begin fact {place} with its date, or with the words No date"
            break
    if not source.strip():
        problems["source"] = "Say where this stands: which of your records or systems, or who knows it"
    if problems:
        raise InvalidInput(**problems)
    return "\n".join([*lines, f"{SOURCE}{source.strip()}"])


def parts(kept: str) -> tuple[str, str]:
    """Facts and source again, of what was kept; a reply taken by telephone may have no source."""
    lines = kept.splitlines()
    if lines and lines[-1].startswith(SOURCE):
        return "\n".join(lines[:-1]), lines[-1].removeprefix(SOURCE)
    return kept, ""
