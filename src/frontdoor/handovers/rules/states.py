"""The steps of a slip. Until it is accepted it belongs to the giver; urgent work is never refused, only corrected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frontdoor.actors.rules import InvalidInput, StepNotAllowed


class State(StrEnum):
    """Where a slip stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CORRECTED = "corrected"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def settled(self) -> bool:
        """Whether it has left the giver's list."""
        return self in (State.ACCEPTED, State.WITHDRAWN)

    @property
    def back(self) -> bool:
        """Whether it is with its giver again: refused, sent back to be put right, or refused twice."""
        return self in (State.REFUSED, State.CORRECTED, State.ESCALATED)


_WORDS = {
    State.SENT: "Waiting to be accepted",
    State.ACCEPTED: "Accepted",
    State.REFUSED: "Refused: back with the giver",
    State.CORRECTED: "Sent back to be put right",
    State.ESCALATED: "Refused twice: with the head of service",
    State.WITHDRAWN: "Withdrawn",
}
STATES = [(state.value, state.words) for state in State]


class Step(StrEnum):
    """What may happen to a slip."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    REFUSE_AGAIN = "refuse_again"
    CORRECT = "correct"
    SEND_AGAIN = "send_again"
    RULE_TAKE = "rule_take"
    RULE_KEEP = "rule_keep"
    WITHDRAW = "withdraw"


_UNSETTLED = frozenset({State.SENT, State.REFUSED, State.CORRECTED, State.ESCALATED})

STEPS: dict[Step, tuple[frozenset[State], State]] = {
    # Who has refused or sent back may still take it on: nobody waits for a form.
    Step.ACCEPT: (_UNSETTLED, State.ACCEPTED),
    Step.REFUSE: (frozenset({State.SENT}), State.REFUSED),
    Step.REFUSE_AGAIN: (frozenset({State.SENT}), State.ESCALATED),
    Step.CORRECT: (frozenset({State.SENT}), State.CORRECTED),
    Step.SEND_AGAIN: (frozenset({State.REFUSED, State.CORRECTED}), State.SENT),
    Step.RULE_TAKE: (frozenset({State.ESCALATED}), State.ACCEPTED),
    Step.RULE_KEEP: (frozenset({State.ESCALATED}), State.REFUSED),
    Step.WITHDRAW: (_UNSETTLED, State.WITHDRAWN),
}

_INSTEAD = {
    State.SENT: "This is waiting for the receiving team.",
    State.ACCEPTED: "This has been accepted already.",
    State.REFUSED: "This was refused and is back with the giver.",
    State.CORRECTED: "This was sent back and the giver has to put it right.",
    State.ESCALATED: "This was refused twice: the head of service settles it.",
    State.WITHDRAWN: "This was withdrawn by the giver.",
}


class Ruling(StrEnum):
    """How a head of service settles what was refused twice."""

    TAKE = "take"
    KEEP = "keep"

    @property
    def words(self) -> str:
        return "The receiving team takes it" if self is Ruling.TAKE else "The giver keeps it or sends it elsewhere"


RULINGS = [(ruling.value, ruling.words) for ruling in Ruling]
RULING_STEPS = {Ruling.TAKE: Step.RULE_TAKE, Ruling.KEEP: Step.RULE_KEEP}


class Wrong(StrEnum):
    """What is wrong with a slip that is sent back to be put right."""

    TEAM = "team"
    DETAILS = "details"
    MISSING = "missing"

    @property
    def words(self) -> str:
        return {
            Wrong.TEAM: "It came to the wrong team",
            Wrong.DETAILS: "Details are wrong",
            Wrong.MISSING: "Something we need is missing",
        }[self]


WRONGS = [(wrong.value, wrong.words) for wrong in Wrong]


class Turn(StrEnum):
    """What the history of a slip tells, line by line."""

    SENT = "sent"
    TOLD = "told"
    CHASED = "chased"
    HALF_TIME = "half_time"
    LATE = "late"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CORRECTED = "corrected"
    ESCALATED = "escalated"
    RULED = "ruled"
    SENT_AGAIN = "sent_again"
    WITHDRAWN = "withdrawn"
    CROSSED = "crossed"
    TAKEN_OVER = "taken_over"

    @property
    def words(self) -> str:
        return {
            Turn.SENT: "Sent",
            Turn.TOLD: "Told",
            Turn.CHASED: "Chased",
            Turn.HALF_TIME: "Reminder: half of the time to accept has gone",
            Turn.LATE: "Reminder: not accepted in time",
            Turn.ACCEPTED: "Accepted",
            Turn.REFUSED: "Refused",
            Turn.CORRECTED: "Sent back to be put right",
            Turn.ESCALATED: "Passed to the head of service",
            Turn.RULED: "Settled by the head of service",
            Turn.SENT_AGAIN: "Sent again",
            Turn.WITHDRAWN: "Withdrawn",
            Turn.CROSSED: "An answer arrived after this had moved on",
            Turn.TAKEN_OVER: "Taken over for a giver who has gone",
        }[self]


TURNS = [(turn.value, turn.words) for turn in Turn]


@dataclass(frozen=True, slots=True)
class Conversation:
    """The talk with a manager without which nothing is refused.

    :param manager: the name, as it will be shown
    :param at: when they spoke
    :param manager_id: the account, where the manager is a colleague here
    """

    manager: str
    at: datetime
    manager_id: int | None = None


def urgent(rating: str, *, section47: bool) -> bool:
    """Red and section 47 work, which nobody may refuse."""
    return section47 or rating == "red"


def _by_nobody() -> tuple[str, datetime | None]:
    return "", None


def after(state: str, step: Step, *, brought: Callable[[], tuple[str, datetime | None]] = _by_nobody) -> State:
    """The state that a step leads to.

    :param brought: who brought it where it stands, and when; asked only when the step is refused
    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        who, when = brought()
        raise StepNotAllowed(_INSTEAD[State(state)], who=who, when=when)
    return result


