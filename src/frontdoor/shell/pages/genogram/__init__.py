"""The family as a genogram in the standard symbols, drawn here as paths, with the same in words beside it."""

from frontdoor.shell.pages.genogram.picture import Drawn, Genogram, Words, genogram
from frontdoor.shell.pages.genogram.values import (
    Couple,
    Family,
    Home,
    Member,
    Parentage,
    Relative,
    Tie,
    Together,
    as_on,
)

__all__ = [
    "Couple",
    "Drawn",
    "Family",
    "Genogram",
    "Home",
    "Member",
    "Parentage",
    "Relative",
    "Tie",
    "Together",
    "Words",
    "as_on",
    "genogram",
]
