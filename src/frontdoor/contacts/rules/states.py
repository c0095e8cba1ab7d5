"""The words that the tables of this room are made of, and the steps that lead from state to state."""

from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.codes import rules as codes
from frontdoor.contacts.rules import trials

CHANNELS = codes.CHANNELS.choices()
CATEGORIES = [
    *codes.CATEGORIES,
    ("advice", "Advice given"),
    ("wrong_number", "Wrong number"),
    ("abandoned", "Call abandoned"),
    ("nothing", "Nothing about a child"),
]
"""What arrives, and the calls and messages that name no child but are counted too."""

ANSWERS = [("yes", "Yes"), ("no", "No"), ("unknown", "Cannot tell")]
PERSON_KINDS = [
    ("child", "Child"), ("unborn", "Unborn child"), ("unknown", "Child not yet identified"), ("adult", "Adult"),
]  # fmt: skip
CHILD_KINDS = frozenset({"child", "unborn", "unknown"})
REFERRER_KINDS = codes.REFERRER_KINDS.choices()
IDENTITIES = [
    ("given", "Name given"),
    ("withheld", "Name given, to be withheld"),
    ("not_given", "Gave no name"),
]
ROUTES = codes.FEEDBACK_ROUTES.choices()
STATEMENT_KINDS = [
    ("own_words", "The child's own words"),
    ("worry", "A worry"),
    ("strength", "A strength"),
    ("person", "A person"),
    ("address", "An address"),
]
LINK_KINDS = [
    ("duplicate", "Duplicate: same event, same source"),
    ("same_event", "Same event, another source"),
    ("sibling", "Sibling"),
    ("related", "Related concern"),
]
QUESTION_STATES = [
    ("asked", "Asked"),
    ("answered", "Answered"),
    ("unanswered", "Not answered: screened again"),
]
ATTEMPT_OUTCOMES = [
    ("spoke", "Spoke to them"),
    ("no_answer", "No answer"),
    ("voicemail", "Voicemail: no message left"),
    ("message", "Safe message left"),
    ("wrong_number", "Wrong number"),
    ("written", "Wrote to them"),
]
RINGS = [("us", "We ring them"), ("them", "They ring us")]
"""Who rings whom back, where a child's safety hangs on it."""

AGREEMENTS = codes.AGREEMENTS.choices()
BASES = [
    (
        "public_task",
        "Public task: Children Act 1989 and 2004 (UK GDPR article 6(1)(e))",
    ),
    ("legal_obligation", "Legal obligation (article 6(1)(c))"),
    ("vital_interests", "To protect somebody's life (article 6(1)(d))"),
]
PROTECTIONS = [
    ("immediate_protection", "Immediate protection"),
    ("strategy_discussion", "Strategy discussion"),
]


class ContactState(StrEnum):
    """Where a contact stands; it follows from its matters."""

    RECEIVED = "received"
    LOOKED = "looked"
    SCREENING = "screening"
    WAITING = "waiting"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    BACK = "back"
    CLOSED = "closed"
    DUPLICATE = "duplicate"
    VOIDED = "voided"


STATES = [
    (ContactState.RECEIVED.value, "Nobody has looked yet"),
    (ContactState.LOOKED.value, "Waiting to be screened"),
    (ContactState.SCREENING.value, "Being screened"),
    (ContactState.WAITING.value, "Waiting for an answer"),
    (ContactState.RECOMMENDED.value, "Waiting for a manager"),
    (ContactState.DECIDED.value, "Decided"),
    (ContactState.BACK.value, "Back with us: another team has not taken it on"),
    (ContactState.CLOSED.value, "Closed"),
    (ContactState.DUPLICATE.value, "Closed into another contact"),
    (ContactState.VOIDED.value, "Entered by mistake"),
]

ENDED = frozenset({ContactState.CLOSED, ContactState.DUPLICATE, ContactState.VOIDED})
"""States in which nothing more is done with a contact."""


class MatterState(StrEnum):
    """Where one child of a contact stands."""

    OPEN = "open"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    ACTIONED = "actioned"
    BACK = "back"
    CLOSED = "closed"


