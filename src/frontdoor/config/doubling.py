"""Splink over a council's whole index, on DuckDB or on Apache Spark: it finds the pairs, our weights say their worth.

The index is read a slice at a time as the matcher. On DuckDB it is held as columns and no name is written anywhere; on
Spark it lies in files that go with the run (`sparking`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import MATCHER
from frontdoor.config import sparking
from frontdoor.matching.queries.doubles_searching import Pair, slice_after
from frontdoor.people.queries import index
from frontdoor.people.rules.records import Record

_SLICE = 5_000
_LEAST = 0.0
"""Bits below which a pair is not weighed by us, the odds of the whole index apart: it errs on the side of asking."""

FEWEST = 2_000
"""An index of fewer people is asked itself sooner than it is read whole."""


def installed() -> bool:
    """Whether the packages of the extra `matching` are here."""
    return all(find_spec(name) for name in ("splink", "duckdb", "pyarrow"))


Engine = Callable[[list[int]], list[Pair]]
"""Gives the pairs of a slice of the index, each with the smaller number first."""


def splink_engine(council: int, *, memory: str = "900MB") -> Engine:
    """What gives the pairs of a slice of the index, all of them found by Splink on DuckDB beforehand.

    :param memory: how much DuckDB may hold before it uses the disk
    :raises ImportError: the packages are not installed
    """
    return _given(_pairs(council, memory=memory))


def spark_engine(council: int, *, master: str, directory: Path) -> Engine:
    """The same, found by Splink on Apache Spark.

    :param directory: that all machines of the cluster read and write
    :raises ImportError: the packages are not installed
    :raises sparking.InUse: a search of that council runs there
    """
    with sparking.folder(directory, f"match-{council}") as place:
        return _given(sparking.pairs(_slices(council), comparisons(), least=_LEAST, master=master, place=place))


def _given(pairs: Iterable[Pair]) -> Engine:
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        found[min(one, other)].append(max(one, other))
    return lambda people: [(one, other) for one in people for other in sorted(found.get(one, ()))]


def _pairs(council: int, *, memory: str) -> list[Pair]:
    import pyarrow

    from frontdoor.config.doubling_households import worth_weighing
    from frontdoor.config.measuring import splinked

    tables = list(_slices(council))
    if not tables:
        return []
    database = splinked.opened(memory=memory)
    frame = database.register(pyarrow.concat_tables(tables), dataset_display_name="t0")
    del tables
    model = splinked.linked([frame], comparisons(), splinked.BLOCKS)
    return worth_weighing(database, model.inference.predict(threshold_match_weight=_LEAST), frame)


def comparisons() -> list[dict[str, Any]]:
    """Our fields and levels as Splink compares them, with what the weights of this release say of each."""
    from frontdoor.config.measuring import splinked, training

    says = {
        (field["field"], level["level"]): level["bits"]
        for field in training.template()["fields"]
        for level in field["levels"]
    }
    compared = splinked.our_comparisons()
    for each in compared:
        for level in each["comparison_levels"]:
            if not level.get("is_null_level"):
                bits = says.get((each["output_column_name"], level["label_for_charts"]), 0.0)
                level["m_probability"], level["u_probability"] = _chances(bits)
    return compared


def _chances(bits: float) -> tuple[float, float]:
    """Two chances whose ratio is so many bits: all that Splink makes of them."""
    return (0.5, 0.5 / 2**bits) if bits >= 0 else (0.5 * 2**bits, 0.5)


def _slices(council: int) -> Iterator[Any]:
    """The whole index as tables of columns, one slice after the other."""
    from frontdoor.config.measuring import splinked

    for records in whole_index(council):
        yield splinked.table(records)


def whole_index(council: int) -> Iterator[dict[int, Record]]:
    """Everybody of an index, a slice at a time, read as the matcher."""
    reached = 0
    while True:
        with acting_for(council, by=MATCHER) as by:
            people = slice_after(reached, _SLICE, by=by)
            records = index.records(people, by=by)
        if not people:
            return
        yield records
        reached = people[-1]
