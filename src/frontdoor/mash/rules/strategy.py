"""The law of a strategy discussion (domain 3.5): who must be there, what its record holds, where it stands.

Source: Working Together to Safeguard Children 2023, chapter 3; inspection 2023, line 10. What is not quorate is shown
and needs a manager's reason to be signed; it never holds up what is done for a child.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Strategy discussions"
GUIDANCE = "Working Together to Safeguard Children 2023; no national hours, the number is local"
LINE_10 = "Inspection 2023, line 10: issues and contingency were left open, partners' capacity delayed some"

EDUCATION = declare(
    Setting(
        "strategy.education", "A strategy discussion is quorate only with education", GROUP, Kind.YES_NO, False,
        "Working Together 2023 strengthened the place of schools; whether they are core is each partnership's own",
    )
)  # fmt: skip
HELD_HOURS = declare(
    Setting(
        "strategy.held_hours", "A strategy discussion is held after it was asked for within", GROUP, Kind.NUMBER, 24,
        GUIDANCE, unit="hours", minimum=1, maximum=72,
    )
)  # fmt: skip
MINUTES_DAYS = declare(
    Setting(
        "strategy.minutes_working_days", "Minutes of a strategy discussion are sent within", GROUP, Kind.NUMBER, 1,
        GUIDANCE, unit="working days", minimum=1, maximum=10,
    )
)  # fmt: skip
_TOLD = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY)
HELD = declare_clock(
    ClockKind(
        name="mash.strategy_held", title="Strategy discussion held", handoff="Strategy discussion asked for to held",
        unit=Unit.ELAPSED_HOURS, setting=HELD_HOURS.name, source=LINE_10, danger=True,
        at_half=(Escalation.OWNER,), at_breach=(*_TOLD, Escalation.HEAD_OF_SERVICE),
    )
)  # fmt: skip
MINUTES = declare_clock(
    ClockKind(
        name="mash.strategy_minutes", title="Minutes of a strategy discussion sent",
        handoff="Strategy discussion held to minutes sent", unit=Unit.WORKING_DAYS, setting=MINUTES_DAYS.name,
        source=LINE_10, at_breach=_TOLD,
    )
)  # fmt: skip


class State(StrEnum):
    """Where a strategy discussion stands."""

    ASKED = "asked"
    ADJOURNED = "adjourned"
    HELD = "held"
    SIGNED = "signed"
    CLOSED = "closed"
    CORRECTING = "correcting"
    NOT_HELD = "not_held"

    @property
    def words(self) -> str:
        return dict(STATES)[self.value]

    @property
    def written(self) -> bool:
        """Whether its record is open for writing."""
        return self in WRITTEN


STATES = [
    (State.ASKED.value, "Asked for: not held yet"),
    (State.ADJOURNED.value, "Adjourned"),
    (State.HELD.value, "Held: the record is being written"),
    (State.SIGNED.value, "Signed: the minutes are not sent yet"),
    (State.CLOSED.value, "Closed: the minutes were sent"),
    (State.CORRECTING.value, "Opened again: the record is being corrected"),
    (State.NOT_HELD.value, "Called off: not held"),
]
WRITTEN = frozenset({State.ASKED, State.ADJOURNED, State.HELD, State.CORRECTING})
OPEN = WRITTEN | {State.SIGNED}
"""What is not settled: something is still to be done about it."""


class Step(StrEnum):
    """What may happen to a strategy discussion."""

    HOLD = "hold"
    ADJOURN = "adjourn"
    CALL_OFF = "call_off"
    SIGN = "sign"
    SEND = "send"
    CORRECT = "correct"
    REOPEN = "reopen"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.HOLD: (frozenset({State.ASKED, State.ADJOURNED}), State.HELD),
    Step.ADJOURN: (frozenset({State.ASKED, State.HELD}), State.ADJOURNED),
    Step.CALL_OFF: (frozenset({State.ASKED, State.ADJOURNED}), State.NOT_HELD),
    Step.SIGN: (frozenset({State.HELD, State.CORRECTING}), State.SIGNED),
    Step.SEND: (frozenset({State.SIGNED}), State.CLOSED),
    Step.CORRECT: (frozenset({State.SIGNED, State.CLOSED}), State.CORRECTING),
    Step.REOPEN: (frozenset({State.NOT_HELD}), State.ASKED),
}
_STANDS = {
    State.ASKED: "This strategy discussion was not held yet.",
    State.ADJOURNED: "This strategy discussion was adjourned. Write down first when it was held.",
    State.HELD: "This strategy discussion was held, and its record is not signed yet.",
    State.SIGNED: "The record of this strategy discussion is signed. Open it again to correct it.",
    State.CLOSED: "This strategy discussion is closed. Open it again to correct it.",
    State.CORRECTING: "The record of this strategy discussion is being corrected.",
    State.NOT_HELD: "This strategy discussion was called off.",
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(_STANDS[State(state)])
    return result


def may(state: str, step: Step) -> bool:
    """Whether a step leads on from a state."""
    return State(state) in STEPS[step][0]


def written_still(state: str) -> None:
    """Write only in a record that is not signed.

    :raises StepNotAllowed: it is signed, closed or was called off
    """
    if not State(state).written:
        raise StepNotAllowed(_STANDS[State(state)])


HOW = [("meeting", "A meeting"), ("call", "A call"), ("both", "A meeting, some by telephone or video")]

LINES = [
    ("care_worker", "Children’s social care: social worker"),
    ("care_manager", "Children’s social care: manager"),
    ("police", "Police"),
    ("health", "Health"),
    ("education", "School, nursery or education"),
    ("midwifery", "Midwifery"),
    ("doctor", "Named or consultant doctor"),
    ("early_help", "Early help"),
    ("probation", "Probation"),
    ("housing", "Housing"),
    ("adult_services", "Adult services"),
    ("idva", "Domestic abuse service"),
    ("other_council", "The child’s home council"),
    ("legal", "Legal adviser"),
    ("referrer", "The person who told us"),
    ("other", "Somebody else"),
]
"""For whom somebody takes part."""

CORE = ("care_worker", "care_manager", "police", "health")
"""Who must be there (domain 3.5): without one of them it is not quorate."""


class Came(StrEnum):
    """Whether somebody who was asked took part."""

    ASKED = "asked"
    CAME = "came"
    APOLOGIES = "apologies"
    NOT = "not"


CAME = [
    (Came.ASKED.value, "Asked: not known yet"),
    (Came.CAME.value, "Took part"),
    (Came.APOLOGIES.value, "Sent apologies"),
    (Came.NOT.value, "Did not come"),
]
WAYS = [("room", "In the room"), ("telephone", "By telephone"), ("video", "By video")]

THRESHOLD = [("yes", "Yes"), ("no", "No")]
SECTION47 = [
    ("start", "A section 47 enquiry begins"),
    ("goes_on", "A section 47 enquiry goes on that began before"),
    ("none", "No section 47 enquiry"),
]
ENQUIRIES = [("single", "Children’s social care alone"), ("joint", "Jointly with the police")]
TOLD = [
    ("told", "Yes, they know"),
    ("will_be", "Not yet: they will be told"),
    ("not", "No: telling them would put somebody at risk, or hinder the enquiry"),
]

TURNS = [
    ("begun", "Asked for"), ("held", "Held"), ("adjourned", "Adjourned"), ("called_off", "Called off"),
    ("reopened", "Opened again after it was called off"), ("attendance", "Attendance"), ("issue", "Issue raised"),
    ("answered", "Issue answered"), ("left_open", "Issue left open, with an action"), ("joined", "A child joined it"),
    ("child", "Decided for a child"),
    ("section47", "Section 47 enquiry begun"), ("record", "Record written"), ("action", "Action given"),
    ("signed", "Signed"), ("sent", "Minutes sent"), ("correcting", "Opened again to be corrected"),
]  # fmt: skip


def missing(present: Collection[str], *, education: bool) -> list[str]:
    """For a quorum: the lines that nobody was there for, in words; empty where it is quorate.

    :param present: the lines of those who took part
    :param education: whether this council asks for education too
    """
    wanted = (*CORE, "education") if education else CORE
    words = dict(LINES)
    return [words[line] for line in wanted if line not in present]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForChild:
    """What is decided for one child.

    :param section47: a value of `SECTION47`; `enquiry`, `sees`, `sees_at`, `medical` and `safety` go with a section 47
    :param sees: who sees the child: `user:12`, `team:3`, or a name
    """

    threshold: str = ""
    section47: str = ""
    reason: str = ""
    enquiry: str = ""
    sees: str = ""
    sees_at: datetime | None = None
    sees_with: str = ""
    medical: str = ""
    safety: str = ""

    @property
    def enquired(self) -> bool:
        """Whether a section 47 enquiry begins or goes on."""
        return self.section47 in ("start", "goes_on")


_ASKS = {
    "reason": "Write why, for this child",
    "safety": "Write what keeps this child safe from now on",
}
_ASKS_47 = {
    "sees": "Choose who sees the child",
    "sees_with": "Write with whom the child is seen, or that it is alone",
    "medical": "Write whether a medical examination is needed and who arranges it",
}


def check_child(given: ForChild, *, began: bool, asked: bool, at: datetime) -> None:
    """What is decided for a child says the threshold, section 47 and why; with section 47 also how it goes on.

    :param began: a section 47 enquiry began with this discussion already: the assessment team ends it, not a pen
    :param asked: somebody was asked to see the child already: the action says until when, and may be late
    :raises InvalidInput: with a message by field
    """
    problems = {name: words for name, words in _ASKS.items() if not getattr(given, name).strip()}
    if given.threshold not in dict(THRESHOLD):
        problems["threshold"] = "Say whether the threshold is reached for this child"
    problems |= _wrong_with_47(given, began=began)
    if given.enquired:
        problems |= {name: words for name, words in _ASKS_47.items() if not getattr(given, name).strip()}
        if given.enquiry not in dict(ENQUIRIES):
            problems["enquiry"] = "Say whether it is a single or a joint enquiry"
        if given.sees_at is None or (not asked and given.sees_at <= at):
            problems["sees_at"] = "Enter by when the child is seen, later than now"
    if problems:
        raise InvalidInput(**problems)


def _wrong_with_47(given: ForChild, *, began: bool) -> dict[str, str]:
    if given.section47 not in dict(SECTION47):
        return {"section47": "Say whether a section 47 enquiry begins for this child"}
    if given.enquired and given.threshold == "no":
        return {"section47": "Where the threshold is not reached there is no section 47 enquiry"}
    if began and given.section47 != "start":
        return {"section47": "It began already. The assessment team writes down when it ends."}
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the record holds of the whole discussion, beside each child, each issue and each agency."""

    shared: str = ""
    others: str = ""
    parents: str = ""
    parents_why: str = ""
    lado: str = ""
    other_council: str = ""
    legal: str = ""
    contingency: str = ""
    dissent: str = ""


