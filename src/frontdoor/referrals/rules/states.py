"""Where a referral stands: sent, back, with the team, in somebody's hands, closed."""

from collections.abc import Collection
from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.handovers.rules import State as SlipState


class State(StrEnum):
    """Where a referral stands."""

    OFFERED = "offered"
    BACK = "back"
    ACCEPTED = "accepted"
    IN_WORK = "in_work"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def settled(self) -> bool:
        return self in _SETTLED


_WORDS = {
    State.OFFERED: "Sent, not accepted yet",
    State.BACK: "Back with whoever sent it",
    State.ACCEPTED: "With the team, no worker yet",
    State.IN_WORK: "With a worker",
    State.CLOSED: "Closed",
    State.WITHDRAWN: "Taken back by whoever sent it",
    State.JOINED: "Goes on in another referral of the same child",
}
STATES = [(state.value, state.words) for state in State]
_SETTLED = frozenset({State.CLOSED, State.WITHDRAWN, State.JOINED})
OPEN = tuple(state.value for state in State if state not in _SETTLED)


class Step(StrEnum):
    """What may happen to a referral."""

    ACCEPT = "accept"
    COME_BACK = "come_back"
    GO_AGAIN = "go_again"
    WITHDRAW = "withdraw"
    PICK_UP = "pick_up"
    LEAVE = "leave"
    JOIN = "join"
    CLOSE = "close"
    REOPEN = "reopen"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.ACCEPT: (frozenset({State.OFFERED, State.BACK}), State.ACCEPTED),
    Step.COME_BACK: (frozenset({State.OFFERED}), State.BACK),
    Step.GO_AGAIN: (frozenset({State.BACK}), State.OFFERED),
    Step.WITHDRAW: (frozenset({State.OFFERED, State.BACK}), State.WITHDRAWN),
    Step.PICK_UP: (frozenset({State.ACCEPTED}), State.IN_WORK),
    # Passed to another team, it is with nobody there until somebody picks it up.
    Step.LEAVE: (frozenset({State.IN_WORK}), State.ACCEPTED),
    Step.JOIN: (frozenset({State.OFFERED, State.BACK, State.ACCEPTED, State.IN_WORK}), State.JOINED),
    Step.CLOSE: (frozenset({State.ACCEPTED, State.IN_WORK}), State.CLOSED),
    # With the team again, and nobody's until somebody picks it up.
    Step.REOPEN: (frozenset({State.CLOSED}), State.ACCEPTED),
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(f"{State(state).words}.")
    return result


def step_of_slips(state: str, slips: Collection[SlipState]) -> Step | None:
    """The step by which a referral follows its slips as they stand; None where it stands right.

    What was accepted once is the team's, whatever becomes of slips that brought more about the child later.

    :param slips: every slip that came for it; one that was sent elsewhere counts as taken back
    """
    if State(state) not in (State.OFFERED, State.BACK):
        return None
    if SlipState.ACCEPTED in slips:
        return Step.ACCEPT
    if SlipState.SENT in slips:
        return Step.GO_AGAIN if state == State.BACK else None
    if any(slip.back for slip in slips):
        return Step.COME_BACK if state == State.OFFERED else None
    return Step.WITHDRAW


class Turn(StrEnum):
    """What the history of a referral tells, line by line."""

    BEGAN = "began"
    MORE = "more"
    ACCEPTED = "accepted"
    BACK = "back"
    AGAIN = "again"
    WITHDRAWN = "withdrawn"
    PICKED_UP = "picked_up"
    GIVEN = "given"
    PASSED = "passed"
    NEED = "need"
    OPEN_CASE = "open_case"
    KNOWN = "known"
    JOINED = "joined"
    STRUCK = "struck"
    CLOSED = "closed"
    REOPENED = "reopened"
    BORN = "born"
    TOLD = "told"

    @property
    def words(self) -> str:
        return _TURNS[self]


_TURNS = {
    Turn.BEGAN: "Sent to the team",
    Turn.MORE: "More came about the same child",
    Turn.ACCEPTED: "Accepted by the team",
    Turn.BACK: "Back with whoever sent it",
    Turn.AGAIN: "Sent again",
    Turn.WITHDRAWN: "Taken back",
    Turn.PICKED_UP: "Picked up by a worker",
    Turn.GIVEN: "Given to another worker",
    Turn.PASSED: "Passed to another team",
    Turn.NEED: "Primary need",
    Turn.OPEN_CASE: "The child's case was open already",
    Turn.KNOWN: "It was said who the child is",
    Turn.JOINED: "Goes on in another referral of the same child",
    Turn.STRUCK: "Recorded by mistake",
    Turn.CLOSED: "Closed",
    Turn.REOPENED: "Opened again",
    Turn.BORN: "The child was born",
    Turn.TOLD: "Taken over from the case system",
}
TURNS = [(turn.value, turn.words) for turn in Turn]
