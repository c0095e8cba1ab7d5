"""What goes out, by which route, where it stands, and the clocks that it stops."""

from datetime import timedelta
from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Reason, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.codes import rules as codes
from frontdoor.councils.rules import Kind as SettingKind
from frontdoor.councils.rules import Setting
from frontdoor.councils.rules import declare as declare_setting
from frontdoor.councils.rules.declared import ARRIVAL


class Kind(StrEnum):
    """What is told."""

    ACKNOWLEDGEMENT = "acknowledgement"
    OUTCOME_PROFESSIONAL = "outcome_professional"
    OUTCOME_PUBLIC = "outcome_public"
    OUTCOME_CHILD = "outcome_child"
    CALL_BACK_PROMISE = "call_back_promise"
    FAMILY_ARRIVED = "family_arrived"
    FAMILY_DECIDED = "family_decided"
    SERVICES = "services"


KINDS = [
    (Kind.ACKNOWLEDGEMENT.value, "That it arrived"),
    (Kind.OUTCOME_PROFESSIONAL.value, "What was decided, to a professional"),
    (Kind.OUTCOME_PUBLIC.value, "That it was decided, to a member of the public"),
    (Kind.OUTCOME_CHILD.value, "What happens next, to a child"),
    (Kind.CALL_BACK_PROMISE.value, "When somebody rings back"),
    (Kind.FAMILY_ARRIVED.value, "That something arrived, to the family"),
    (Kind.FAMILY_DECIDED.value, "What was decided, to the family"),
    (Kind.SERVICES.value, "Services that may help"),
]
FAMILY = frozenset({Kind.FAMILY_ARRIVED, Kind.FAMILY_DECIDED})
"""What goes to a child or to whoever cares for them: never by e-mail or text, and released by a second person."""


class Route(StrEnum):
    """How somebody asked to be answered; the codes are those of `codes.FEEDBACK_ROUTES`."""

    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"
    PHONE = "phone"
    VIA_NAMED_PERSON = "via_named_person"
    NONE_POSSIBLE = "none_possible"


ROUTES = codes.FEEDBACK_ROUTES.choices()
ELECTRONIC = frozenset({Route.EMAIL, Route.TEXT})
"""The routes that a job sends by itself; everything else is done by a person."""


class State(StrEnum):
    """Where a letter stands.

    `SENDING` is kept before the provider is asked, so that a killed worker leaves a mark: the next one looks first.
    """

    TO_SEND = "to_send"
    SENDING = "sending"
    HELD = "held"
    SENT = "sent"
    FAILED = "failed"
    DONE_BY_PHONE = "done_by_phone"
    NOT_POSSIBLE = "not_possible"
    CANCELLED = "cancelled"


STATES = [
    (State.TO_SEND.value, "To be sent"),
    (State.SENDING.value, "Being sent"),
    (State.HELD.value, "Held back"),
    (State.SENT.value, "Sent"),
    (State.FAILED.value, "Could not be sent"),
    (State.DONE_BY_PHONE.value, "Told by telephone"),
    (State.NOT_POSSIBLE.value, "Nobody can be told"),
    (State.CANCELLED.value, "Cancelled"),
]


class Step(StrEnum):
    """What may happen to a letter."""

    TAKE_UP = "take_up"
    GO_OUT = "go_out"
    GIVE_BACK = "give_back"
    FAIL = "fail"
    HOLD = "hold"
    RELEASE = "release"
    POST = "post"
    TELL = "tell"
    NOTE = "note"
    CHANGE_ROUTE = "change_route"
    CANCEL = "cancel"


_WAITING = frozenset({State.TO_SEND, State.HELD, State.FAILED})
_OPEN = _WAITING | {State.NOT_POSSIBLE}

STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.TAKE_UP: (frozenset({State.TO_SEND, State.SENDING}), State.SENDING),
    Step.GO_OUT: (frozenset({State.SENDING}), State.SENT),
    Step.GIVE_BACK: (frozenset({State.SENDING}), State.TO_SEND),
    Step.FAIL: (frozenset({State.TO_SEND, State.SENDING}), State.FAILED),
    Step.HOLD: (frozenset({State.TO_SEND, State.SENDING, State.FAILED}), State.HELD),
    Step.RELEASE: (frozenset({State.HELD, State.FAILED}), State.TO_SEND),
    Step.POST: (frozenset({State.TO_SEND}), State.SENT),
    Step.TELL: (_OPEN, State.DONE_BY_PHONE),
    Step.NOTE: (_OPEN, State.NOT_POSSIBLE),
    Step.CHANGE_ROUTE: (_OPEN, State.TO_SEND),
    Step.CANCEL: (_OPEN, State.CANCELLED),
}

