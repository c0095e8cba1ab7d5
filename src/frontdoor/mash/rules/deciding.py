"""The law of analysing together, recommending for a child and deciding: what each must hold, and who may overturn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from frontdoor.actors.rules import InvalidInput
from frontdoor.clocks.rules import london_date
from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.decisions import Action, Circumstances, outcome_problems
from frontdoor.handovers.rules import State as Slip
from frontdoor.mash.rules.states import State

LONGEST = 20_000
"""Characters of one part of an analysis."""

HOW = [
    ("desk", "At its own desk"),
    ("room", "In the room"),
    ("telephone", "By telephone"),
]
"""How an agency said whether it agrees. What we wrote down ourselves waits for the agency's own word."""
BY_US = frozenset({"room", "telephone"})

NOT_AFTER = frozenset({"mash_enquiry", "returned_to_referrer"})
"""No outcome of an enquiry: another enquiry, and the question to the person who told us, which comes before one."""
OUTCOMES = [(row.code, row.label) for row in codes.OUTCOMES if row.code not in NOT_AFTER]
LEVELS = [(row.code, row.label) for row in codes.LEVELS]
AGREEMENTS = codes.AGREEMENTS.choices()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What the analysis says of one child (domain 3.6; inspection line 6).

    :param child: key of the child in the enquiry
    :param means: what it means for this child, day to day
    :param voice: the child's own words, verbatim; `voice_on` is the day on which they were said
    :param unheard: why the child has not been heard yet
    """

    child: str
    means: str = ""
    voice: str = ""
    voice_on: date | None = None
    unheard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """What the agencies' knowledge comes to, in parts.

    :param why: what has changed since the version before; empty for the first
    """

    known: str = ""
    history: str = ""
    strengths: str = ""
    not_known: str = ""
    change_mind: str = ""
    why: str = ""
    children: tuple[Meant, ...] = ()


PARTS = {
    "known": "Write what is known, and who knows it",
    "history": "Write the history that you considered, or that there is none",
    "strengths": "Write what keeps these children safe and well, or that you found nothing",
    "not_known": "Write what is not known, or that nothing is missing",
    "change_mind": "Write what would change our mind",
}


def check_analysis(given: Analysed, *, children: Iterable[str], first: bool, at: datetime) -> None:
    """An analysis holds every part, and for every child what it means and their own words or why there are none yet.

    :param children: keys of the children of the enquiry
    :raises InvalidInput: by field; those of a child end in the child's key
    """
    problems = {name: words for name, words in PARTS.items() if not getattr(given, name).strip()}
    problems |= {name: f"Write at most {LONGEST:,} characters" for name in PARTS if len(getattr(given, name)) > LONGEST}
    if not first and not given.why.strip():
        problems["why"] = "Write what has changed since the last version"
    said = {each.child: each for each in given.children}
    for child in children:
        problems |= _problems_of_child(said.get(child, Meant(child=child)), at=at)
    if problems:
        raise InvalidInput(**problems)


def _problems_of_child(said: Meant, *, at: datetime) -> dict[str, str]:
    problems, end = {}, said.child
    if not said.means.strip():
        problems[f"means_{end}"] = "Write what this means for the child, day to day"
    if bool(said.voice.strip()) == bool(said.unheard.strip()):
        problems[f"voice_{end}"] = "Write the child’s own words, or why the child has not been heard yet"
    elif said.voice.strip() and said.voice_on is None:
        problems[f"voice_on_{end}"] = "Enter the day on which the child said this"
    elif said.voice_on is not None and said.voice_on > london_date(at):
        problems[f"voice_on_{end}"] = "Enter a day that is not in the future"
    return problems


def check_view(*, agrees: bool | None, words: str) -> None:
    """An agency agrees, or says what it sees otherwise.

    :raises InvalidInput: it is not said which, or not what is seen otherwise
    """
    if agrees is None:
        raise InvalidInput(agrees="Choose whether the agency agrees")
    if not agrees and not words.strip():
        raise InvalidInput(words="Write what the agency sees otherwise")


def check_waiting(*, waited: bool, why: str, rating: str) -> None:
    """Whoever decides says of each missing reply whether it is waited for, and why. Nobody is waited for at red.

    :raises InvalidInput: no reason, or somebody would be waited for at the highest rating
    """
    if not why.strip():
        raise InvalidInput(why="Write why")
    if waited and rating == "red":
        raise InvalidInput(waited="At the highest rating a decision waits for nobody")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """What a social worker recommends for one child of an enquiry.

    :param detail: what the outcome itself asks: the advice, the service, the power, the council, the reason
    :param agreement: whether the family agrees to it; asked where the outcome rests on it, with who said so
    """

    outcome: str = ""
    secondary: tuple[str, ...] = ()
    specialist_route: str = ""
    detail: str = ""
    level: str = ""
    rationale: str = ""
    why_not_more: str = ""
    why_not_less: str = ""
    contingency: str = ""
    agreement: str = ""
    agreed_by: str = ""


REASONS = {
    "rationale": "Write why this is right for this child",
    "why_not_more": "Write why nothing more is needed",
    "why_not_less": "Write why less would not be enough",
    "contingency": "Write what happens if the worry remains: if, then who does what",
}


def problems_of_recommendation(given: Recommended, around: Circumstances) -> dict[str, str]:
    """What is still missing, by field. Empty when it may go to a manager."""
    problems = {name: words for name, words in REASONS.items() if not getattr(given, name).strip()}
    if given.level not in codes.LEVELS:
        problems["level"] = "Choose the level of need"
    return problems | _problems_of_outcome(given, around)


def _problems_of_outcome(given: "Recommended | Decided", around: Circumstances) -> dict[str, str]:
    if given.outcome not in dict(OUTCOMES):
        return {"outcome": "Choose what should happen"}
    return outcome_problems(
        given.outcome, beside=given.secondary, detail=given.detail, route=given.specialist_route, around=around
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a manager decides for one child.

    :param other_council: DfE number of the council that takes the child on
    :param worker: the allocated worker; `manager` is that team's manager
    """

    outcome: str = ""
    secondary: tuple[str, ...] = ()
    specialist_route: str = ""
    detail: str = ""
    other_council: int | None = None
    worker: int | None = None
    manager: int | None = None
    why_different: str = ""
    risk_seen: str = ""
    direction: str = ""
    actions: tuple[Action, ...] = ()


