"""Where an enquiry stands (domain 3.6), and the steps that lead from state to state."""

from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed


class State(StrEnum):
    """Where an enquiry stands."""

    REQUESTED = "requested"
    RATED = "rated"
    GATHERING = "gathering"
    ANALYSIS = "analysis"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    CLOSED = "closed"
    STOOD_DOWN = "stood_down"
    JOINED = "joined"
    REOPENED = "reopened"

    @property
    def words(self) -> str:
        return dict(STATES)[self.value]

    @property
    def settled(self) -> bool:
        """Whether nothing is waited for any more."""
        return self in SETTLED

    @property
    def unrated(self) -> bool:
        """Whether it waits for a rating before anything else."""
        return self in (State.REQUESTED, State.REOPENED)


STATES = [
    (State.REQUESTED.value, "Not rated yet"),
    (State.RATED.value, "Rated: nobody was asked yet"),
    (State.GATHERING.value, "Agencies are being asked"),
    (State.ANALYSIS.value, "Being analysed together"),
    (State.RECOMMENDED.value, "Waiting for a manager"),
    (State.DECIDED.value, "Decided for every child"),
    (State.CLOSED.value, "Closed"),
    (State.STOOD_DOWN.value, "Stood down"),
    (State.JOINED.value, "Joined to another enquiry"),
    (State.REOPENED.value, "Opened again: not rated yet"),
]
SETTLED = frozenset({State.CLOSED, State.STOOD_DOWN, State.JOINED})


class Step(StrEnum):
    """What may happen to an enquiry."""

    RATE = "rate"
    GATHER = "gather"
    ANALYSE = "analyse"
    RECOMMEND = "recommend"
    SEND_BACK = "send_back"
    DECIDE = "decide"
    VOID = "void"
    ADD_CHILD = "add_child"
    CLOSE = "close"
    STAND_DOWN = "stand_down"
    JOIN = "join"
    REOPEN = "reopen"


_UNRATED = frozenset({State.REQUESTED, State.REOPENED})
_BEFORE_DECISION = _UNRATED | {State.RATED, State.GATHERING, State.ANALYSIS}

STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.RATE: (_UNRATED, State.RATED),
    Step.GATHER: (frozenset({State.RATED}), State.GATHERING),
    # Also while replies are outstanding: nobody waits for the last one before thinking.
    Step.ANALYSE: (frozenset({State.RATED, State.GATHERING, State.ANALYSIS, State.RECOMMENDED}), State.ANALYSIS),
    Step.RECOMMEND: (frozenset({State.ANALYSIS}), State.RECOMMENDED),
    Step.SEND_BACK: (frozenset({State.RECOMMENDED}), State.ANALYSIS),
    Step.DECIDE: (frozenset({State.RECOMMENDED}), State.DECIDED),
    Step.VOID: (frozenset({State.RECOMMENDED, State.DECIDED}), State.ANALYSIS),
    Step.ADD_CHILD: (frozenset({State.RECOMMENDED, State.DECIDED}), State.ANALYSIS),
    Step.CLOSE: (frozenset({State.DECIDED}), State.CLOSED),
    Step.STAND_DOWN: (_BEFORE_DECISION, State.STOOD_DOWN),
    Step.JOIN: (_BEFORE_DECISION, State.JOINED),
    Step.REOPEN: (frozenset({State.STOOD_DOWN, State.CLOSED}), State.REOPENED),
}

_STANDS = {
    State.REQUESTED: "This enquiry is not rated yet. Rate it first.",
    State.RATED: "This enquiry is rated already.",
    State.GATHERING: "Agencies are being asked for this enquiry.",
    State.ANALYSIS: "This enquiry is being analysed.",
    State.RECOMMENDED: "This enquiry waits for a manager.",
    State.DECIDED: "This enquiry was decided.",
    State.CLOSED: "This enquiry is closed.",
    State.STOOD_DOWN: "This enquiry was stood down.",
    State.JOINED: "This enquiry was joined to another one. Go on there.",
    State.REOPENED: "This enquiry was opened again and is not rated yet. Rate it first.",
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

    :param step: None for what may be done with any open enquiry
    """
    stands = State(state)
    leads = not stands.settled if step is None else stands in STEPS[step][0]
    return "" if leads else _STANDS[stands]


def open_still(state: str) -> None:
    """Go on only with an enquiry that is open.

    :raises StepNotAllowed: it was closed, stood down or joined to another
    """
    if State(state).settled:
        raise StepNotAllowed(_STANDS[State(state)])


class Change(StrEnum):
    """How a rating came about."""

    FIRST = "first"
    RAISED = "raised"
    LOWERED = "lowered"
    AGAIN = "again"

    @property
    def words(self) -> str:
        return dict(CHANGES)[self.value]


CHANGES = [
    (Change.FIRST.value, "Rated"),
    (Change.RAISED.value, "Rated higher"),
    (Change.LOWERED.value, "Rated lower"),
    (Change.AGAIN.value, "Rated again after it was opened again"),
]


class Line(StrEnum):
    """What the history of an enquiry tells, line by line."""

    OPENED = "opened"
    CHILD_ADDED = "child_added"
    TAKEN = "taken"
    QUESTION = "question"
    RATED = "rated"
    GATHERING = "gathering"
    ANALYSIS = "analysis"
    SAFETY = "safety"
    NIGHT = "night"
    VIEWED = "viewed"
    RECOMMENDED = "recommended"
    RETURNED = "returned"
    WAITING = "waiting"
    DECIDED = "decided"
    VOIDED = "voided"
    BACK = "back"
    STOOD_DOWN = "stood_down"
    JOINED = "joined"
    TOOK_IN = "took_in"
    REOPENED = "reopened"
    CLOSED = "closed"
    NOTE = "note"

    @property
    def words(self) -> str:
        return dict(LINES)[self.value]


LINES = [
    (Line.OPENED.value, "Enquiry opened"),
    (Line.CHILD_ADDED.value, "A child joined the enquiry"),
    (Line.TAKEN.value, "Taken"),
    (Line.QUESTION.value, "Question written"),
    (Line.RATED.value, "Rated"),
    (Line.GATHERING.value, "Agencies asked"),
    (Line.ANALYSIS.value, "Analysed"),
    (Line.SAFETY.value, "Is the child safe now"),
    (Line.NIGHT.value, "Gone to the out-of-hours team for the night"),
    (Line.VIEWED.value, "An agency said whether it agrees"),
    (Line.RECOMMENDED.value, "Recommended"),
    (Line.RETURNED.value, "Back with the social worker"),
    (Line.WAITING.value, "A missing reply"),
    (Line.DECIDED.value, "Decided"),
    (Line.VOIDED.value, "Decision taken back"),
    (Line.BACK.value, "Back from another team"),
    (Line.STOOD_DOWN.value, "Stood down"),
    (Line.JOINED.value, "Joined to another enquiry"),
    (Line.TOOK_IN.value, "Another enquiry was joined to this one"),
    (Line.REOPENED.value, "Opened again"),
    (Line.CLOSED.value, "Closed"),
    (Line.NOTE.value, "Note"),
]