_NOT_ALLOWED = {
    State.TO_SEND: "It is waiting to be sent.",
    State.SENDING: "It is being sent at this moment.",
    State.HELD: "It is held back.",
    State.SENT: "It has been sent already.",
    State.FAILED: "It could not be sent.",
    State.DONE_BY_PHONE: "This person has been told by telephone already.",
    State.NOT_POSSIBLE: "It stands that nobody can be told.",
    State.CANCELLED: "It was cancelled.",
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(_NOT_ALLOWED[State(state)])
    return result


def may(state: str, step: Step) -> bool:
    """Whether the step leads on from this state: which buttons a page shows."""
    return State(state) in STEPS[step][0]


TOLD = frozenset({State.SENT, State.DONE_BY_PHONE, State.NOT_POSSIBLE, State.CANCELLED})
"""States in which the clock stands still: the person was told, cannot be told, or need not be."""

_FIRST, _LONGEST = timedelta(minutes=1), timedelta(minutes=15)
STALE = timedelta(minutes=2)
"""A letter that has been `SENDING` for so long was left by a worker that died: no request takes as long."""

STUCK_AFTER = 3
"""Failed tries after which the team sees that a provider does not answer."""


def next_try(attempts: int) -> timedelta:
    """How long to wait after a try that failed for certain: a minute, then twice as long each time, at most 15 minutes.

    It never gives up by itself: a provider that is down for a day gets everything when it is back.
    """
    return min(_FIRST * (1 << min(max(attempts - 1, 0), 10)), _LONGEST)


OUTCOME_DAYS = declare_setting(
    Setting(
        "tell_outcome.working_days",
        "The sender hears what was decided within",
        ARRIVAL,
        SettingKind.NUMBER,
        1,
        "Custom of several areas: as soon as decided, no later than the next working day",
        unit="working days",
        minimum=1,
        maximum=5,
    )
)
CALL_BACK_ADDRESS = declare_setting(
    Setting(
        "letters.call_back_address",
        "Web address at which people ask to be rung back",
        ARRIVAL,
        SettingKind.TEXT,
        "",
        "Everybody who tells us something can speak to a qualified social worker (inspection letter of 9 May 2023)",
        hint="Stands in every acknowledgement. Without it the acknowledgement gives the telephone number alone.",
        maximum=120,
    )
)

ACKNOWLEDGE = declare_clock(
    ClockKind(
        name="letters.acknowledge",
        title="Acknowledgement to the person who told us",
        handoff="Arrival to acknowledgement",
        unit=Unit.WORKING_DAYS,
        setting="acknowledge.working_days",
        source="Cambridgeshire and Peterborough procedure on receipt of a referral: within one working day",
    )
)
OUTCOME = declare_clock(
    ClockKind(
        name="letters.outcome",
        title="The person who told us hears what was decided",
        handoff="Decision to answer",
        unit=Unit.WORKING_DAYS,
        setting="tell_outcome.working_days",
        source="Custom of several areas: as soon as decided, by telephone first, no later than the next working day",
        # Of all the clocks here this one alone may stand still: police and courts are told, and let others be told, as
        # was agreed with them (domain 1.10). Waiting for an answer stops none.
        pauses=(Reason("asked_to_wait", "The police or a court have asked us to wait before anybody is told"),),
    )
)

TELL_FAMILY_DAYS = declare_setting(
    Setting(
        "tell_family.working_days",
        "The family hears what was decided within",
        ARRIVAL,
        SettingKind.NUMBER,
        3,
        "Local practice; Working Together to Safeguard Children: parents are told unless it raises risk",
        unit="working days",
        minimum=1,
        maximum=10,
    )
)
CHILD_TOLD_FROM = declare_setting(
    Setting(
        "tell_family.child_age",
        "A child has words of their own about what was decided from the age of",
        ARRIVAL,
        SettingKind.NUMBER,
        12,
        "Local practice; a younger child is told by whoever knows them best",
        unit="years",
        minimum=5,
        maximum=17,
    )
)
KEPT_FOR = declare_setting(
    Setting(
        "tell_family.kept_for",
        "What a family is told about how long the record is kept",
        ARRIVAL,
        SettingKind.TEXT,
        "for as long as the law asks us to, and then delete it",
        "The council's own retention schedule",
        hint="Ends the sentence: We keep what we were told and what we decided …",
        maximum=200,
    )
)
FAMILY_TOLD = declare_clock(
    ClockKind(
        name="letters.family",
        title="The family hears what was decided",
        handoff="Decision to family",
        unit=Unit.WORKING_DAYS,
        setting=TELL_FAMILY_DAYS.name,
        source="Local practice; Working Together to Safeguard Children: parents are told unless it raises risk",
    )
)
