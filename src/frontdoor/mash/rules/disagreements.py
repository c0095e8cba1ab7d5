"""The law of professional disagreement: what it may be about, its stages and their times, who may settle it.

Source: Working Together to Safeguard Children 2023 asks for a clear local way to resolve differences; the ladder and
its days are each partnership's own. A decision under disagreement stands, and is shown as disputed.
"""

from dataclasses import dataclass
from enum import StrEnum

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Professional disagreement"
GUIDANCE = "Working Together to Safeguard Children 2023: a local way to resolve differences; the days are local"

ABOUT = [
    ("threshold", "The level of need: whether the threshold is met"),
    ("more_information", "More should be known before it is decided"),
    ("section_47", "Whether a section 47 enquiry is needed"),
    ("risk", "How great the risk to the child is"),
    ("sharing", "What may be shared, and with whom"),
    ("delay", "It is not done in the time that the child needs"),
    ("assessment", "What an assessment found"),
    ("other", "Something else"),
]
WAYS = [
    ("phone", "On the telephone"),
    ("in_person", "In person or in a meeting"),
    ("email", "By e-mail or letter"),
    ("own", "I raise it myself"),
]
OUTCOMES = [
    ("stands", "The decision stands"),
    ("changed", "The decision was changed"),
    ("more", "More is done beside the decision"),
    ("taken_back", "It was taken back"),
]


class State(StrEnum):
    """Where a disagreement stands."""

    OPEN = "open"
    RESOLVED = "resolved"

    @property
    def words(self) -> str:
        return dict(STATES)[self.value]


STATES = [(State.OPEN.value, "Not resolved"), (State.RESOLVED.value, "Resolved")]

TURNS = [
    ("raised", "Raised"), ("said", "Said"), ("safety", "Safety meanwhile"), ("owned", "Given to somebody"),
    ("taken_on", "Taken to the next stage"), ("skipped", "Stages left out"), ("resolved", "Resolved"),
    ("learnt", "What was learnt"),
]  # fmt: skip

STAGES = [
    (1, "Stage 1: the two practitioners talk"),
    (2, "Stage 2: their managers or named professionals"),
    (3, "Stage 3: heads of service"),
    (4, "Stage 4: safeguarding leads"),
    (5, "Stage 5: the safeguarding partners"),
]
MANAGED_FROM = 2
"""From this stage on whoever made the decision does not settle what is said against it."""

_DAYS = {1: 1, 2: 2, 3: 3, 4: 5, 5: 5}
LAST = declare(
    Setting(
        "disagreement.stages", "Stages of a professional disagreement", GROUP, Kind.NUMBER, 5, GUIDANCE, unit="stages",
        minimum=2, maximum=5,
    )
)  # fmt: skip


def _clock(stage: int) -> ClockKind:
    words = dict(STAGES)[stage].split(": ")[1]
    name = f"disagreement.stage_{stage}.working_days"
    declare(
        Setting(
            name, f"A disagreement at stage {stage} ({words}) is settled or taken on within", GROUP, Kind.NUMBER,
            _DAYS[stage], GUIDANCE, unit="working days", minimum=1, maximum=20,
        )
    )  # fmt: skip
    return declare_clock(
        ClockKind(
            name=f"mash.disagreement_{stage}", title=f"Disagreement between professionals, stage {stage}",
            handoff="Disagreement to resolution", unit=Unit.WORKING_DAYS, setting=name, source=GUIDANCE,
            at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.HEAD_OF_SERVICE),
        )
    )  # fmt: skip


CLOCKS = {stage: _clock(stage) for stage, _ in STAGES}
"""The clock of each stage: what is not settled by then is taken to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A disagreement as it is raised.

    :param about: a value of `ABOUT`
    :param who: who disagrees; `agency` and `role` say for whom they speak
    :param position: what they say, in their words
    :param wanted: what should happen instead
    :param safety: what keeps the child safe while it is not resolved
    :param urgent: the child may be at immediate risk meanwhile, so that stages may be left out
    """

    about: str
    who: str
    agency: str
    position: str
    wanted: str
    safety: str
    role: str = ""
    way: str = "phone"
    urgent: bool = False


_SAID = {
    "who": "Write who disagrees",
    "agency": "Write for which agency they speak",
    "position": "Write what they say, in their words",
    "wanted": "Write what they think should happen",
    "safety": "Write what keeps the child safe while this is not resolved",
}


def check_raised(raised: Raised) -> None:
    """A disagreement says who, what, what instead, and what keeps the child safe meanwhile.

    :raises InvalidInput: with a message by field
    """
    problems = {name: words for name, words in _SAID.items() if not getattr(raised, name).strip()}
    if raised.about not in dict(ABOUT):
        problems["about"] = "Choose what it is about"
    if raised.way not in dict(WAYS):
        problems["way"] = "Choose how it was said"
    if problems:
        raise InvalidInput(**problems)


def next_stage(stage: int, wanted: int, *, last: int, urgent: bool) -> int:
    """The stage that a disagreement is taken to: the next, or a later one where the child may be at immediate risk.

    :raises InvalidInput: backwards, beyond the council's last stage, or stages left out without immediate risk
    :raises StepNotAllowed: it stands at the last stage
    """
    if stage >= last:
        raise StepNotAllowed("Nothing comes after this stage. The safeguarding partners settle it.")
    if not stage < wanted <= last:
        raise InvalidInput(stage="Choose a later stage")
    if wanted > stage + 1 and not urgent:
        raise InvalidInput(stage="Stages are left out only where the child may be at immediate risk")
    return wanted


def may_settle(person: int | None, *, stage: int, decided_by: int | None) -> None:
    """Whoever made a decision does not settle what is said against it, once their manager has been asked.

    :raises InvalidInput: it is their own decision
    """
    if stage >= MANAGED_FROM and person is not None and person == decided_by:
        raise InvalidInput(owner="They made this decision. Somebody else settles what is said against it.")


def check_resolved(*, outcome: str, how: str, learning: str, agreed: bool, stands: bool) -> None:
    """A resolution says what came of it, how both sides came there, and what is learnt.

    :param agreed: those who disagreed accept it; where they do not, the reason stands in `how`
    :param stands: the decision that was disputed is still in force
    :raises InvalidInput: a part is missing; "changed" is said of a decision that still stands
    """
    problems = {}
    if outcome not in dict(OUTCOMES):
        problems["outcome"] = "Choose what came of it"
    elif outcome == "changed" and stands:
        problems["outcome"] = "The decision still stands. Take it back or decide again first, then say that it changed."
    if not how.strip():
        problems["how"] = (
            "Write how it was resolved" if agreed else "Write why it is settled although they do not agree"
        )
    if not learning.strip():
        problems["learning"] = "Write what is learnt, or that nothing is and why"
    if problems:
        raise InvalidInput(**problems)
