"""Our own matching on a set of data: probes find the candidates, weights score them, as on the arrival of a contact."""

from collections import defaultdict
from collections.abc import Iterator

from frontdoor.config.measuring.data import Data
from frontdoor.matching.rules.scoring import Verdict, weigh
from frontdoor.matching.rules.weights import Weights, weights
from frontdoor.people.rules.probes import asked, probes


def candidates(data: Data) -> Iterator[tuple[int, list[int]]]:
    """Each mention with the numbers of those it might be; of an index compared with itself each pair once."""
    kept: dict[int, list[int]] = defaultdict(list)
    for number, record in data.known.items():
        for token in probes(record):
            kept[token].append(number)
    for number, record in (data.mentions or data.known).items():
        found = {other for token in asked(record) for other in kept.get(token, ())}
        yield number, sorted(found if data.mentions else (other for other in found if other != number))


def verdicts(data: Data, by: Weights | None = None) -> dict[tuple[int, int], Verdict]:
    """Every candidate pair weighed."""
    table = (by or weights()).among(len(data.known))
    looking = data.mentions or data.known
    found: dict[tuple[int, int], Verdict] = {}
    for number, others in candidates(data):
        for other in others:
            pair = (number, other) if data.mentions else (min(number, other), max(number, other))
            if pair not in found:
                found[pair] = weigh(looking[number], data.known[other], by=table)
    return found
