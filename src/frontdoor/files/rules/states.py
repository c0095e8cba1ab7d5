"""How a file stands, what leads on, and in which words it is said."""

from enum import StrEnum

from frontdoor.actors.rules import InvalidInput, StepNotAllowed


class State(StrEnum):
    """Whether a file may be opened."""

    HELD = "held"
    CLEAN = "clean"
    REFUSED = "refused"
    RELEASED = "released"


STATES = [
    (State.HELD.value, "Held: nobody can open it yet"),
    (State.CLEAN.value, "Scanned, nothing found"),
    (State.REFUSED.value, "Refused by the scanner"),
    (State.RELEASED.value, "Released without a scan"),
]


class Hold(StrEnum):
    """Why a file is held."""

    WAITING = "waiting"
    NO_SCANNER = "no_scanner"
    NO_ANSWER = "no_answer"
    COPYING = "copying"
    NO_COPY = "no_copy"


HOLDS = [
    (Hold.WAITING.value, "It waits to be scanned."),
    (Hold.NO_SCANNER.value, "No scanner is set up here. A manager may release it with a reason."),
    (Hold.NO_ANSWER.value, "The scanner does not answer. It is tried again by itself every few minutes."),
    (Hold.COPYING.value, "A clean copy is being made of it."),
    (
        Hold.NO_COPY.value,
        "No clean copy can be made of it: it is damaged, locked or too large inside. Ask the sender to send it another "
        "way. A manager may take the original with a reason.",
    ),
]
WORDS = dict(HOLDS)
REFUSED_WORDS = "The scanner found something harmful. Nobody can open it. Ask the sender to send it another way."


class Step(StrEnum):
    """What happens to a file."""

    PASS = "pass"  # noqa: S105 (the scanner found nothing)
    REFUSE = "refuse"
    RELEASE = "release"
    HOLD = "hold"


STEPS: dict[Step, tuple[tuple[State, ...], State]] = {
    Step.PASS: ((State.HELD, State.RELEASED), State.CLEAN),
    Step.REFUSE: ((State.HELD, State.RELEASED), State.REFUSED),
    Step.RELEASE: ((State.HELD,), State.RELEASED),
    Step.HOLD: ((State.RELEASED,), State.HELD),
}
"""From which states each step leads, and where to. What is released is scanned too when the scanner comes back."""

_HAPPENED = {
    State.HELD: "It is held: nobody can open it yet.",
    State.CLEAN: "It was scanned, and may be opened.",
    State.REFUSED: REFUSED_WORDS,
    State.RELEASED: "Somebody has released it already.",
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from there
    """
    starts, end = STEPS[step]
    if state not in starts:
        raise StepNotAllowed(_HAPPENED[State(state)])
    return end


def why(state: str, hold: str) -> str:
    """What to know or do about a file, in one or two sentences; empty where it may simply be opened."""
    if state == State.HELD:
        return WORDS[hold]
    if state == State.REFUSED:
        return REFUSED_WORDS
    if state == State.RELEASED:
        return f"Not scanned. A manager let it be opened. {WORDS.get(hold, '')}".strip()
    return ""


def reason(why: str) -> str:
    """A reason as it is kept.

    :raises InvalidInput: `why`: there is none
    """
    if not why.strip():
        raise InvalidInput(why="Say why")
    return why.strip()[:300]