MATTER_STATES = [
    (MatterState.OPEN.value, "Open"),
    (MatterState.RECOMMENDED.value, "Waiting for a manager"),
    (MatterState.DECIDED.value, "Decided"),
    (MatterState.ACTIONED.value, "With another team"),
    (MatterState.BACK.value, "Back with us: another team has not taken it on"),
    (MatterState.CLOSED.value, "Closed"),
]


class Step(StrEnum):
    """What may happen to a matter."""

    RECOMMEND = "recommend"
    WITHDRAW = "withdraw"
    RETURN = "return"
    DECIDE = "decide"
    VOID = "void"
    PASS_ON = "pass_on"  # noqa: S105 (a step, not a password)
    COME_BACK = "come_back"
    GO_AGAIN = "go_again"
    CLOSE = "close"


STEPS: dict[Step, tuple[frozenset[MatterState], MatterState]] = {
    Step.RECOMMEND: (frozenset({MatterState.OPEN}), MatterState.RECOMMENDED),
    Step.WITHDRAW: (frozenset({MatterState.RECOMMENDED}), MatterState.OPEN),
    Step.RETURN: (frozenset({MatterState.RECOMMENDED}), MatterState.OPEN),
    Step.DECIDE: (frozenset({MatterState.RECOMMENDED}), MatterState.DECIDED),
    Step.VOID: (
        frozenset({MatterState.DECIDED, MatterState.ACTIONED, MatterState.BACK, MatterState.CLOSED}),
        MatterState.OPEN,
    ),
    Step.PASS_ON: (frozenset({MatterState.DECIDED}), MatterState.ACTIONED),
    Step.COME_BACK: (frozenset({MatterState.ACTIONED}), MatterState.BACK),
    Step.GO_AGAIN: (frozenset({MatterState.BACK}), MatterState.ACTIONED),
    Step.CLOSE: (
        frozenset({MatterState.OPEN, MatterState.DECIDED, MatterState.ACTIONED, MatterState.BACK}),
        MatterState.CLOSED,
    ),
}

_NOT_ALLOWED = {
    MatterState.OPEN: "Nothing has been recommended for this child yet.",
    MatterState.RECOMMENDED: "A recommendation is waiting for a manager already.",
    MatterState.DECIDED: "This child's matter has been decided already.",
    MatterState.ACTIONED: "This child's matter has been passed on already.",
    MatterState.BACK: "This child's matter was passed on and has come back.",
    MatterState.CLOSED: "This child's matter is closed.",
}


def after(state: str, step: Step) -> MatterState:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if MatterState(state) not in allowed:
        raise StepNotAllowed(_NOT_ALLOWED[MatterState(state)])
    return result


SETTLED = frozenset({MatterState.DECIDED, MatterState.ACTIONED, MatterState.BACK, MatterState.CLOSED})
"""States of a matter on which somebody has decided, whoever has it now."""


def contact_state(matters: list[str], *, looked: bool, held: bool, asked: bool) -> ContactState:
    """A contact's state from its matters', and whether it was looked at, is held and waits for an answer."""
    if matters and all(state == MatterState.CLOSED for state in matters):
        return ContactState.CLOSED
    if matters and all(state in SETTLED for state in matters):
        return ContactState.BACK if MatterState.BACK in matters else ContactState.DECIDED
    if matters and all(state != MatterState.OPEN for state in matters):
        return ContactState.RECOMMENDED
    if asked:
        return ContactState.WAITING
    if held:
        return ContactState.SCREENING
    return ContactState.LOOKED if looked else ContactState.RECEIVED


def receipt_text(authority: int, channel: str, number: int) -> str:
    """A receipt's number as people read and say it: council, a letter for the channel, six digits or more."""
    mark = trials.MARK if channel == trials.CHANNEL else codes.CHANNELS[channel].mark
    return f"{authority}-{mark}-{number:06d}"


def person_label(kind: str, given: str, family: str, known_as: str, description: str) -> str:
    """How a person of a contact is named on pages."""
    whole = " ".join(part for part in (given, family) if part)
    if kind == "unborn":
        return whole if given else f"Unborn {family}".strip() if family else "Unborn child"
    if not whole:
        return known_as or description or ("Child not yet identified" if kind != "adult" else "Adult, name not known")
    return f"{whole} (known as {known_as})" if known_as and known_as != given else whole