_RECORD = {
    "shared": "the information that was shared",
    "others": "what was considered for other children",
    "contingency": "the contingency: if the risk remains, then what",
    "dissent": "whether anybody disagreed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How a record stands when it is to be signed, in numbers and names.

    :param held: it is said how it was held and who chaired it
    :param children: children without a decision, by name; `any_child` says that there is one at all
    :param undecided: the same
    :param unknown: those asked of whom nobody has said whether they took part
    :param silent: those who took part and whose contribution was not written down
    :param open_issues: issues without an answer, and not left open with an action
    """

    held: bool
    any_child: bool
    undecided: tuple[str, ...]
    anybody: bool
    unknown: tuple[str, ...]
    silent: tuple[str, ...]
    open_issues: int


def wrong_with(record: Record, stands: Stands) -> list[str]:
    """What is still missing before a record can be signed, in sentences; an empty record cannot be signed."""
    found = [f"Write {words}." for name, words in _RECORD.items() if not getattr(record, name).strip()]
    if record.parents not in dict(TOLD):
        found.append("Say whether the parents know.")
    elif record.parents != "told" and not record.parents_why.strip():
        found.append("Say why the parents do not know.")
    if not stands.held:
        found.append("Write how it was held and who chaired it.")
    if not stands.any_child:
        found.append("Say which children it is about.")
    found += [f"Decide for {name}." for name in stands.undecided]
    if not stands.anybody:
        found.append("Say who took part.")
    found += [f"Say whether {name} took part." for name in stands.unknown]
    found += [f"Write what {name} contributed." for name in stands.silent]
    if stands.open_issues:
        count = "One issue has" if stands.open_issues == 1 else f"{stands.open_issues} issues have"
        found.append(f"{count} no answer. Answer it, or leave it open with a reason and an action.")
    return found


def check_signing(record: Record, stands: Stands, *, lacking: Iterable[str], why: str) -> None:
    """Sign only a record that holds what it must; one that is not quorate only with the reason.

    :param lacking: who was missing for a quorum
    :param why: why it is accepted all the same
    :raises StepNotAllowed: something is missing in the record
    :raises InvalidInput: it is not quorate and nobody says why that is accepted
    """
    if found := wrong_with(record, stands):
        raise StepNotAllowed("This record cannot be signed yet. " + " ".join(found))
    if list(lacking) and not why.strip():
        raise InvalidInput(why="It was not quorate. Write why that is accepted and what is done about it.")


def check_attending(
    *, who: str, line: str, agency: str, name: str, came: str, way: str, known: Collection[str]
) -> None:
    """A line of the attendance says for whom, whether they took part, and then who and how.

    :param known: keys of the agencies that this council asks
    :raises InvalidInput: with a message by field
    """
    took_part = came == Came.CAME
    wrong = {
        "line": "" if line in dict(LINES) else "Choose for whom they take part",
        "agency": "" if not agency or agency in known else "Choose an agency of the list, or write its name",
        "name": "" if agency or name.strip() else "Choose the agency, or write its name",
        "came": "" if came in dict(CAME) else "Say whether they took part",
        "who": "Write who took part" if took_part and not who.strip() else "",
        "way": "Choose how they took part" if took_part and way not in dict(WAYS) else "",
    }
    if problems := {field: words for field, words in wrong.items() if words}:
        raise InvalidInput(**problems)


def check_times(began: datetime | None, ended: datetime | None, *, at: datetime) -> None:
    """A discussion was held in the past, and ended after it began.

    :raises InvalidInput: with a message by field
    """
    if began is None:
        raise InvalidInput(began="Enter when it began")
    if began > at:
        raise InvalidInput(began="This cannot be in the future")
    if ended is not None and not began <= ended <= at:
        raise InvalidInput(ended="It ended after it began, and not in the future")
