"""Where early help for a family stands (domain 4), and the steps that lead from state to state."""

from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed


class State(StrEnum):
    """Where early help for a family stands."""

    REQUESTED = "requested"
    AGREED = "agreed"
    WAITING = "waiting"
    OFFERED = "offered"
    ALLOCATED = "allocated"
    SCREENING = "screening"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return dict(STATES)[self.value]

    @property
    def settled(self) -> bool:
        """Whether nothing is waited for any more."""
        return self is State.CLOSED


STATES = [
    (State.REQUESTED.value, "Asked for: nobody has agreed yet"),
    (State.AGREED.value, "Agreed: not triaged yet"),
    (State.WAITING.value, "On the waiting list"),
    (State.OFFERED.value, "Offered: not accepted yet"),
    (State.ALLOCATED.value, "Taken on"),
    (State.SCREENING.value, "To be looked at for risk"),
    (State.CLOSED.value, "Ended"),
]


class Step(StrEnum):
    """What may happen to early help for a family."""

    AGREE = "agree"
    TARGET = "target"
    POINT = "point"
    OFFER = "offer"
    TAKE_ON = "take_on"
    DECLINE = "decline"
    STOP = "stop"
    TRY_AGAIN = "try_again"
    END = "end"
    CLOSE = "close"
    REOPEN = "reopen"


_OPEN = frozenset(State) - {State.CLOSED}

STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.AGREE: (frozenset({State.REQUESTED}), State.AGREED),
    Step.TARGET: (frozenset({State.AGREED}), State.WAITING),
    # Universal services, or below what early help is for: with alternatives that the family can use. Nobody needs to
    # agree to being told of them.
    Step.POINT: (frozenset({State.REQUESTED, State.AGREED}), State.CLOSED),
    Step.OFFER: (frozenset({State.WAITING}), State.OFFERED),
    Step.TAKE_ON: (frozenset({State.OFFERED}), State.ALLOCATED),
    Step.DECLINE: (frozenset({State.OFFERED}), State.WAITING),
    # The family does not want it, has changed its mind, or answers nobody: no way leads past the look for risk.
    Step.STOP: (_OPEN - {State.SCREENING}, State.SCREENING),
    Step.TRY_AGAIN: (frozenset({State.SCREENING}), State.REQUESTED),
    Step.END: (frozenset({State.SCREENING}), State.CLOSED),
    Step.CLOSE: (frozenset({State.ALLOCATED}), State.CLOSED),
    Step.REOPEN: (frozenset({State.CLOSED}), State.REQUESTED),
}

_STANDS = {
    State.REQUESTED: "Nobody in the family has agreed yet. Record who agrees first.",
    State.AGREED: "The family has agreed, and nobody has decided yet which help fits.",
    State.WAITING: "This family is on the waiting list.",
    State.OFFERED: "This was offered, and the answer is outstanding.",
    State.ALLOCATED: "This family was taken on.",
    State.SCREENING: "A social worker looks at this for risk before it ends.",
    State.CLOSED: "This has ended.",
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(_STANDS[State(state)])
    return result


def why_not(state: str, step: Step | None) -> str:
    """Why a step does not lead on from a state, in words; empty where it does.

    :param step: None for what may be done with any that is open
    """
    stands = State(state)
    leads = not stands.settled if step is None else stands in STEPS[step][0]
    return "" if leads else _STANDS[stands]


class Ending(StrEnum):
    """How early help ended: the census fields of early help ask for it."""

    UNIVERSAL = "universal"
    NOT_AT_THRESHOLD = "not_at_threshold"
    DECLINED = "declined"
    DISENGAGED = "disengaged"
    STEPPED_UP = "stepped_up"
    OUTCOMES_MET = "outcomes_met"
    SINGLE_AGENCY = "single_agency"
    MOVED = "moved"

    @property
    def words(self) -> str:
        return dict(ENDINGS)[self.value]


ENDINGS = [
    (Ending.UNIVERSAL.value, "Services that everyone can use fit this family"),
    (Ending.NOT_AT_THRESHOLD.value, "Below what early help is for: other help was named"),
    (Ending.DECLINED.value, "The family did not want it"),
    (Ending.DISENGAGED.value, "The family stopped answering"),
    (Ending.STEPPED_UP.value, "Went back to the front door: more than early help is needed"),
    (Ending.OUTCOMES_MET.value, "What the family wanted was reached"),
    (Ending.SINGLE_AGENCY.value, "One agency goes on alone"),
    (Ending.MOVED.value, "The family moved away"),
]
OF_WORK = (Ending.OUTCOMES_MET, Ending.SINGLE_AGENCY, Ending.MOVED, Ending.STEPPED_UP)
"""How work that was taken on ends; a family that refuses or does not answer goes another way."""
LOOKED_AT = frozenset({Ending.DECLINED, Ending.DISENGAGED})
"""Endings that nothing reaches without a look for risk."""


class Line(StrEnum):
    """What the history tells, line by line."""

    OPENED = "opened"
    CHILD_ADDED = "child_added"
    TAKEN = "taken"
    AGREEMENT = "agreement"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    TRIAGED = "triaged"
    OFFERED = "offered"
    TAKEN_ON = "taken_on"
    DECLINED = "declined"
    REVIEWED = "reviewed"
    STOPPED = "stopped"
    SCREENED = "screened"
    STEPPED_UP = "stepped_up"
    CLOSED = "closed"
    REOPENED = "reopened"
    TOLD_OF = "told_of"
    NOTE = "note"

    @property
    def words(self) -> str:
        return dict(LINES)[self.value]


LINES = [
    (Line.OPENED.value, "Came to the hub"),
    (Line.CHILD_ADDED.value, "A child joined"),
    (Line.TAKEN.value, "Taken"),
    (Line.AGREEMENT.value, "Agreement"),
    (Line.REACHED.value, "Spoke with the family"),
    (Line.NOT_REACHED.value, "Tried to reach the family"),
    (Line.TRIAGED.value, "Triaged"),
    (Line.OFFERED.value, "Offered"),
    (Line.TAKEN_ON.value, "Taken on"),
    (Line.DECLINED.value, "Not taken on"),
    (Line.REVIEWED.value, "Looked at on the waiting list"),
    (Line.STOPPED.value, "The family does not want it, or does not answer"),
    (Line.SCREENED.value, "Looked at for risk"),
    (Line.STEPPED_UP.value, "Went back to the front door"),
    (Line.CLOSED.value, "Ended"),
    (Line.REOPENED.value, "Opened again"),
    (Line.TOLD_OF.value, "Told of services"),
    (Line.NOTE.value, "Note"),
]
