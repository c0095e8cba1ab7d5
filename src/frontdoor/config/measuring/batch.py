"""A council's whole index searched for doubles: the job as it is, beside Splink alone on the same frame.

Both start from the frame, the columns of everybody; reading it out of the database is told apart: either needs it.
"""

import resource
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import within
from frontdoor.actors.rules import MATCHER
from frontdoor.config import doubling
from frontdoor.config.measuring import splinked
from frontdoor.config.measuring.figures import Figures, figures
from frontdoor.matching.models import Suspicion
from frontdoor.people.models import Identifier

Pairs = dict[tuple[int, int], float]


@contextmanager
def timed(what: str, out: Callable[[str], None]) -> Iterator[list[float]]:
    """Say how long the block takes, wall and processor, and the most memory that this process ever held."""
    taken: list[float] = []
    began, worked = time.monotonic(), time.process_time()
    yield taken
    taken += [time.monotonic() - began, time.process_time() - worked]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    out(f"| {what} | {taken[0]:.1f} s | {taken[1]:.1f} s | {most:,} MB |")


def frame(council: int) -> Any:
    """The columns of everybody in a council's index."""
    import pyarrow

    return pyarrow.concat_tables([splinked.table(records) for records in doubling.whole_index(council)])


def splink_alone(table: Any, *, memory: str, out: Callable[[str], None]) -> Pairs:
    """Splink with its ready-made comparisons: trained without labels, then every pair that it finds."""
    with timed("Splink alone: training", out):
        model = splinked.linker([table], splinked.ready_made_british(), splinked.BLOCKS, memory=memory)
        splinked.train(model)
    with timed("Splink alone: finding and scoring", out):
        found = model.inference.predict(threshold_match_probability=0.001).as_pyarrow_table()
    return _pairs(found)


def _pairs(found: Any) -> Pairs:
    sides = (found.column(name).to_pylist() for name in ("unique_id_l", "unique_id_r", "match_probability"))
    return {(min(one, other), max(one, other)): worth for one, other, worth in zip(*sides, strict=True)}


def truth(numbers: Iterable[tuple[int, str]]) -> frozenset[tuple[int, int]]:
    """Pairs of people who are one, by their numbers in the invented tables: `C17` and `D17`."""
    known = {number: person for person, number in numbers}
    return frozenset(
        (min(person, known[f"D{number[1:]}"]), max(person, known[f"D{number[1:]}"]))
        for number, person in known.items()
        if number.startswith("C") and f"D{number[1:]}" in known
    )


def laid(council: int) -> Pairs:
    """What the job laid before somebody in that council, with the probability of its bits."""
    with acting_for(council, by=MATCHER) as by:
        rows = within(by, Suspicion.objects.filter(elsewhere_council=None)).values_list("person_id", "other_id", "bits")
        return {(min(one, other), max(one, other)): 1 / (1 + 2.0**-bits) for one, other, bits in rows if other}


def measure(council: int, *, out: Callable[[str], None], memory: str = "1500MB") -> None:
    """Splink alone on a council's index, and what `./frontdoor match` found in it before, beside the truth.

    :raises ImportError: the packages of the extra `matching` are not installed
    """
    out("| step | wall | processor | memory at most |")
    with timed("reading everybody out of the database, as columns", out):
        table = frame(council)
    with timed("ours: finding pairs", out):
        ours = splinked.linker([table], doubling.comparisons(), splinked.BLOCKS, memory=memory)
        out(f"{ours.inference.predict(threshold_match_weight=0).as_pyarrow_table().num_rows:,} pairs to be weighed")
    del ours
    alone = splink_alone(table, memory=memory, out=out)
    with acting_for(council, by=MATCHER) as by:
        rows = within(by, Identifier.objects.filter(kind="local", struck_at=None)).values_list("person_id", "value")
        true = truth(rows)
    out(f"{table.num_rows:,} people, {len(true):,} true pairs")
    out("| found by | from | precision | recall | F1 | compared at all |")
    said("Splink alone", alone, true, out)
    said("`./frontdoor match`", laid(council), true, out)


def said(name: str, pairs: Pairs, true: frozenset[tuple[int, int]], out: Callable[[str], None]) -> None:
    """The figures of some scored pairs, at the probabilities from which they may count."""
    for least in (0.5, 0.9, 0.99):
        one: Figures = figures(pairs, true, least=least, both_ways=True)
        out(f"| {name} | {least} | {one.precision:.4f} | {one.recall:.4f} | {one.f1:.4f} | {one.found:.4f} |")
