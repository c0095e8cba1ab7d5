"""Keeping the directory: the states of a reading, what counts as old, and when a person looks before it is applied."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from frontdoor.clocks.rules import ClockKind, Escalation, Owner, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP: Final = "Services for families"

STALE_SERVICE: Final = declare(
    Setting(
        "directory.service_days", "A service that nobody checked or changed for so long counts as old", GROUP,
        Kind.NUMBER, 182, "Our default: twice a year, as open directories of councils are usually checked",
        unit="days", minimum=7, maximum=1_095,
    )
)  # fmt: skip
STALE_FEED: Final = declare(
    Setting(
        "directory.feed_days", "A feed that was not read anew for so long counts as old", GROUP, Kind.NUMBER, 14,
        "Our default: it is read every night, so a fortnight is many nights that failed", unit="days", minimum=1,
        maximum=365,
    )
)  # fmt: skip
MOST_GONE: Final = declare(
    Setting(
        "directory.gone_percent", "A nightly reading that would take away more services than this waits for a person",
        GROUP, Kind.NUMBER, 20, "Our default: a maker's fault looks like this more often than so many closures",
        unit="percent", minimum=1, maximum=100,
    )
)  # fmt: skip
LOOK_DAYS: Final = declare(
    Setting(
        "directory.look_days", "A correction is looked at again, once its feed has changed, within", GROUP, Kind.NUMBER,
        10, "Local practice; no national figure", unit="working days", minimum=1, maximum=60,
    )
)  # fmt: skip
LOOK: Final = declare_clock(
    ClockKind(
        name="directory.look", title="Look at a correction whose feed has changed", handoff="Services for families",
        unit=Unit.WORKING_DAYS, setting=LOOK_DAYS.name, source=LOOK_DAYS.source, owner=Owner.PERSON,
        at_half=(), at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)  # fmt: skip
CORRECTION: Final = "directory.correction"
"""What clocks call one correction."""


class Origin(StrEnum):
    """Where a source's services come from."""

    FILE = "file"
    ADDRESS = "address"


ORIGINS = [
    (Origin.FILE.value, "A file that somebody brings"),
    (Origin.ADDRESS.value, "An address that is read every night"),
]


class State(StrEnum):
    """How one reading of a source stands."""

    ASKED = "asked"
    READ = "read"
    APPLIED = "applied"
    DROPPED = "dropped"
    FAILED = "failed"


class Step(StrEnum):
    """What moves it on."""

    READ = "read"
    APPLY = "apply"
    DROP = "drop"
    FAIL = "fail"


STATES = [
    (State.ASKED.value, "Being read"),
    (State.READ.value, "Read, not applied"),
    (State.APPLIED.value, "Applied"),
    (State.DROPPED.value, "Dropped"),
    (State.FAILED.value, "Could not be read"),
]

STEPS: Mapping[Step, tuple[tuple[State, ...], State]] = {
    Step.READ: ((State.ASKED,), State.READ),
    Step.APPLY: ((State.READ,), State.APPLIED),
    Step.DROP: ((State.READ,), State.DROPPED),
    Step.FAIL: ((State.ASKED,), State.FAILED),
}


def after(state: str, step: Step) -> State | None:
    """The state that a step leads to; None where it does not lead on from this one."""
    starts, end = STEPS[step]
    return end if state in starts else None


def must_wait(*, gone: int, known: int, taken: int, percent: float) -> str:
    """Why a reading that nobody watches waits for a person; empty where it need not.

    :param gone: services that would be marked as gone, of `known` that stand
    """
    if not taken:
        return "The feed held no service that can be taken"
    if known and gone * 100 > known * percent:
        return f"{gone} of {known} services would be taken away"
    return ""


def old_before(on: date, days: float) -> date:
    """A service last checked before this day is old."""
    return on - timedelta(days=days)


def is_old(assured_on: date | None, *, on: date, days: float) -> bool:
    """Whether a service is old; one that never said when it was checked is."""
    return assured_on is None or assured_on < old_before(on, days)


def feed_is_old(fresh_at: datetime | None, *, at: datetime, days: float) -> bool:
    """Whether a source was not read anew for too long; one that was never read is new, not old."""
    return fresh_at is not None and at - fresh_at > timedelta(days=days)
