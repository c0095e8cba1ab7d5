"""The law of telling a family: who should hear, in which fixed words, by which steps, and what may hold it back.

Domain 1.10, 9.2 and 11 (3, 7, 19). Words are chosen from lists: nothing typed reaches a family, so nothing typed can
say who told us. Whoever chooses the words does not release them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Escalation, Owner, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.codes import rules as codes
from frontdoor.councils.rules import Kind, Setting
from frontdoor.councils.rules import declare as declare_setting
from frontdoor.councils.rules.declared import ARRIVAL

SUBJECT = "contacts.telling"

AGAIN_DAYS = declare_setting(
    Setting(
        "tell_family.again_days",
        "A decision not to tell somebody of the family is looked at again within, unless another day is set",
        ARRIVAL,
        Kind.NUMBER,
        10,
        "Local practice; a reason for not telling is not for ever",
        unit="working days",
        minimum=1,
        maximum=60,
    )
)
AGAIN = declare_clock(
    ClockKind(
        name="contacts.family_again",
        title="A decision not to tell a family is looked at again",
        handoff="Decision to family",
        unit=Unit.WORKING_DAYS,
        setting=AGAIN_DAYS.name,
        source="Local practice; no national figure",
        owner=Owner.PERSON,
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)


class Told(StrEnum):
    """What somebody is told of."""

    ARRIVED = "arrived"
    DECIDED = "decided"


TOLD = [(Told.ARRIVED.value, "That it arrived"), (Told.DECIDED.value, "What was decided, and why")]


class Part(StrEnum):
    """As what somebody is told."""

    PARENT = "parent"
    CHILD = "child"


PARTS = [(Part.PARENT.value, "A parent or carer"), (Part.CHILD.value, "The child")]


class How(StrEnum):
    """How somebody of a family is told; never by e-mail or text, which others may read."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    LETTER = "letter"


HOWS = [(How.IN_PERSON.value, "In person"), (How.PHONE.value, "By telephone"), (How.LETTER.value, "By letter")]


class State(StrEnum):
    """Where the telling of one person stands."""

    TO_TELL = "to_tell"
    CHOSEN = "chosen"
    RELEASED = "released"
    TOLD = "told"
    NOT_TOLD = "not_told"
    CALLED_OFF = "called_off"


STATES = [
    (State.TO_TELL.value, "To be told"),
    (State.CHOSEN.value, "Words wait for a second person"),
    (State.RELEASED.value, "May be told now"),
    (State.TOLD.value, "Told"),
    (State.NOT_TOLD.value, "Not told"),
    (State.CALLED_OFF.value, "Not needed: the decision was taken back"),
]


class Step(StrEnum):
    """What may happen to it."""

    CHOOSE = "choose"
    TAKE_BACK = "take_back"
    RELEASE = "release"
    TELL = "tell"
    NOT_TELL = "not_tell"
    RECONSIDER = "reconsider"
    CALL_OFF = "call_off"


_OPEN = frozenset({State.TO_TELL, State.CHOSEN, State.RELEASED})
OPEN = tuple(sorted(state.value for state in _OPEN))
"""States in which somebody is still to be told."""

STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.CHOOSE: (frozenset({State.TO_TELL}), State.CHOSEN),
    Step.TAKE_BACK: (frozenset({State.CHOSEN, State.RELEASED}), State.TO_TELL),
    Step.RELEASE: (frozenset({State.CHOSEN}), State.RELEASED),
    Step.TELL: (frozenset({State.RELEASED}), State.TOLD),
    Step.NOT_TELL: (_OPEN | {State.NOT_TOLD}, State.NOT_TOLD),
    Step.RECONSIDER: (frozenset({State.NOT_TOLD}), State.TO_TELL),
    Step.CALL_OFF: (_OPEN | {State.NOT_TOLD}, State.CALLED_OFF),
}

