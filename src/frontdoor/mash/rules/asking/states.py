"""Where a request to an agency stands, and how long each hand has: sent, opened, answered (inspection line 3)."""

from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Escalation, Owner, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare
from frontdoor.mash.rules.asking.sets import GROUP

SUBJECT = "mash.request"
"""What clocks and the trail call a request."""


class State(StrEnum):
    """Where a request stands."""

    SENT = "sent"
    OPENED = "opened"
    TOLD = "told"
    ANSWERED = "answered"
    REFUSED = "refused"
    STOPPED = "stopped"

    @property
    def words(self) -> str:
        return dict(STATES)[self.value]

    @property
    def open(self) -> bool:
        """Whether an answer is still waited for."""
        return self in OPEN


STATES = [
    (State.SENT.value, "Sent, nobody there has opened it"),
    (State.OPENED.value, "Opened there"),
    (State.TOLD.value, "Told us by telephone, not confirmed yet"),
    (State.ANSWERED.value, "Answered"),
    (State.REFUSED.value, "Refused, or cannot be answered"),
    (State.STOPPED.value, "Stopped: no longer asked"),
]
OPEN = frozenset({State.SENT, State.OPENED})
"""An answer is waited for: these are chased."""
CAME = frozenset({State.TOLD, State.ANSWERED, State.REFUSED})
"""An answer has come: withdrawn, or where somebody more is asked about, the request is open again."""


class Step(StrEnum):
    """What may happen to a request."""

    OPEN = "open"
    TELL = "tell"
    ANSWER = "answer"
    REFUSE = "refuse"
    STOP = "stop"
    AGAIN = "again"
    AGAIN_UNOPENED = "again_unopened"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.OPEN: (frozenset({State.SENT}), State.OPENED),
    Step.TELL: (frozenset({State.SENT, State.OPENED}), State.TOLD),
    Step.ANSWER: (frozenset({State.SENT, State.OPENED, State.TOLD, State.REFUSED}), State.ANSWERED),
    Step.REFUSE: (frozenset({State.SENT, State.OPENED, State.TOLD}), State.REFUSED),
    Step.STOP: (frozenset({State.SENT, State.OPENED, State.TOLD}), State.STOPPED),
    Step.AGAIN: (frozenset({State.TOLD, State.ANSWERED, State.REFUSED}), State.OPENED),
    Step.AGAIN_UNOPENED: (frozenset({State.TOLD, State.ANSWERED, State.REFUSED}), State.SENT),
}
_STANDS = {
    State.SENT: "This request was sent. Nobody there has opened it yet.",
    State.OPENED: "The agency has opened this request already.",
    State.TOLD: "The agency has told us by telephone already.",
    State.ANSWERED: "This request was answered.",
    State.REFUSED: "The agency has refused this request, or cannot answer it.",
    State.STOPPED: "This request was stopped.",
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(_STANDS[State(state)])
    return result


_LOCAL = "Merton's hub: red 2 hours, amber 6, green 24; each council sets its own"


def _reply(rating: str, hours: int, *, danger: bool = False) -> ClockKind:
    name = f"mash.reply_{rating}.hours"
    declare(
        Setting(
            name, f"A request to an agency at {rating} is answered within", GROUP, Kind.NUMBER, hours, _LOCAL,
            unit="hours", minimum=1, maximum=240,
        )
    )  # fmt: skip
    return declare_clock(
        ClockKind(
            name=f"mash.reply_{rating}", title="An agency answers", handoff="Request to agency's answer",
            unit=Unit.ELAPSED_HOURS, setting=name, source=_LOCAL, owner=Owner.PERSON, danger=danger,
            at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
        )
    )  # fmt: skip


REPLY = {"red": _reply("red", 2, danger=True), "amber": _reply("amber", 6), "green": _reply("green", 24)}
"""The clock of the answer by rating."""
declare(
    Setting(
        "mash.opened.minutes", "An agency opens a request within", GROUP, Kind.NUMBER, 60,
        "Local practice: what nobody has opened is rung after", unit="minutes", minimum=5, maximum=1440,
    )
)  # fmt: skip
OPENED = declare_clock(
    ClockKind(
        name="mash.opened", title="The agency opens the request", handoff="Request to opened by the agency",
        unit=Unit.ELAPSED_MINUTES, setting="mash.opened.minutes", source="Local practice", owner=Owner.PERSON,
        at_half=(), at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)  # fmt: skip
declare(
    Setting(
        "mash.send.minutes", "The first requests leave after an enquiry was opened within", GROUP, Kind.NUMBER, 60,
        "Inspection letter of 9 May 2023: enquiries started late", unit="minutes", minimum=5, maximum=1440,
    )
)  # fmt: skip
SEND = declare_clock(
    ClockKind(
        name="mash.send", title="The first requests to agencies leave", handoff="Enquiry to requests sent",
        unit=Unit.ELAPSED_MINUTES, setting="mash.send.minutes",
        source="Inspection letter of 9 May 2023: enquiries started late", owner=Owner.TEAM,
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)  # fmt: skip


def reply_clock(rating: str) -> ClockKind:
    """The clock of an answer; a rating of a council's own that is none of the three is timed as amber."""
    return REPLY.get(rating, REPLY["amber"])
