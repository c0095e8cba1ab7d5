"""A copy for somebody: whom it is for, what goes in, where it stands, and when it may go."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from hashlib import sha256

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.disclosures.rules.grounds import BASES

LONGEST = 20_000
"""Characters of a copy at most."""

HOWS = [("post", "By post"), ("hand", "Given by hand"), ("email", "By e-mail, as a file"), ("own", "My own paper copy")]
OWN = "own"
"""For nobody else: a worker's paper for a visit or a meeting. It is in the ledger as such."""

SHARED = "shared"
"""The part that is the ledger: only whoever may read the ledger begins a copy with it."""

PARTS = [
    ("told", "What was told"),
    ("decided", "What was decided for each child"),
    ("earlier", "When there were earlier contacts, and what came of them"),
    (SHARED, "What was shared about the children, and what was not"),
]


class State(StrEnum):
    """Where a copy stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    RELEASED = "released"
    TAKEN = "taken"
    DROPPED = "dropped"


STATES = [
    (State.DRAFT.value, "Being written"),
    (State.WAITING.value, "Waits for a second person"),
    (State.RELEASED.value, "Released by a second person"),
    (State.TAKEN.value, "Printed"),
    (State.DROPPED.value, "Not given"),
]
OPEN = frozenset({State.DRAFT, State.WAITING, State.RELEASED})


class Step(StrEnum):
    """What may happen to a copy."""

    WRITE = "write"
    ASK = "ask"
    RELEASE = "release"
    REFUSE = "refuse"
    TAKE = "take"
    DROP = "drop"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.WRITE: (OPEN, State.DRAFT),
    Step.ASK: (frozenset({State.DRAFT, State.RELEASED}), State.WAITING),
    Step.RELEASE: (frozenset({State.WAITING}), State.RELEASED),
    Step.REFUSE: (frozenset({State.WAITING}), State.DRAFT),
    Step.TAKE: (frozenset({State.DRAFT, State.RELEASED}), State.TAKEN),
    Step.DROP: (OPEN, State.DROPPED),
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: it does not lead on from there
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(f"{dict(STATES)[state]}: that cannot be done now.")
    return result


def digest(title: str, text: str, against: Iterable[str]) -> str:
    """The fingerprint of exactly these words and all that speaks against them: SHA-256 of their UTF-8, in hexadecimal.

    :param against: what the guard found; a release covers what its giver could read of it, and no more
    """
    return sha256("\x1f".join((title, text, *against)).encode()).hexdigest()


def check_recipient(*, to_name: str, relation: str, how: str, why: str, basis: str) -> None:
    """Nothing is built for nobody: a person by name, who they are to the child, what for, on which basis, how it goes.

    :raises InvalidInput: with a message by field
    """
    problems = {}
    if how not in dict(HOWS):
        problems["how"] = "Choose how it goes"
    if not to_name.strip():
        problems["to_name"] = "Write for whom it is: one person, by name"
    if not relation.strip():
        problems["relation"] = "Write who they are to the child, or their work"
    if not why.strip():
        problems["why"] = "Write what they need it for"
    if basis not in dict(BASES):
        problems["basis"] = "Choose the basis"
    if problems:
        raise InvalidInput(**problems)


def check_text(title: str, text: str) -> None:
    """Something is said, and not too much.

    :raises InvalidInput: with a message by field
    """
    problems = {}
    if not title.strip():
        problems["title"] = "Write what it is"
    if not text.strip():
        problems["text"] = "Write what it says"
    elif len(text) > LONGEST:
        problems["text"] = f"Write {LONGEST:,} characters or fewer"
    if problems:
        raise InvalidInput(**problems)


def check_release(*, own: Collection[int | None], releaser: int | None) -> None:
    """Another person releases than who began it, wrote its words or asked.

    :raises InvalidInput: it is one of these
    """
    if releaser is None or releaser in own:
        raise InvalidInput(why="Somebody else has to release it: you wrote it or asked for it.")
