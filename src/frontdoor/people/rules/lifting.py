"""Lifting the seal of an address: one person asks, a manager who is another person answers."""

from collections.abc import Mapping
from enum import StrEnum

from frontdoor.clocks.rules import ClockKind, Escalation, Owner, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare, declared
from frontdoor.people.rules.index_rows import is_postcode, postcode

LIFT_DAYS = declare(
    Setting(
        "address.lift_days", "A manager answers whether a sealed address may stand in clear again within",
        declared.DECISION, Kind.NUMBER, 2, "Local practice; no national figure", unit="working days", minimum=1,
        maximum=20,
    )
)  # fmt: skip
LIFT = declare_clock(
    ClockKind(
        name="people.lift", title="Answer whether a sealed address may be lifted", handoff="Sealed addresses",
        unit=Unit.WORKING_DAYS, setting=LIFT_DAYS.name, source=LIFT_DAYS.source, owner=Owner.PERSON,
        at_half=(Escalation.TEAM_MANAGER,), at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)  # fmt: skip
KIND = "people.lifting"
"""What clocks call one wish to lift a seal."""


class State(StrEnum):
    """How the wish to lift a seal stands."""

    ASKED = "asked"
    LIFTED = "lifted"
    REFUSED = "refused"
    DROPPED = "dropped"


class Step(StrEnum):
    """What moves it on."""

    LIFT = "lift"
    REFUSE = "refuse"
    DROP = "drop"


STATES = [
    (State.ASKED.value, "Waits for a manager"),
    (State.LIFTED.value, "Lifted"),
    (State.REFUSED.value, "Stays sealed"),
    (State.DROPPED.value, "Taken back"),
]

STEPS: Mapping[Step, tuple[tuple[State, ...], State]] = {
    Step.LIFT: ((State.ASKED,), State.LIFTED),
    Step.REFUSE: ((State.ASKED,), State.REFUSED),
    Step.DROP: ((State.ASKED,), State.DROPPED),
}


def after(state: str, step: Step) -> State | None:
    """The state that a step leads to; None where it does not lead on from this one."""
    starts, end = STEPS[step]
    return end if state in starts else None


def parted(words: str) -> tuple[str, str]:
    """An address as it was sealed, as lines and postcode; the postcode is empty where the last line is none."""
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
    if len(lines) > 1 and is_postcode(lines[-1]):
        return "\n".join(lines[:-1]), postcode(lines[-1])
    return "\n".join(lines), ""
