"""The law of pairs that are kept apart: two records that are never to be offered as one, some of which nobody sees."""

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.matching.rules.states import NOT_SAME_GROUNDS

SECRET = frozenset({"adoption", "protected"})
"""Grounds under which the pair is itself the secret: who sees it knows who somebody was before (domain 9.5, 11.11)."""

OFFERED = tuple((code, words) for code, words in NOT_SAME_GROUNDS if code in {"same_name", "twin"} | SECRET)
"""The grounds that a person may give; others are written where two records were looked at, or parted."""

_WORDS = 2
"""How many words a reason has at least."""


def check(ground: str, why: str) -> str:
    """A pair is kept apart for a reason of the list, and in words.

    :returns: the words, without blanks around them
    :raises InvalidInput: with a message by field
    """
    problems = {}
    if ground not in dict(OFFERED):
        problems["ground"] = "Choose why they are not to be offered as one"
    if len(why.split()) < _WORDS:
        problems["why"] = "Write why, in a few words"
    if problems:
        raise InvalidInput(**problems)
    return why.strip()


def check_why(why: str) -> str:
    """That it ends has a reason in words.

    :raises InvalidInput: there is none
    """
    if len(why.split()) < _WORDS:
        raise InvalidInput(why="Write why it was wrong, in a few words")
    return why.strip()


def check_stands(*, ended: bool, asked: bool = False) -> None:
    """What has ended does not end again, and is asked for once.

    :raises StepNotAllowed: it has ended, or somebody has asked
    """
    if ended:
        raise StepNotAllowed("These two are no longer kept apart.")
    if asked:
        raise StepNotAllowed("You have asked for that already. Somebody else has to say so too.")
