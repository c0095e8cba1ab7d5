"""Invitations that go by e-mail: their states, and their words, which name no child, no family and nobody else."""

from datetime import datetime
from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.shell.rules import moment

REQUEST, CANCEL = "request", "cancel"
METHODS = [(REQUEST, "Asked"), (CANCEL, "Told that it is cancelled")]
"""Methods of RFC 5546."""


class State(StrEnum):
    """Where one e-mail stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


STATES = [
    (State.WAITING.value, "On its way"),
    (State.SENT.value, "Sent"),
    (State.FAILED.value, "Not delivered"),
    (State.DROPPED.value, "Not sent: it holds no more"),
]


class Step(StrEnum):
    """What may happen to one e-mail."""

    SEND = "send"
    REFUSE = "refuse"
    DROP = "drop"
    AGAIN = "again"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.SEND: (frozenset({State.WAITING}), State.SENT),
    # The provider does not take the address.
    Step.REFUSE: (frozenset({State.WAITING}), State.FAILED),
    # Something newer has gone to them, they may not be told any more, or the meeting has begun.
    Step.DROP: (frozenset({State.WAITING}), State.DROPPED),
    Step.AGAIN: (frozenset({State.FAILED}), State.WAITING),
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed("This invitation has gone out already.")
    return result


SENT_ALREADY = "It went to this address already. Write another, or take the file and hand it over"
BY_HAND = "Invitations go to nobody of the family by e-mail. Take the file and hand it over."
NOT_ASKED = "They are not asked any more."
LAST = "Nobody would be asked any more. Cancel the meeting instead."
UNTICKED = "Not asked any more"
LEFT = "They left the team"
SUBJECTS = {REQUEST: "A meeting", CANCEL: "A meeting is cancelled"}
ATTACHED = "If a file came with this message, your calendar reads it."
NAMES_NOBODY = "This message names nobody and does not say what the meeting is about. That is meant."


def words(
    method: str, *, starts_at: datetime, minutes: int, place: str, way: str, council: str, phone: str
) -> tuple[str, ...]:
    """The paragraphs of one e-mail: they say all that the file says, since not every provider carries files."""
    if method == CANCEL:
        said = [f"The meeting on {moment(starts_at)} is cancelled for you. You need not come."]
    else:
        said = [
            f"You are asked to a meeting on {moment(starts_at)}, for {minutes} minutes.",
            f"Where: {place} ({way.lower()})", "If you have had this invitation before, this one takes its place.",
        ]  # fmt: skip
    return (*said, f"Arranged by {council}. Questions: {phone}.", ATTACHED, NAMES_NOBODY)
