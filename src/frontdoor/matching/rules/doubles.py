"""The law of a suspicion that two records are one person: its steps, and how far a search for them is."""

from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.matching.rules import states


class State(StrEnum):
    """Where a suspicion stands."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    REJECTED = "rejected"

    @property
    def words(self) -> str:
        return dict(states.SUSPICION_STATES)[self.value]


class Step(StrEnum):
    """What may happen to a suspicion."""

    PROPOSE = "propose"
    RETURN = "return"
    REJECT = "reject"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.PROPOSE: (frozenset({State.WAITING}), State.PROPOSED),
    Step.RETURN: (frozenset({State.PROPOSED}), State.WAITING),
    Step.REJECT: (frozenset({State.WAITING, State.PROPOSED}), State.REJECTED),
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(f"{State(state).words}.")
    return result


def share(done: int, total: int) -> int:
    """How far a search is, in whole hundredths: a hundred only when all is done."""
    return min(99, done * 100 // total) if 0 <= done < total else 100 if total else 0
