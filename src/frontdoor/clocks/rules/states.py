"""What a clock shows at an instant: a pure function of its facts, so that no list ever waits for the sweep."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed
from frontdoor.clocks.rules.deadlines import LAST_SECOND, Pause, Rule, deadline, half_time, passed
from frontdoor.clocks.rules.kinds import LATE_REASONS, ClockKind
from frontdoor.clocks.rules.london import london_date


class State(StrEnum):
    """Where a clock stands at an instant."""

    RUNNING = "running"
    HALF_GONE = "half_gone"
    OVERDUE = "overdue"
    PAUSED = "paused"
    STOPPED_IN_TIME = "stopped_in_time"
    STOPPED_LATE = "stopped_late"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def stopped(self) -> bool:
        return self in (State.STOPPED_IN_TIME, State.STOPPED_LATE)


_WORDS = {
    State.RUNNING: "Running",
    State.HALF_GONE: "More than half the time gone",
    State.OVERDUE: "Late",
    State.PAUSED: "Paused",
    State.STOPPED_IN_TIME: "Done in time",
    State.STOPPED_LATE: "Done late",
}


@dataclass(frozen=True, slots=True)
class Course:
    """The facts of one clock, all that its state follows from.

    :param due_at: as stored, every ended pause in it
    :param half_at: likewise
    :param pauses: ended ones, in order
    :param paused_at: when the pause that still runs began
    """

    rule: Rule
    started_at: datetime
    due_at: datetime
    half_at: datetime
    pauses: tuple[Pause, ...] = ()
    paused_at: datetime | None = None
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at a clock.

    :param due_at: of a paused clock, as if it were resumed at this instant: it sorts by that
    :param left: until the end of the second in which it is due; when late, negative and counted from that second
    :param age: true elapsed time since the start, pauses and nights included
    """

    state: State
    due_at: datetime
    half_at: datetime
    left: timedelta
    age: timedelta


def may_pause(kind: ClockKind, state: State, reason: str) -> None:
    """Let a clock be paused only for a reason that its kind allows, and while there is time left.

    :raises InvalidInput: the kind cannot be paused for that reason
    :raises StepNotAllowed: it can never be paused, as most cannot, since waiting stops no clock; or it has stopped,
        stands still, or is late
    """
    if not kind.pauses:
        raise StepNotAllowed("This clock cannot be paused. Waiting for somebody stops no clock.")
    if not kind.words_of_pause(reason):
        raise InvalidInput(reason="Choose a reason for which this clock may be paused")
    if state not in (State.RUNNING, State.HALF_GONE):
        raise StepNotAllowed(f"This clock cannot be paused: {state.words.lower()}")


def may_resume(paused_at: datetime | None) -> None:
    """Let only a paused clock run again.

    :raises StepNotAllowed: it is not paused
    """
    if paused_at is None:
        raise StepNotAllowed("This clock is not paused")


def may_explain(state: State, reason: str) -> None:
    """Let a reason be given for a deadline that was missed, of the list in domain 2.1.

    :raises InvalidInput: the reason is not on the list
    :raises StepNotAllowed: nothing was missed
    """
    if state not in (State.OVERDUE, State.STOPPED_LATE):
        raise StepNotAllowed("This clock is not late")
    if reason not in {known.code for known in LATE_REASONS}:
        raise InvalidInput(reason="Choose a reason from the list")


def explained_with(owner_id: int | None, by: Actor) -> Permission:
    """Which permission explaining takes: the owner of the clock is asked for it, and managers may for anybody."""
    owns = owner_id is not None and owner_id == by.user_id
    return Permission.CLOCK_READ if owns else Permission.CLOCK_EXPLAIN


def in_time(rule: Rule, due_at: datetime, stopped_at: datetime) -> bool:
    """Whether what was stopped was in time: a limit in days is judged by its date in London (domain 2.1)."""
    if rule.unit.in_days:
        return london_date(stopped_at) <= london_date(due_at)
    return not passed(due_at, stopped_at)


def resumed_now(course: Course, at: datetime) -> tuple[datetime, datetime]:
    """When the clock would be due, and half gone, if its running pause ended at this instant."""
    pauses = _pauses_until(course, at)
    return deadline(course.rule, course.started_at, pauses), half_time(course.rule, course.started_at, pauses)


def _pauses_until(course: Course, at: datetime) -> tuple[Pause, ...]:
    """What had been paused by an instant, the pause then running ended at it."""
    running = ((course.paused_at, at),) if course.paused_at is not None else ()
    return tuple((paused, min(resumed, at)) for paused, resumed in (*course.pauses, *running) if paused < at)


def _paused(course: Course, at: datetime) -> bool:
    if course.paused_at is not None and course.paused_at <= at:
        return True
    return any(paused <= at < resumed for paused, resumed in course.pauses)


def read(course: Course, at: datetime) -> Reading:
    """What the clock shows at an instant, which may lie in the past: later pauses and a later stop are then unknown."""
    if course.stopped_at is not None and course.stopped_at <= at:
        state = State.STOPPED_IN_TIME if in_time(course.rule, course.due_at, course.stopped_at) else State.STOPPED_LATE
        return _reading(course, state, course.due_at, course.half_at, course.stopped_at)
    paused = _paused(course, at)
    if paused or any(resumed > at for _, resumed in course.pauses):
        due, half = resumed_now(course, at)
    else:
        due, half = course.due_at, course.half_at
    if paused:
        state = State.PAUSED
    elif passed(due, at):
        state = State.OVERDUE
    else:
        state = State.HALF_GONE if at >= half else State.RUNNING
    return _reading(course, state, due, half, at)


def _reading(course: Course, state: State, due: datetime, half: datetime, at: datetime) -> Reading:
    left = due - at if passed(due, at) else due + LAST_SECOND - at
    return Reading(state, due, half, left, at - course.started_at)