_NOT_ALLOWED = {
    State.TO_TELL: "Nobody has chosen the words yet.",
    State.CHOSEN: "The words wait for a second person.",
    State.RELEASED: "The words have been released already.",
    State.TOLD: "This person has been told already.",
    State.NOT_TOLD: "A manager has decided that this person is not told for now.",
    State.CALLED_OFF: "The decision was taken back, so nobody is told of it.",
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(_NOT_ALLOWED[State(state)])
    return result


def may(state: str, step: Step) -> bool:
    """Whether the step leads on from this state: which buttons a page shows."""
    return State(state) in STEPS[step][0]


RESPONSIBILITY = [
    ("yes", "Yes, they have parental responsibility"),
    ("care", "No, but they care for the child day to day"),
    ("no", "No"),
    ("unknown", "Not known"),
]
"""What is known of a person's standing towards this child, when the words are chosen (domain 11.19)."""

WORRIES = [
    ("wellbeing", "how the child is"),
    ("safety", "whether the child is safe"),
    ("home", "something at home"),
    ("outside", "something outside the home"),
    ("support", "help that the family may need"),
    ("missing", "the child being away from home"),
]
"""What had arrived, in words from which nobody can tell who said it."""

REASONS = [
    ("no_more_needed", "On what we know now, nothing more from us is needed."),
    ("advice_enough", "On what we know now, advice or a service nearby is the right help."),
    ("help_by_agreement", "We think that your family could use some help, and it is yours to accept or not."),
    ("look_closer", "What we were told needs a closer look before anything else is decided."),
    ("keep_safe", "We have to make sure that the child is safe."),
    ("worker_already", "The child has a worker already, who goes on with it."),
    ("other_council", "Another council is responsible where the child lives."),
]
"""Why it was decided, in fixed words."""

_USUAL = {
    "nfa": "no_more_needed",
    "information_advice": "advice_enough",
    "signpost": "advice_enough",
    "returned_to_referrer": "look_closer",
    "early_help": "help_by_agreement",
    "passed_to_allocated_worker": "worker_already",
    "strategy_discussion_s47": "keep_safe",
    "immediate_protection": "keep_safe",
    "other_la_transfer": "other_council",
}
_NEXT = {
    "no_more_needed": "Nothing more happens now. If something changes or you would like help, ring us.",
    "advice_enough": "You can ring us if you would like to talk about it, or if something changes.",
    "help_by_agreement": "Somebody gets in touch with you to talk about what would help.",
    "worker_already": "The worker whom you know gets in touch with you.",
    "other_council": "That council gets in touch with you. Until then you can ring us.",
}
_GETS_IN_TOUCH = "A social worker gets in touch with you and tells you what happens. You can ring us before that."


def usual_reason(outcome: str) -> str:
    """The fixed reason that mostly belongs to an outcome, as a proposal."""
    return _USUAL.get(outcome, "look_closer")


def next_step(reason: str) -> str:
    """What happens next, as it is said to a family."""
    return _NEXT.get(reason, _GETS_IN_TOUCH)


WHY_NOT = [
    ("raises_risk", "Telling them would raise the risk to a child or to somebody else"),
    ("evidence", "Evidence could be lost"),
    ("not_found", "They cannot be found or reached safely"),
    ("not_theirs", "They have no parental responsibility for this child, and do not care for them"),
    ("other", "Another reason"),
]
FOR_GOOD = frozenset({"not_theirs"})
"""Reasons that no day brings back: it was never theirs to hear."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a contact names, as far as it says whether they should hear.

    :param relationship: as it was told, in anybody's words
    :param responsibility: parental responsibility, or None where nobody said
    :param age: in whole years, or None
    """

    adult: bool
    relationship: str
    responsibility: bool | None
    age: int | None = None


def should_hear(person: Person, *, is_the_child: bool, child_from: int) -> bool:
    """Whether somebody should hear what was decided for one child, unless a manager says why not.

    An adult with parental responsibility or who cares for the child; the child from an age that the council sets.
    A contact does not say whose parent each adult is where it names several children: whoever is named as one is
    listed for each, and the page asks what they are to this child.
    """
    if not person.adult:
        return is_the_child and person.age is not None and person.age >= child_from
    known = codes.relationship(person.relationship)
    return bool(person.responsibility) or known.parent or known.carer


def whole_years(born: date | None, approximate: int | None, *, on: date) -> int | None:
    """Somebody's age, from a date of birth or as somebody guessed it."""
    if born is None:
        return approximate
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who tells somebody, when, how and in which words."""

    how: str
    teller: int
    tell_at: datetime
    worry: str
    reason: str
    responsibility: str
    known_from: str = ""


def problems(given: Chosen, *, part: str, told: str) -> dict[str, str]:
    """What is wrong with a choice, by field."""
    found = {}
    if given.how not in set(How):
        found["how"] = "Choose how they are told"
    if given.worry not in dict(WORRIES):
        found["worry"] = "Choose the words for what arrived"
    if told == Told.DECIDED and given.reason not in dict(REASONS):
        found["reason"] = "Choose the words for why"
    if part == Part.PARENT:
        found |= _problems_of_parent(given)
    return found


def _problems_of_parent(given: Chosen) -> dict[str, str]:
    if given.responsibility not in dict(RESPONSIBILITY):
        return {"responsibility": "Say whether they have parental responsibility for this child"}
    if given.responsibility in ("yes", "care") and not given.known_from.strip():
        return {"known_from": "Say from where this is known"}
    if given.responsibility == "no":
        return {"responsibility": "They are not told. A manager records why they are not."}
    if given.how == How.LETTER and given.responsibility != "yes":
        return {"how": "A letter goes only to somebody who has parental responsibility for this child"}
    return {}


def check_not_telling(why: str, words: str, again_on: date | None, *, on: date) -> None:
    """A manager's reason for not telling somebody, with words and a day to look again.

    :raises InvalidInput: with a message by field
    """
    found = {}
    if why not in dict(WHY_NOT):
        found["why"] = "Choose why they are not told"
    if not words.strip():
        found["words"] = "Write what this rests on"
    if why not in FOR_GOOD and (again_on is None or again_on <= on):
        found["again_on"] = "Give the day on which this is looked at again, after today"
    if found:
        raise InvalidInput(**found)