SIGNED = {
    "risk_seen": "Write the risk that you see for this child",
    "direction": "Write what must be done from now on",
}


def problems_of_decision(given: Decided, recommended: str, around: Circumstances) -> dict[str, str]:
    """What a decision still lacks, by field. An empty direction cannot be signed (inspection line 7)."""
    problems = _problems_of_outcome(given, around)
    if given.outcome != recommended and not given.why_different.strip():
        problems["why_different"] = "Write why you decide differently from the recommendation"
    problems |= {name: words for name, words in SIGNED.items() if not getattr(given, name).strip()}
    if not given.actions:
        problems["actions"] = "Give at least one action, with who does it and by when"
    return problems | _problems_of_receiver(given)


def _problems_of_receiver(given: Decided) -> dict[str, str]:
    row = codes.OUTCOMES.get(given.outcome)
    if row and row.destination == "other_council" and given.other_council is None:
        return {"other_council": "Choose the council that takes this child on"}
    if row and row.destination == "allocated_worker" and (given.worker is None or given.manager is None):
        return {"worker": "Choose the child’s worker and the manager of that team"}
    return {}


def weaker_at_red(outcome: str, recommended: str, rating: str) -> bool:
    """Whether a child of a red enquiry would go to nobody though somebody was recommended: a head of service's."""
    return rating == "red" and not codes.OUTCOMES[outcome].destination and bool(codes.OUTCOMES[recommended].destination)


def state_of(state: str, *, children: int, recommended: int, decided: int) -> State:
    """Where an enquiry that is analysed stands by its children.

    :param recommended: for how many a recommendation waits
    :param decided: for how many a decision is in force
    """
    if State(state) not in ANALYSED:
        return State(state)
    if children and decided == children:
        return State.DECIDED
    return State.RECOMMENDED if children and recommended + decided == children else State.ANALYSIS


ANALYSED = frozenset({State.ANALYSIS, State.RECOMMENDED, State.DECIDED})


def taken_on(slips: Sequence[Slip]) -> bool:
    """Whether everything that a decision sent was accepted; a decision that sends nothing is carried out at once."""
    return all(slip is Slip.ACCEPTED for slip in slips)
