"""Timing two things side by side, and what is said of it."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles

Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Times:
    """Times of one thing, in milliseconds."""

    taken: tuple[float, ...]

    @property
    def p50(self) -> float:
        return self._percentile(50)

    @property
    def p95(self) -> float:
        return self._percentile(95)

    def _percentile(self, percent: int) -> float:
        return quantiles(self.taken, n=100, method="inclusive")[percent - 1]

    def __str__(self) -> str:
        return f"{self.p50:.2f} / {self.p95:.2f} ms"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table.

    :param ratio: of the middle times, or whatever else the target speaks of
    :param met: None where there is no target
    """

    what: str
    floor: str
    candidate: str
    ratio: str = ""
    target: str = ""
    met: bool | None = None


def side_by_side(rounds: int, *calls: Call) -> list[Times]:
    """Time each call once a round, in turns, so that whatever else the machine does falls on all of them alike."""
    for _ in range(max(3, rounds // 10)):
        for call in calls:
            call()
    gc.collect()
    gc.freeze()
    taken: list[list[float]] = [[] for _ in calls]
    for number in range(rounds):
        for place in range(len(calls)):
            turn = (number + place) % len(calls)
            began = time.perf_counter()
            calls[turn]()
            taken[turn].append(1_000 * (time.perf_counter() - began))
    gc.unfreeze()
    return [Times(tuple(each)) for each in taken]


def compared(what: str, floor: Times, candidate: Times, most: float) -> Line:
    """A line whose target is a ratio of the middle times."""
    ratio = candidate.p50 / floor.p50
    return Line(what, str(floor), str(candidate), f"{ratio:.2f}x", f"at most {most:g}x", ratio <= most)


def counted(what: str, numbers: Sequence[int], most: int) -> Line:
    """A line that counts."""
    highest = max(numbers, default=0)
    return Line(what, "", ", ".join(map(str, numbers)), "", f"at most {most}", highest <= most)
