"""Where a request for information stands, and the steps that lead from state to state."""

from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed


class State(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    IN_WORK = "in_work"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ANSWERED = "answered"
    REFUSED = "refused"
    PASSED = "passed"
    REDIRECTED = "redirected"
    THERE = "there"
    ENDED = "ended"

    @property
    def words(self) -> str:
        return dict(STATES)[self.value]

    @property
    def settled(self) -> bool:
        """Whether nothing is waited for any more."""
        return self in SETTLED


STATES = [
    (State.WAITING.value, "Nobody has taken it yet"),
    (State.IN_WORK.value, "Being worked on"),
    (State.PROPOSED.value, "Waiting for a second person"),
    (State.APPROVED.value, "Approved, not sent yet"),
    (State.ANSWERED.value, "Answered"),
    (State.REFUSED.value, "Refused"),
    (State.PASSED.value, "On its way to another team"),
    (State.REDIRECTED.value, "With another team, which answers it"),
    (State.THERE.value, "Answered by another team"),
    (State.ENDED.value, "No longer wanted"),
]
SETTLED = frozenset({State.ANSWERED, State.REFUSED, State.THERE, State.ENDED})


class Step(StrEnum):
    """What may happen to a request."""

    TAKE = "take"
    PROPOSE = "propose"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    CORRECT = "correct"
    SEND = "send"
    REFUSE = "refuse"
    HAND_OVER = "hand_over"
    ACCEPT_THERE = "accept_there"
    COME_BACK = "come_back"
    REDIRECT = "redirect"
    ANSWER_THERE = "answer_there"
    END = "end"
    REOPEN = "reopen"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.TAKE: (frozenset({State.WAITING}), State.IN_WORK),
    Step.PROPOSE: (frozenset({State.IN_WORK}), State.PROPOSED),
    Step.TAKE_BACK: (frozenset({State.PROPOSED}), State.IN_WORK),
    Step.SEND_BACK: (frozenset({State.PROPOSED}), State.IN_WORK),
    Step.APPROVE: (frozenset({State.PROPOSED}), State.APPROVED),
    Step.CORRECT: (frozenset({State.APPROVED}), State.IN_WORK),
    Step.SEND: (frozenset({State.APPROVED}), State.ANSWERED),
    Step.REFUSE: (frozenset({State.APPROVED}), State.REFUSED),
    Step.REDIRECT: (frozenset({State.WAITING, State.IN_WORK}), State.REDIRECTED),
    Step.HAND_OVER: (frozenset({State.WAITING, State.IN_WORK}), State.PASSED),
    Step.ACCEPT_THERE: (frozenset({State.PASSED}), State.REDIRECTED),
    Step.COME_BACK: (frozenset({State.PASSED, State.REDIRECTED}), State.IN_WORK),
    Step.ANSWER_THERE: (frozenset({State.REDIRECTED}), State.THERE),
    Step.END: (
        frozenset({State.WAITING, State.IN_WORK, State.PROPOSED, State.APPROVED, State.REDIRECTED}),
        State.ENDED,
    ),
    Step.REOPEN: (frozenset({State.ANSWERED, State.REFUSED, State.THERE, State.ENDED}), State.IN_WORK),
}

_STANDS = {
    State.WAITING: "Nobody has taken this request yet. Take it first.",
    State.IN_WORK: "This request is being worked on: nothing is proposed at present.",
    State.PROPOSED: "An answer waits for a second person.",
    State.APPROVED: "The answer is approved and waits to be sent.",
    State.ANSWERED: "This request was answered.",
    State.REFUSED: "This request was refused.",
    State.PASSED: "This request is on its way to another team, which has not accepted it yet.",
    State.REDIRECTED: "Another team has this request and answers it.",
    State.THERE: "This request was answered by another team.",
    State.ENDED: "Whoever asked no longer wants an answer.",
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(_STANDS[State(state)])
    return result


def second_person(proposed_by: int, by: int | None) -> None:
    """What leaves the house is read by two: nobody approves what they proposed (trust S25).

    :raises StepNotAllowed: it is the same person
    """
    if by is None or proposed_by == by:
        raise StepNotAllowed("You proposed this answer. Another person reads and approves it.")
