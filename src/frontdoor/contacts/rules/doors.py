"""When a report from the public pages may not be genuine: said in words, looked at by people, and never held back.

A mark is a reason to look, printed as it is; nothing is counted into a score. What is marked is taken in like all else,
its clocks run, and a child who is said to be in danger now keeps their place whatever is marked.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.contacts.rules.intake import folded
from frontdoor.councils.rules import Kind, Setting, declare

PUBLIC_PAGES = "Public pages"
_SOURCE = "Local practice; a whole school or a hospital may share one network"

PER_HOUR = declare(
    Setting(
        "doors.per_hour", "Reports from one network within an hour that are not marked", PUBLIC_PAGES, Kind.NUMBER, 20,
        _SOURCE, unit="reports", minimum=1, maximum=10_000,
    )
)  # fmt: skip
SAME_WORDS = declare(
    Setting(
        "doors.same_words", "Reports in the same words within a day that are not marked", PUBLIC_PAGES, Kind.NUMBER, 2,
        "Local practice; people send the same twice when they are not sure that it arrived", unit="reports",
        minimum=1, maximum=1_000,
    )
)  # fmt: skip
SECONDS = declare(
    Setting(
        "doors.seconds", "A report that was begun and sent faster than this is marked", PUBLIC_PAGES, Kind.NUMBER, 5,
        "Local practice; nobody reads and answers ten pages in that time", unit="seconds", minimum=0, maximum=120,
    )
)  # fmt: skip
LIMITS = (PER_HOUR, SAME_WORDS, SECONDS)
"""The settings, in the order of `Limits`."""


class Mark(StrEnum):
    """Why somebody should look whether a report is genuine."""

    MANY = "many"
    SAME = "same"
    FAST = "fast"
    TRAP = "trap"


WORDS = {
    Mark.MANY: "Many reports came from the same network within an hour",
    Mark.SAME: "The same words came several times within a day",
    Mark.FAST: "It was filled in faster than people read",
    Mark.TRAP: "A question was answered that no person can see",
}


class Answer(StrEnum):
    """What somebody says who has looked."""

    GENUINE = "genuine"
    NOT_GENUINE = "not_genuine"


ANSWERS = [(Answer.GENUINE.value, "Genuine: it goes on"), (Answer.NOT_GENUINE.value, "Not genuine")]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a council leaves unmarked."""

    per_hour: int
    same_words: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Came:
    """How a report came.

    :param in_the_hour: how many came from its network in this hour, itself counted
    :param same: how many came in these words in a day, itself counted
    :param seconds: from its beginning to its sending; None for what is quick on purpose
    :param trap: whether the hidden question was answered
    """

    in_the_hour: int = 1
    same: int = 1
    seconds: float | None = None
    trap: bool = False


def marks(came: Came, limits: Limits) -> tuple[Mark, ...]:
    """Why this report should be looked at; empty for nearly all."""
    found = (
        (Mark.MANY, came.in_the_hour > limits.per_hour),
        (Mark.SAME, came.same > limits.same_words),
        (Mark.FAST, came.seconds is not None and came.seconds < limits.seconds),
        (Mark.TRAP, came.trap),
    )
    return tuple(mark for mark, so in found if so)


MOST_AT_ONCE = 50
"""How many may be settled in one act: as many as somebody can read in one sitting."""

DANGER_STEMS = (
    "999", "abus", "aggress", "assault", "beat", "bleed", "blood", "bruis", "burn", "chok", "collaps", "danger", "dead",
    "death", "die[sd]?", "drown", "dying", "emergenc", "grab", "groom", "gun", "help m", "hit", "hurt", "injur", "kick",
    "kidnap", "kill", "knife", "knive", "locked", "miss", "murder", "naked", "now", "overdos", "pills?", "poison",
    "punch", "rape", "raping", "run away", "ran away", "scared", "scream", "self[- ]?harm", "sex", "shak", "shoot",
    "shot", "slap", "smack", "smother", "stab", "starv", "strangl", "suicid", "threat", "touch", "tonight",
    "unconscious", "violen", "weapon", "wound",
)  # fmt: skip
"""Beginnings of words that may speak of danger. It errs towards reading: a word too many costs one page."""
DANGER_PATTERN = f"({'|'.join(DANGER_STEMS)})"
_DANGER = re.compile(rf"\b{DANGER_PATTERN}", re.IGNORECASE)


def speaks_of_danger(text: str) -> bool:
    """Whether words may speak of danger; then a report is read first, and settled by itself."""
    return _DANGER.search(text) is not None


@dataclass(frozen=True, slots=True)
class Report:
    """What of a marked report says whether it may be settled with others.

    :param danger: yes, no or unknown, as it was told
    :param loud: somebody looked and said danger, or a red flag stands
    """

    words: str
    marks: str
    came_at: datetime
    danger: str = "unknown"
    loud: bool = False

    @property
    def alone(self) -> bool:
        """Whether it is settled by itself, whatever it resembles."""
        return self.danger == "yes" or self.loud or speaks_of_danger(self.words)


def alike(one: Report, other: Report) -> bool:
    """Whether two reports may be settled in one act: the same words, or the same marks within an hour; never danger."""
    if one.alone or other.alone:
        return False
    same = folded(one.words) == folded(other.words) != ""
    return same or (one.marks == other.marks and abs(one.came_at - other.came_at) <= timedelta(hours=1))


def check_together(reports: Sequence[Report]) -> None:
    """Refuse to settle in one act what is not alike.

    :raises InvalidInput: none or too many are chosen, or one of them is not like the first
    """
    if not reports:
        raise InvalidInput(which="Choose at least one report")
    if len(reports) > MOST_AT_ONCE:
        raise InvalidInput(which=f"Choose {MOST_AT_ONCE} reports or fewer")
    if reports[0].alone or not all(alike(reports[0], each) for each in reports[1:]):
        raise InvalidInput(which="One of these may speak of danger, or is not like the others. Settle it by itself")


def kept(found: Collection[Mark]) -> str:
    """Marks as they are kept."""
    return ",".join(found)


def in_words(text: str) -> tuple[str, ...]:
    """Kept marks as people read them."""
    return tuple(WORDS[Mark(each)] for each in text.split(",") if each)


def check_open(answer: str, *, asked: bool, ended: bool) -> None:
    """Whether it can still be answered.

    :param asked: a second person has been asked to agree that it is not genuine
    :param ended: its contact is closed
    :raises StepNotAllowed: it was found genuine, a second person is asked, or the contact is closed
    """
    if answer == Answer.GENUINE:
        raise StepNotAllowed("Somebody has said already that this is genuine.")
    if asked:
        raise StepNotAllowed("A second person has been asked. They agree, or keep it as a contact.")
    if ended:
        raise StepNotAllowed("This contact is closed.")


def reason(why: str) -> str:
    """The line that says why a report is not genuine.

    :raises InvalidInput: it is empty, or longer than a line
    """
    line = why.strip()
    if not line:
        raise InvalidInput(why="Write one line: why it is not genuine")
    if len(line) > 280 or any(mark in line for mark in "\r\n"):
        raise InvalidInput(why="Write one line of at most 280 characters")
    return f"Not genuine: {line}"
