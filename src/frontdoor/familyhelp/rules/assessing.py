"""The assessment of a whole family: where it stands, what may be written over what, what it needs to be shared."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.familyhelp.rules.framework import (
    BEST,
    CHANGE,
    GOING_ON,
    HEARD,
    HOW,
    LEAST,
    UNHEARD,
    WELL,
    WHO,
    WORRY,
    Field,
    Side,
    Sort,
    domains_of,
)


class State(StrEnum):
    """Where the assessment of a family stands."""

    NOT_BEGUN = "not_begun"
    WRITING = "writing"
    SHARED = "shared"
    REVIEWING = "reviewing"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    State.NOT_BEGUN: "Not begun",
    State.WRITING: "Being written",
    State.SHARED: "Shared with the family",
    State.REVIEWING: "Open for review",
}
ROUNDS = [(state.value, state.words) for state in State if state is not State.NOT_BEGUN]
"""The states of one round, as it is kept: what was not begun has no row."""


class Step(StrEnum):
    """What may happen to it."""

    BEGIN = "begin"
    SHARE = "share"
    REOPEN = "reopen"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.BEGIN: (frozenset({State.NOT_BEGUN}), State.WRITING),
    Step.SHARE: (frozenset({State.WRITING, State.REVIEWING}), State.SHARED),
    # A review is a round of its own: what was shared before stays as it was, and readable.
    Step.REOPEN: (frozenset({State.SHARED}), State.REVIEWING),
}
_STANDS = {
    State.NOT_BEGUN: "Nobody has begun this family’s assessment yet.",
    State.WRITING: "This assessment is being written.",
    State.SHARED: "This assessment was shared with the family and does not change. Open it for review to go on.",
    State.REVIEWING: "This assessment is open for review.",
}


def after(state: State, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if state not in allowed:
        raise StepNotAllowed(_STANDS[state])
    return result


def stands(state: str) -> State:
    """Where it stands by its newest round; empty where there is none."""
    return State(state) if state else State.NOT_BEGUN


def stands_in_words(state: State) -> str:
    """Where it stands, for whoever cannot go on from there."""
    return _STANDS[state]


SITTING = timedelta(minutes=15)
"""Whoever goes on typing in a field goes on in the same row for so long; then, and when another writes, it is kept."""
AROUND = timedelta(minutes=15)
"""Whoever opened a page or wrote within this time is named to the others."""
MOST_LETTERS = 20_000

AGREES = [
    ("yes", "Yes, the family agrees with what it says"),
    ("partly", "In part: see what the family says"),
    ("no", "No: see what the family says"),
]
WAYS = [
    ("together", "Read through together"), ("paper", "Given on paper"), ("post", "Sent by post"),
    ("other", "Another way that the family asked for"),
]  # fmt: skip


def plain(text: str) -> str:
    """A text as it is kept: line ends of one kind, no spaces around it, nothing that no database holds."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def digest(text: str) -> str:
    """Tells whether a text is still what it was when the page was opened."""
    return hashlib.sha256(plain(text).encode("utf-8", "replace")).hexdigest()[:16]


KEEPS = ("", "both", "theirs")
"""How somebody settles what another has overtaken: their own text stands as it is typed, both, or the other's."""


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody typed in one field.

    :param seen: the version that lay before them; 0 where nothing did
    :param base: the digest of the text that lay before them; empty where it is not known
    :param keep: one of `KEEPS`
    """

    field: str
    text: str
    seen: int
    base: str = ""
    keep: str = ""


class Fate(StrEnum):
    """What becomes of something typed."""

    SAME = "same"
    SAVE = "save"
    OVERTAKEN = "overtaken"


def fate(given: Written, text: str, version: int) -> Fate:
    """What becomes of a text, beside the one that stands.

    Whoever has not touched a field since the page was opened changes nothing in it, whatever another wrote meanwhile.
    """
    typed = plain(given.text)
    if typed == text or given.keep == "theirs":
        return Fate.SAME
    if version in (given.seen, 0):
        return Fate.SAVE
    return Fate.SAME if given.base and given.base == digest(typed) else Fate.OVERTAKEN


def joined(theirs: str, mine: str) -> str:
    """Both texts, the one that stood first."""
    return f"{theirs}\n\n{plain(mine)}".strip()


def wrong_with(field: Field, text: str) -> str:
    """What keeps a text from being kept in a field; empty where nothing does."""
    if len(text) > MOST_LETTERS:
        return f"This is longer than {MOST_LETTERS:,} letters"
    if field.sort is Sort.SCORE and text and not (text.isascii() and text.isdigit() and LEAST <= int(text) <= BEST):
        return f"Choose a number from {LEAST} to {BEST}"
    return ""


Texts = Mapping[str, str]


def missing_of_child(name: str, texts: Texts) -> list[str]:
    """What a child's part still needs before it is shared: what goes well, what is hard, the child's own words."""
    said = _sides(name, Side.CHILD, texts)
    if texts.get(HEARD):
        if not texts.get(HOW) or not texts.get(WHO):
            said.append(f"{name}: how the child was heard, and by whom")
    elif not texts.get(UNHEARD):
        said.append(f"{name}: what the child says, or why the child was not heard")
    return said


def missing_of_family(texts: Texts, thinking: Texts, *, alone: bool) -> list[str]:
    """What the family's part and the thinking still need before it is shared."""
    said = _sides("The family", Side.FAMILY, texts, alone=alone)
    if not thinking.get(GOING_ON):
        said.append("What we think is going on")
    if not thinking.get(CHANGE):
        said.append("What needs to change")
    return said


def _sides(name: str, side: Side, texts: Texts, *, alone: bool = False) -> list[str]:
    domains = domains_of(side, alone=alone)
    wanted = ((WELL, "something that goes well"), (WORRY, "something that is hard, or that nothing is"))
    return [
        f"{name}: {words}" for part, words in wanted if not any(texts.get(f"{each.code}_{part}") for each in domains)
    ]


def wrong_with_sharing(agrees: str, how: str, who: str, comments: str) -> dict[str, str]:
    """What is missing from the record of how it was shared, by field."""
    wrong = {}
    if agrees not in dict(AGREES):
        wrong["agrees"] = "Say whether the family agrees"
    elif agrees != "yes" and not comments.strip():
        wrong["comments"] = "Write what the family says, in their own words"
    if how not in dict(WAYS):
        wrong["how"] = "Choose how they got it"
    if not who.strip():
        wrong["who"] = "Write who of the family has it"
    return wrong


def change(before: str, now: str) -> str:
    """A change of a score in words."""
    if not before or not now:
        return "Asked once only" if before or now else "Not asked"
    step = int(now) - int(before)
    if step == 0:
        return "As before"
    return f"{abs(step)} {'higher' if step > 0 else 'lower'}"


def bar(score: str) -> str:
    """A score as a bar of ten: it can be read without colour, and by counting."""
    return "█" * int(score) + "░" * (BEST - int(score)) if score else ""


def shortened(text: str, most: int, rest: str) -> str:
    """A text of at most so many letters, with what is said where it was cut."""
    return text if len(text) <= most else f"{text[: most - len(rest) - 2]}…\n{rest}"


def lines(parts: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> str:
    """Parts of an assessment as plain text: a heading, and each thing that was written, with its label."""
    blocks = []
    for heading, said in parts:
        rows = [f"{label}: {text}" for label, text in said if text]
        if rows:
            blocks.append("\n".join((heading.upper(), *rows)))
    return "\n\n".join(blocks)
