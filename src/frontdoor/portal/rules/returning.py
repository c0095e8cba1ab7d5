"""Coming back to a report that nobody has seen yet: the code, how long it opens the report, and who is not offered one.

The code is the browser's own secret for its draft; showing it is all that "save" does with it. It says nothing and
needs no address of anybody. The database holds its SHA-256 alone: of 26 to the power of 16 codes (75 bits) a stolen
table tells none.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from frontdoor.councils.rules import Kind, Setting, declare

PUBLIC_PAGES = "Public pages"

RETURN_DAYS = declare(
    Setting(
        "portal.return_days",
        "How long a report that was saved, and not sent, is kept",
        PUBLIC_PAGES,
        Kind.NUMBER,
        7,
        "Long enough to ask somebody and come back, short enough to be forgotten",
        unit="days",
        minimum=1,
        maximum=28,
    )
)

LETTERS = "23456789BCDFGHJKMNPQRTVWXY"
"""Digits and letters that nobody takes for another, and that spell no word."""

LENGTH = 16
GROUP = 4

TRIES, WITHIN = 30, timedelta(minutes=15)
"""Codes typed in one network in a quarter of an hour; after that a right one is answered as a wrong one is."""

WARN = timedelta(days=1)
"""Before a saved report is forgotten, every page of it says so."""


def shown(code: str) -> str:
    """A code as it is written down: groups of four."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed(text: str) -> str:
    """The code that somebody typed, with whatever spaces, dashes and small letters; empty if it cannot be one."""
    kept = "".join(letter for letter in text[:100].upper() if letter.isalnum())
    return kept if len(kept) == LENGTH and all(letter in LETTERS for letter in kept) else ""


def may_wait(answers: Mapping[str, Any]) -> bool:
    """Whether a report may be put aside: never one that says that a child is in danger now. That one is sent."""
    return not answers.get("urgent") and (answers.get("danger") or {}).get("danger") != "yes"
