"""Meetings of the team around a family: their states, and what keeps one from being planned or written down."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def words(self) -> str:
        return dict(STATES)[self.value]


STATES = [
    (State.PLANNED.value, "Planned"),
    (State.HELD.value, "Held"),
    (State.CANCELLED.value, "Cancelled"),
]


class Step(StrEnum):
    """What may happen to a meeting."""

    CHANGE = "change"
    HOLD = "hold"
    CANCEL = "cancel"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.CHANGE: (frozenset({State.PLANNED}), State.PLANNED),
    Step.HOLD: (frozenset({State.PLANNED}), State.HELD),
    Step.CANCEL: (frozenset({State.PLANNED}), State.CANCELLED),
}
_STANDS = {
    State.PLANNED: "This meeting is planned.",
    State.HELD: "This meeting was held.",
    State.CANCELLED: "This meeting was cancelled.",
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    if over := why_not(state, step):
        raise StepNotAllowed(over)
    return STEPS[step][1]


def why_not(state: str, step: Step) -> str:
    """Why a step does not lead on from a state, in words; empty where it does."""
    return "" if State(state) in STEPS[step][0] else _STANDS[State(state)]


WAYS = [("place", "At a place"), ("online", "Online"), ("phone", "By telephone")]
CAME = [("came", "Came"), ("sent", "Sent word, did not come"), ("missed", "Did not come")]
SHORTEST, LONGEST = 5, 600
"""Minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A meeting as it is planned.

    :param place: where, or the link or number by which people come; it is read by everybody who is asked
    :param invited: `member:` or `practitioner:` with a key, each
    """

    starts_at: datetime
    minutes: int
    way: str
    place: str
    agenda: str = ""
    invited: tuple[str, ...] = ()


def wrong_with(given: Planned, *, at: datetime) -> dict[str, str]:
    """What keeps a meeting from being planned, by field."""
    wrong = {}
    if given.starts_at <= at:
        wrong["starts_at"] = "This is in the past"
    if not SHORTEST <= given.minutes <= LONGEST:
        wrong["minutes"] = f"Enter a number from {SHORTEST} to {LONGEST}"
    if given.way not in dict(WAYS):
        wrong["way"] = "Choose how you meet"
    if not given.place.strip():
        wrong["place"] = "Write where you meet, or the link or number"
    if not given.invited:
        wrong["invited"] = "Choose who is asked"
    return wrong
