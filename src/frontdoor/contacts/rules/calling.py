"""The law of a call from a parent: nothing is confirmed before it is sure who rings, and then only what is theirs.

Domain 9.2 and 11 (8, 13, 19): never who told us or for whom they work, never another adult's data, never an address,
and only children for whom the caller has parental responsibility, or about whom they have been told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from frontdoor.actors.rules import InvalidInput
from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules.declared import CALL_BACK

SUBJECT = "contacts.familycall"

RING = declare_clock(
    ClockKind(
        name="contacts.family_call",
        title="A parent is rung back as promised",
        handoff="Promise to call back",
        unit=Unit.ELAPSED_MINUTES,
        setting=CALL_BACK.name,
        source="Local practice; what was promised is kept",
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)


class Check(StrEnum):
    """How it was made sure who rings."""

    CALLED_BACK = "called_back"
    FACTS = "facts"
    NOT_POSSIBLE = "not_possible"


CHECKS = [
    (Check.CALLED_BACK.value, "We rang them back on a number that was on record before"),
    (Check.FACTS.value, "They answered three questions rightly"),
    (Check.NOT_POSSIBLE.value, "It could not be made sure"),
]
FACTS_ASKED = 3
"""Questions that have to be answered rightly, all of them."""

NOTHING = (
    "You may say: I cannot say whether we have anything about anybody. That is the same for everybody who rings.",
    "You may say: a letter to the address that the family's school, nursery or doctor has would reach you.",
    "You may say: if you are worried about a child, tell me now. If anyone is in danger now, ring 999.",
    "Do not say: that there is, or is not, anything here; any name; any date.",
)
"""What is said to somebody of whom it is not sure who they are."""

NEVER = (
    "Do not say: who told us, or for whom they work, nor anything from which it could be guessed.",
    "Do not say: where anybody lives, or how anybody else is reached.",
    "Do not say: anything about another adult, or about a child who is not named above.",
)
"""What nobody who rings is told, whoever they are."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One question to the caller, and what the record says: the worker compares, and says neither.

    :param code: which question, as it is kept with whether it was answered rightly
    """

    code: str
    question: str
    answer: str


def facts(children: Sequence[tuple[str, date | None, str, str]]) -> tuple[Fact, ...]:
    """Questions that a parent can answer and that the record answers too.

    Where somebody lives is not among them: an address is never read out, and never asked where another may listen.

    :param children: label, date of birth, school, middle or other name by which they are known
    """
    found = []
    for number, (label, born, school, known_as) in enumerate(children, start=1):
        which = "the child" if len(children) == 1 else f"child {number} of {len(children)}"
        found.append(Fact(f"name-{number}", f"What is the full name of {which}?", label))
        if born is not None:
            found.append(Fact(f"born-{number}", f"When was {which} born?", f"{born.day}.{born.month}.{born.year}"))
        if school:
            found.append(Fact(f"school-{number}", f"Which school or nursery does {which} go to?", school))
        if known_as:
            found.append(Fact(f"known-{number}", f"By which other name is {which} known?", known_as))
    return tuple(found)


def check_identity(made: str, right: Sequence[str], offered: Sequence[str]) -> bool:
    """Whether it is sure who rings.

    :param made: which check
    :param right: codes of the questions that were answered rightly
    :param offered: codes of the questions that the record can answer
    :raises InvalidInput: no check, or too few right answers for the check that is said to have been made
    """
    if made not in set(Check):
        raise InvalidInput(check="Say how you made sure who rings")
    if made == Check.NOT_POSSIBLE:
        return False
    if made == Check.FACTS and len(set(right) & set(offered)) < FACTS_ASKED:
        raise InvalidInput(right=f"{FACTS_ASKED} right answers are needed. If there are fewer, it is not sure.")
    return True