def refusal(refusals: int, *, is_urgent: bool) -> Step:
    """Which step a refusal is: the first goes back to the giver, each further one to the head of service.

    :param refusals: how often this work was refused before, by whomever
    :raises StepNotAllowed: red and section 47 work is corrected, never refused
    """
    if is_urgent:
        raise StepNotAllowed(
            "Red and section 47 work cannot be refused. If something is wrong with it, send it back to be put right."
        )
    return Step.REFUSE_AGAIN if refusals else Step.REFUSE


def said(**texts: str) -> dict[str, str]:
    """The texts without the blanks around them.

    :raises InvalidInput: one of them is empty
    """
    stripped = {name: text.strip() for name, text in texts.items()}
    if missing := [name for name, text in stripped.items() if not text]:
        raise InvalidInput(**{name: MISSING.get(name, "Write something here.") for name in missing})
    return stripped


MISSING = {
    "summary": "Say in one line what this is.",
    "why": "Say why you hand this over.",
    "reason": "Say why.",
    "text": "Say what is wrong and what you need.",
    "note": "Say how you chased and what was said.",
    "changed": "Say what you have changed or why it goes again.",
    "manager": "Name the manager you spoke to.",
    "outside": "Say who takes this on.",
    "who": "Name the person who answered.",
}


def wrong_with(wrong: str, text: str) -> str:
    """What has to be put right, in words.

    :raises InvalidInput: it is not said which kind of thing is wrong, or not what
    """
    if wrong not in dict(WRONGS):
        raise InvalidInput(wrong="Choose what is wrong.")
    return said(text=text)["text"]


def check_conversation(talk: Conversation, *, sent_at: datetime, at: datetime) -> None:
    """See that the talk with a manager was about this slip.

    :raises InvalidInput: no name, or a time before it was sent or in the future
    """
    said(manager=talk.manager)
    if talk.at > at:
        raise InvalidInput(talked_at="The conversation cannot be in the future.")
    if talk.at < sent_at.replace(second=0, microsecond=0):
        raise InvalidInput(talked_at="The conversation must be after this was sent to you.")
