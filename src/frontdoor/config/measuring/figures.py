"""Precision, recall, rank-1 and wrong joins out of scored pairs and the truth."""

from collections.abc import Mapping
from dataclasses import dataclass

Pairs = Mapping[tuple[int, int], float]
"""(mention, known) to the probability that they are one."""


@dataclass(frozen=True)
class Figures:
    """What was measured on one set of data.

    :param rank_1: of the mentions whose person is in the index, the share for whom that person comes first
    :param wrong: pairs called almost certainly one (0.99 and more) that are two
    :param found: the share of true pairs that were compared at all
    """

    precision: float
    recall: float
    f1: float
    rank_1: float
    wrong: int
    found: float


def figures(pairs: Pairs, truth: frozenset[tuple[int, int]], *, least: float = 0.9, both_ways: bool = False) -> Figures:
    """Figures at a threshold.

    :param both_ways: the index was compared with itself, so that either of a pair looks for the other
    """
    said = {pair for pair, probability in pairs.items() if probability >= least}
    right = len(said & truth)
    precision, recall = right / max(1, len(said)), right / max(1, len(truth))
    return Figures(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / max(1e-9, precision + recall),
        rank_1=_rank_1(pairs, truth, both_ways=both_ways),
        wrong=sum(probability >= 0.99 and pair not in truth for pair, probability in pairs.items()),
        found=sum(pair in pairs for pair in truth) / max(1, len(truth)),
    )


def _rank_1(pairs: Pairs, truth: frozenset[tuple[int, int]], *, both_ways: bool) -> float:
    best: dict[int, tuple[float, int]] = {}
    directed = [*pairs.items(), *(((other, one), worth) for (one, other), worth in pairs.items() if both_ways)]
    for (one, other), worth in directed:
        if one not in best or (worth, -other) > (best[one][0], -best[one][1]):
            best[one] = (worth, other)
    meant = truth | {(other, one) for one, other in truth} if both_ways else truth
    asking = {one for one, _ in meant}
    return sum((one, best[one][1]) in meant for one in asking if one in best) / max(1, len(asking))
