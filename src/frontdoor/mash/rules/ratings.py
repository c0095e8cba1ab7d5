"""Rating an enquiry: which change it is, and what each change asks of whom."""

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.codes import rules as codes
from frontdoor.mash.rules.clocks import COLOURS
from frontdoor.mash.rules.states import Change

UNRATED = 0
"""What is not rated yet stands with the most urgent: nobody knows better."""


def urgency(rating: str) -> int:
    """The stored order of the list: the most urgent first."""
    return COLOURS.index(rating) if rating else UNRATED


def change(before: str, after: str, *, opened_again: bool) -> Change:
    """Which change it is.

    :raises InvalidInput: not a rating of an enquiry
    :raises StepNotAllowed: it is rated so already
    """
    if after not in COLOURS:
        raise InvalidInput(rating="Choose a rating")
    if opened_again:
        return Change.AGAIN
    if not before:
        return Change.FIRST
    if before == after:
        raise StepNotAllowed("This enquiry is rated so already.")
    return Change.RAISED if codes.RATINGS[after].rank < codes.RATINGS[before].rank else Change.LOWERED


def said_why(why: str) -> str:
    """The reason of a rating: none is written without one.

    :raises InvalidInput: no reason
    """
    said = why.strip()
    if not said:
        raise InvalidInput(why="Write what in this family makes it this rating")
    return said
