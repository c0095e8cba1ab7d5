"""The law of complaints: kinds, states, stages and their times, and who may own one."""

from enum import StrEnum

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Requests for information and complaints"
LAW = "Children Act 1989 Representations Procedure (England) Regulations 2006"

KINDS = [("complaint", "Complaint"), ("compliment", "Compliment")]
WAYS = [
    ("contact", "In a contact"), ("phone", "Told on the telephone"), ("letter", "Letter"), ("email", "E-mail"),
    ("in_person", "In person"),
]  # fmt: skip
WHO = [
    ("child", "A child or young person"), ("parent", "A parent or carer"), ("family", "Another relative"),
    ("professional", "A professional"), ("other", "Somebody else"),
]  # fmt: skip
OUTCOMES = [("upheld", "Upheld"), ("partly", "Partly upheld"), ("not_upheld", "Not upheld")]
REPLIES = [
    ("letter", "Letter"),
    ("phone", "Telephone, and written after"),
    ("email", "E-mail"),
    ("in_person", "In person"),
]
STAGES = [(1, "Stage 1: local resolution"), (2, "Stage 2: investigation"), (3, "Stage 3: panel"), (4, "Ombudsman")]
LAST = 4


def reference(authority: int, number: int) -> str:
    """The number of a complaint as people read and say it; no contact has the letter C."""
    return f"{authority}-C-{number:06d}"


class State(StrEnum):
    """Where a complaint or compliment stands."""

    WAITING = "waiting"
    IN_HAND = "in_hand"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"
    PASSED = "passed"

    @property
    def words(self) -> str:
        return dict(STATES)[self.value]

    @property
    def settled(self) -> bool:
        """Whether nothing is waited for at present."""
        return self in SETTLED


STATES = [
    (State.WAITING.value, "Nobody answers for it yet"),
    (State.IN_HAND.value, "In somebody's hands"),
    (State.REPLIED.value, "Answered"),
    (State.WITHDRAWN.value, "Withdrawn"),
    (State.PASSED.value, "Passed to the team"),
]
SETTLED = frozenset({State.REPLIED, State.WITHDRAWN, State.PASSED})


class Step(StrEnum):
    """What may happen to a complaint or compliment."""

    OWN = "own"
    REPLY = "reply"
    NEXT_STAGE = "next_stage"
    WITHDRAW = "withdraw"
    THANK = "thank"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.OWN: (frozenset({State.WAITING, State.IN_HAND}), State.IN_HAND),
    Step.REPLY: (frozenset({State.IN_HAND}), State.REPLIED),
    Step.NEXT_STAGE: (frozenset({State.REPLIED}), State.WAITING),
    Step.WITHDRAW: (frozenset({State.WAITING, State.IN_HAND}), State.WITHDRAWN),
    Step.THANK: (frozenset({State.WAITING, State.IN_HAND}), State.PASSED),
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(f"{State(state).words}.")
    return result


def _clock(code: str, title: str, label: str, number: int, source: str, *, fixed: bool = True) -> ClockKind:
    name = f"complaints.{code}.working_days"
    declare(
        Setting(
            name, label, GROUP, Kind.NUMBER, number, source, unit="working days", minimum=1, maximum=130, fixed=fixed
        )
    )
    return declare_clock(
        ClockKind(
            name=f"complaints.{code}", title=title, handoff="Complaint to answer", unit=Unit.WORKING_DAYS, setting=name,
            source=source, at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.HEAD_OF_SERVICE),
        )
    )  # fmt: skip


STAGE_1 = _clock("stage_1", "Answer to a complaint", "A complaint is answered at stage 1 within", 10, LAW)
STAGE_1_COMPLEX = _clock(
    "stage_1_complex", "Answer to a complex complaint", "A complex complaint is answered at stage 1 within", 20, LAW
)
STAGE_2 = _clock("stage_2", "Investigation of a complaint", "Stage 2, the investigation, is finished within", 25, LAW)
STAGE_3 = _clock("stage_3", "Panel about a complaint", "Stage 3, the panel, meets within", 30, LAW)
OMBUDSMAN = _clock(
    "ombudsman", "Answer to the Ombudsman", "The Ombudsman is answered, where no day is named, within", 20,
    "The Ombudsman names the day; else local practice", fixed=False,
)  # fmt: skip


def clock_of(stage: int, *, is_complex: bool) -> ClockKind:
    """The clock of a stage."""
    return {1: STAGE_1_COMPLEX if is_complex else STAGE_1, 2: STAGE_2, 3: STAGE_3, 4: OMBUDSMAN}[stage]


def may_own(owner: int, about: int | None) -> None:
    """Nobody answers for a complaint about themselves.

    :raises InvalidInput: it is about them
    """
    if about is not None and owner == about:
        raise InvalidInput(owner="The complaint is about this person. Somebody else answers for it.")


def check_told(*, kind: str, what: str, who: str) -> None:
    """A complaint says what about; nothing else is demanded of whoever complains.

    :raises InvalidInput: with a message by field
    """
    problems = {}
    if kind not in dict(KINDS):
        problems["kind"] = "Say whether it is a complaint or a compliment"
    if not what.strip():
        problems["what"] = "Write what it is about, in their words"
    if who not in dict(WHO):
        problems["who"] = "Say who complains or thanks"
    if problems:
        raise InvalidInput(**problems)


def check_reply(*, outcome: str, reply: str, how: str, learning: str, action: str) -> None:
    """An answer says what was found and how it was given; what was upheld says what is learnt.

    :raises InvalidInput: with a message by field
    """
    problems = {}
    if outcome not in dict(OUTCOMES):
        problems["outcome"] = "Choose what was found"
    if not reply.strip():
        problems["reply"] = "Write what was answered"
    if how not in dict(REPLIES):
        problems["how"] = "Choose how it was answered"
    if outcome in ("upheld", "partly") and not learning.strip():
        problems["learning"] = "Write what we learn from it"
    if action.strip() and not learning.strip():
        problems["learning"] = "Write what the action comes from"
    if problems:
        raise InvalidInput(**problems)
