"""The journey of a contact as a drawn path: what happened, how long each wait was, and what it waits for now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from frontdoor.shell.rules import words

LENGTH = 1000
"""The units of the scale over the path, whatever its width on the page."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened on the way.

    :param who: by whom, or in whose name
    :param hands: into whose hands it came with this; empty where it stayed where it was
    :param since: when that had begun for which this was waited
    :param due: when it was to have happened; None without a limit
    """

    name: str
    at: datetime
    who: str = ""
    hands: str = ""
    since: datetime | None = None
    due: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that has not happened yet.

    :param who: who is to do it
    """

    name: str
    since: datetime
    due: datetime | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """The line from one stop to the next: how long, short and in full, and whether a limit had passed in it."""

    short: str
    said: str
    late: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of the path.

    :param kind: its form: ``step``, ``hands``, ``late`` or ``now``
    :param when: its time, with the day where that is another than the stop's before
    :param took: how long it had been waited for, where not since the stop before
    :param over: by how much it was too late; empty where it was not
    :param gap: the line that leads on; None at the end
    """

    name: str
    kind: str
    at: datetime
    when: str
    who: str = ""
    hands: str = ""
    took: str = ""
    over: str = ""
    note: str = ""
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that is waited for now, in words."""

    name: str
    who: str
    said: str
    late: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the scale, to its length in time: from one stop to the next, or (late) while some limit had passed."""

    x: float
    width: float
    late: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What the journey component draws, and a sentence that says the whole."""

    stops: tuple[Stop, ...]
    waits: tuple[Waiting, ...]
    scale: tuple[Stretch, ...]
    begins: datetime
    ends: datetime
    ended: bool
    summary: str


def journey(steps: Sequence[Step], now: datetime, *, waits: Sequence[Wait] = (), ended: bool = False) -> Picture:
    """Draw the way from the first step to now.

    :param steps: in any order; at least one, for whatever arrived was received
    :param waits: what has not happened yet
    :param ended: the way ends with the last step, and not with now
    :raises ValueError: no step
    """
    if not steps:
        raise ValueError("a journey begins with its receipt")
    now = now.astimezone(UTC)
    ordered = sorted(map(_step_in_utc, steps), key=lambda step: step.at)
    open_ = sorted(
        map(_wait_in_utc, waits), key=lambda wait: (wait.due or datetime.max.replace(tzinfo=UTC), wait.since)
    )
    ends = ordered[-1].at if ended else max(now, ordered[-1].at)
    limits = [(step.due, step.at) for step in ordered if step.due] + [(wait.due, now) for wait in open_ if wait.due]
    times = [step.at for step in ordered] + ([] if ended else [ends])
    gaps = [_gap(start, end, limits) for start, end in pairwise(times)]
    stops = [_stop(step, before) for step, before in zip(ordered, [None, *times], strict=False)]
    if not ended:
        stops.append(Stop("Now", "now", ends, _when(ends, ordered[-1].at)))
    return Picture(
        stops=tuple(replace(stop, gap=gap) for stop, gap in zip(stops, [*gaps, None], strict=True)),
        waits=tuple(_waiting(wait, now) for wait in open_),
        scale=_scale(times, limits),
        begins=ordered[0].at,
        ends=ends,
        ended=ended,
        summary=_summary(stops, open_, ends - ordered[0].at, now),
    )


def _gap(start: datetime, end: datetime, limits: Sequence[tuple[datetime, datetime]]) -> Gap:
    """A stretch is late where some limit had passed before its end while that was still waited for."""
    late = any(due < end and start < until for due, until in limits)
    return Gap(_short(end - start), words.duration(end - start), late)


def _short(length: timedelta) -> str:
    """A length of time in few letters, for the line itself: "12 d 18 h", "51 min"."""
    said = words.duration(length)
    for long, short in (("day", "d"), ("hour", "h"), ("minute", "min")):
        said = said.replace(f"{long}s", short).replace(long, short)
    return said.replace("under a min", "at once")


def _stop(step: Step, before: datetime | None) -> Stop:
    over = words.duration(step.at - step.due) if step.due and step.at > step.due else ""
    kind = "late" if over else "hands" if step.hands else "step"
    # What was waited for since the stop before is said by the line from there.
    took = words.duration(step.at - step.since) if step.since and step.since < step.at and step.since != before else ""
    return Stop(
        step.name, kind, step.at, _when(step.at, before), step.who, step.hands, took=took, over=over, note=step.note
    )


def _when(at: datetime, before: datetime | None) -> str:
    """The time of day; with its day where that is not the day of the stop before."""
    said, here = words.time_of_day(at), words.london(at)
    if before is not None and words.london(before).date() == here.date():
        return said
    return f"{here:%a} {words.short_day(at)}, {said}"


def _waiting(wait: Wait, now: datetime) -> Waiting:
    since = f"for {words.waited(wait.since, now)}"
    if wait.due is None:
        return Waiting(wait.name, wait.who, since, late=False)
    left = words.remaining(wait.due, now)
    return Waiting(wait.name, wait.who, f"{since}, {left.words}", late=left.state == "late")


def _scale(times: Sequence[datetime], limits: Sequence[tuple[datetime, datetime]]) -> tuple[Stretch, ...]:
    """The gaps side by side, each as long as its time; over them, those times in which some limit had passed."""
    begins, ends = times[0], times[-1]
    per_second = LENGTH / max((ends - begins).total_seconds(), 1)

    def stretch(start: datetime, end: datetime, *, late: bool) -> Stretch:
        x = (start - begins).total_seconds() * per_second
        return Stretch(round(x, 1), round((end - start).total_seconds() * per_second, 1), late)

    gaps = [stretch(start, end, late=False) for start, end in pairwise(times)]
    overdue = [(max(due, begins), min(until, ends)) for due, until in limits]
    passed = [stretch(start, end, late=True) for start, end in _joined([span for span in overdue if span[0] < span[1]])]
    return tuple(each for each in [*gaps, *passed] if each.width)


def _joined(spans: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Spans in order, those that overlap as one."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _summary(stops: Sequence[Stop], waits: Sequence[Wait], whole: timedelta, now: datetime) -> str:
    steps = [stop for stop in stops if stop.kind != "now"]
    late = sum(bool(stop.over) for stop in steps)
    number = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
    said = f"{number} in {words.duration(whole)}, {late or 'none'} of them late"
    if not waits:
        return said
    overdue = sum(wait.due is not None and wait.due < now for wait in waits)
    return f"{said}; {len(waits)} waited for now, {overdue or 'none'} of them late"


def _step_in_utc(step: Step) -> Step:
    """Datetimes of one zone subtract by wall clock; only in UTC is that the time that passed."""
    return replace(step, at=step.at.astimezone(UTC), since=_utc(step.since), due=_utc(step.due))


def _wait_in_utc(wait: Wait) -> Wait:
    return replace(wait, since=wait.since.astimezone(UTC), due=_utc(wait.due))


def _utc(instant: datetime | None) -> datetime | None:
    return instant and instant.astimezone(UTC)
