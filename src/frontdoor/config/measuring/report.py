"""The table of docs/matching.md: our matching beside Splink's own on the same data, printed as it is measured."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from frontdoor.config.measuring import splinked
from frontdoor.config.measuring.data import Data, febrl, generated
from frontdoor.config.measuring.figures import Figures, figures
from frontdoor.config.measuring.ours import verdicts
from frontdoor.matching.rules.weights import Weights
from frontdoor.people.rules.records import Record

THRESHOLDS = (0.5, 0.9)
_FAR = 1 << 40
HEAD = (
    "| data | matched by | from | precision | recall | F1 | rank-1 | wrong at 0.99 | compared at all |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def measure(people: int = 20_000, *, out: Callable[[str], None], with_splink: bool = True) -> None:
    """Print the table, line by line.

    :param people: how large the invented index is; a fifth as many are looked for
    :raises ImportError: the packages of the extras `matching` and `measure` are not installed
    """
    out(HEAD)
    for data in (febrl(3), febrl(4), generated(people, looked_for=people // 5)):
        for line in _lines(data, with_splink=with_splink):
            out(line)


def everybody(data: Data) -> dict[int, Record]:
    """The index and the mentions as one set of records, nobody saying who is whom: what training sees."""
    return {**data.known, **{number + _FAR: record for number, record in data.mentions.items()}}


def _lines(data: Data, *, with_splink: bool) -> Iterator[str]:
    yield from _of(data, "ours, weights as delivered", _ours(data, None))
    if not with_splink:
        return
    from frontdoor.config.measuring import training

    told = training.learnt([everybody(data)], on=data.name, at=date.today())  # noqa: DTZ011 (only a label)
    yield from _of(data, "ours, trained on these data without labels", _ours(data, training.as_weights(told)))
    yield from _of(data, "Splink, ready-made comparisons", splinked.scored(data, splinked.ready_made(data)))


def _ours(data: Data, by: Weights | None) -> dict[tuple[int, int], float]:
    return {pair: verdict.probability for pair, verdict in verdicts(data, by).items()}


def _of(data: Data, who: str, pairs: Mapping[tuple[int, int], float]) -> Iterator[str]:
    for least in THRESHOLDS:
        found = figures(pairs, data.truth, least=least, both_ways=not data.mentions)
        yield f"| {data.name} | {who} | {least} | {_row(found)} |"


def _row(found: Figures) -> str:
    shares = (found.precision, found.recall, found.f1, found.rank_1)
    return " | ".join([*(f"{share:.4f}" for share in shares), str(found.wrong), f"{found.found:.4f}"])
