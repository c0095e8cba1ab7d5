"""The law of joining two records: its steps, what cannot both stand, what hinders it, what must be undone before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.matching.rules import states

STRUCK = "Joined: the other record's was taken."
"""Why a row is struck through that could not stand beside one of the record that goes on; taken back with the join."""


class State(StrEnum):
    """Where a join stands."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    MADE = "made"
    UNDONE = "undone"
    DIVIDED = "divided"

    @property
    def words(self) -> str:
        return dict(states.JOIN_STATES)[self.value]


class Step(StrEnum):
    """What may happen to a join."""

    APPROVE = "approve"
    REFUSE = "refuse"
    UNDO = "undo"
    DIVIDE = "divide"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.APPROVE: (frozenset({State.PROPOSED}), State.MADE),
    Step.REFUSE: (frozenset({State.PROPOSED}), State.REFUSED),
    Step.UNDO: (frozenset({State.MADE}), State.UNDONE),
    Step.DIVIDE: (frozenset({State.UNDONE}), State.DIVIDED),
}

OPEN = (State.PROPOSED, State.UNDONE)
"""While a join is one of these, neither record is joined with a third."""


def after(state: str, step: Step, *, who: str = "", when: datetime | None = None) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(f"{State(state).words}.", who=who, when=when)
    return result


def by_another(proposed_by: int, answered_by: int | None) -> None:
    """Nobody answers what they proposed themselves; the database says the same.

    :raises StepNotAllowed: it is the same person
    """
    if answered_by is None or proposed_by == answered_by:
        raise StepNotAllowed("You proposed this join. Somebody else answers it.")


KEPT, GONE = "kept", "gone"
"""Whose of two that cannot both stand is taken: that of the record that goes on, or of the other."""


class Clash(StrEnum):
    """What a person has once only."""

    BIRTH = "birth"
    SEX = "sex"
    NHS = "nhs"
    DIED = "died"

    @property
    def words(self) -> str:
        return {
            Clash.BIRTH: "Date of birth",
            Clash.SEX: "Sex",
            Clash.NHS: "NHS number",
            Clash.DIED: "Day of death",
        }[self]


@dataclass(frozen=True, slots=True)
class Differs:
    """What each of two records says of something that a person has once only; the two differ.

    :param kept: the values that stand in the record that goes on
    :param gone: those of the other
    """

    what: Clash
    kept: tuple[str, ...]
    gone: tuple[str, ...]


def clashes(kept: Mapping[Clash, Sequence[str]], gone: Mapping[Clash, Sequence[str]]) -> tuple[Differs, ...]:
    """What cannot both stand: both records say something of it, and one says what the other does not."""
    found = []
    for what in Clash:
        ours, theirs = tuple(kept.get(what, ())), tuple(gone.get(what, ()))
        if ours and theirs and set(ours) != set(theirs):
            found.append(Differs(what, ours, theirs))
    return tuple(found)


def chosen(differs: Sequence[Differs], choices: Mapping[str, str]) -> dict[str, str]:
    """The choices, one for each thing that cannot both stand.

    :raises InvalidInput: one is missing; different NHS numbers need a reason in writing besides
    """
    taken = {each.what.value: str(choices.get(each.what.value, "")) for each in differs}
    problems = {
        what: f"Choose which {Clash(what).words[:1].lower() + Clash(what).words[1:]} goes on."
        for what, side in taken.items()
        if side not in (KEPT, GONE)
    }
    if Clash.NHS.value in problems:
        problems[Clash.NHS.value] = "Choose which NHS number goes on."
    reason = str(choices.get("nhs_why", "")).strip()
    if Clash.NHS.value in taken and not reason:
        problems["nhs_why"] = "Say how one person comes to have two NHS numbers."
    if problems:
        raise InvalidInput(**problems)
    return {**taken, "nhs_why": reason} if Clash.NHS.value in taken else taken


def leading(offered: Sequence[str], name: str, why: str) -> dict[str, str]:
    """Which name leads the joined record, where it is another than the one that would lead by itself.

    :param offered: keys of the names that stand, as they would count; the first leads unless another is chosen
    :param name: the key of the chosen one; empty where nobody chose
    :raises InvalidInput: it is none of theirs, or nothing says why it leads
    """
    if not name or offered[:1] == [name]:
        return {}
    if name not in offered:
        raise InvalidInput(name="Choose one of the names that stand in the two records.")
    if not why.strip():
        raise InvalidInput(name_why="Say why this name leads.")
    return {"name": name, "name_why": why.strip()[:300]}


_GROUNDS = dict(states.NOT_SAME_GROUNDS)


def refuse_not_same(ground: str) -> None:
    """Two of whom somebody said that they are not one are not joined.

    :raises StepNotAllowed: always
    """
    words = _GROUNDS.get(ground, "Not the same person")
    raise StepNotAllowed(f"These two are known not to be one person: {words[:1].lower() + words[1:]}.")


@dataclass(frozen=True, slots=True)
class Between:
    """A later join that must be undone first."""

    kept: str
    gone: str
    at: datetime | None


def refuse_between(between: Between | None, *, said: Callable[[datetime], str]) -> None:
    """A join whose rows a later one touched is undone after that one.

    :param said: an instant in words
    :raises StepNotAllowed: there is one
    """
    if between is not None:
        when = f" on {said(between.at)}" if between.at else ""
        raise StepNotAllowed(
            f"“{between.gone}” was joined into “{between.kept}”{when}, and that touched the same rows. "
            "Undo that join first."
        )


def reason(text: str, name: str = "why") -> str:
    """A reason without the blanks around it.

    :raises InvalidInput: there is none
    """
    if not (stripped := text.strip()):
        raise InvalidInput(**{name: "Say why."})
    return stripped[:300]
