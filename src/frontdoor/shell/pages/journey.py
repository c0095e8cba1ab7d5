"""The journey of a contact as a picture: every hand it passed through, from first receipt to now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from frontdoor.shell.rules import words

# Units of the drawing: it is scaled to the width of its place.
WIDTH, NAME_WIDTH, ROW, HEAD = 720, 190, 34, 30
_TICKS = (
    timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=3),
    timedelta(hours=6), timedelta(hours=12), timedelta(days=1), timedelta(days=2), timedelta(days=7),
    timedelta(days=14), timedelta(days=28), timedelta(days=91), timedelta(days=364),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a journey.

    :param until: when the step ended; None while it runs
    :param due: when it was to have ended; None without a limit
    :param who: in whose hands it was
    """

    name: str
    at: datetime
    until: datetime | None = None
    due: datetime | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One drawn step: its place, its state (done, late, running, overdue), and the same in words."""

    step: Step
    x: float
    y: float
    width: float
    due_x: float | None
    state: str
    took: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the time axis and what stands over it."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What the journey component draws: bars and ticks in units, a sentence that says the whole."""

    width: int
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    summary: str


def journey(steps: Sequence[Step], now: datetime) -> Picture:
    """Lay the steps along the elapsed time from the first to now.

    :param steps: in any order; at least one, for whatever arrived was received
    :raises ValueError: no step
    """
    if not steps:
        raise ValueError("a journey begins with its receipt")
    now = now.astimezone(UTC)
    ordered = sorted(map(_in_utc, steps), key=lambda step: (step.at, step.until or now))
    start = ordered[0].at
    end = max([now, *(step.due for step in ordered if step.due and step.until is None)])
    scale = (WIDTH - NAME_WIDTH - 20) / max((end - start).total_seconds(), 60)
    bars = tuple(_bar(step, index, start, scale, now) for index, step in enumerate(ordered))
    late = sum(bar.state in ("late", "overdue") for bar in bars)
    summary = f"{len(bars)} steps in {words.duration(now - start)}, {late} late"
    if len(bars) == 1:
        summary = f"1 step in {words.duration(now - start)}, {'late' if late else 'not late'}"
    return Picture(WIDTH, HEAD + ROW * len(bars) + 6, bars, _ticks(start, end, scale), summary)


def _bar(step: Step, index: int, start: datetime, scale: float, now: datetime) -> Bar:
    ended = step.until or now
    late = step.due is not None and ended > step.due
    state = ("late" if late else "done") if step.until else ("overdue" if late else "running")
    took = words.duration(ended - step.at)
    over = words.duration(ended - step.due) if late and step.due else ""
    outcome = {
        "done": f"took {took}",
        "late": f"took {took}, {over} late",
        "running": f"running for {took}",
        "overdue": f"running for {took}, {over} late",
    }[state]
    return Bar(
        step=step,
        x=_place(step.at, start, scale),
        y=HEAD + ROW * index,
        width=max(_round((ended - step.at).total_seconds() * scale), 4),
        due_x=_place(step.due, start, scale) if step.due and step.due > start else None,
        state=state,
        took=took,
        outcome=outcome,
    )


def _ticks(start: datetime, end: datetime, scale: float) -> tuple[Tick, ...]:
    """At most six lines, at whole steps of elapsed time."""
    span = end - start
    step = next((size for size in _TICKS if span / size <= 6), span / 6)
    count = int(span / step)
    return tuple(Tick(_place(start + step * n, start, scale), _tick_label(step * n)) for n in range(count + 1))


def _tick_label(length: timedelta) -> str:
    return words.duration(length) if length else "received"


def _place(instant: datetime, start: datetime, scale: float) -> float:
    return _round(NAME_WIDTH + max((instant - start).total_seconds(), 0) * scale)


def _round(value: float) -> float:
    return round(value, 1)


def _in_utc(step: Step) -> Step:
    """Datetimes of one zone subtract by wall clock; only in UTC is that the time that passed."""
    return replace(
        step,
        at=step.at.astimezone(UTC),
        until=step.until and step.until.astimezone(UTC),
        due=step.due and step.due.astimezone(UTC),
    )
