"""Weights learnt from an index itself, without anybody saying who is whom: Splink's chances, and households counted.

What an agreement says of two people of one household is not learnt but counted: the index knows its households.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from itertools import combinations
from typing import Any

from frontdoor.config.measuring import splinked
from frontdoor.matching.rules import comparing
from frontdoor.matching.rules import weights as files
from frontdoor.matching.rules.weights import LEAST, MOST, Weights, read
from frontdoor.people.rules import names
from frontdoor.people.rules.records import Record

_NAMES_KEPT = 600
_FEWEST_BEARERS = 10
_AT_HOME = 100_000
"""So many people are kept with those they live with, to count how two of one household compare."""
_FEWEST = 200
"""Pairs of one household below which an index is taken to know no households."""

_OWN = {"given_home": "given", "born_home": "born", "sex_home": "sex", "order_home": "order"}


def template(version: int | None = None) -> dict[str, Any]:
    """The file of a version as it is, or of the one in use, whose levels and words a training fills anew."""
    return deepcopy(files.told(version or files.current()))


def learnt(slices: Iterable[Mapping[int, Record]], *, on: str, at: date, memory: str = "2GB") -> dict[str, Any]:
    """The text of a weights file, as values: every level that was seen often enough, the others as they were.

    :param slices: the index, of which one at a time is held as records and all of it as columns
    :param on: what it was trained on, in plain words, without anybody's name
    """
    import pyarrow

    seen = _Seen()
    table = pyarrow.concat_tables([seen.table(each) for each in slices])
    model = splinked.linker([table], splinked.our_comparisons(), splinked.BLOCKS, memory=memory)
    splinked.train(model)
    return _filled(template(), _chances(model.misc.save_model_to_json(None)), seen, on=on, at=at)


class _Seen:
    """What is counted of an index while it goes by: how many bear each name, and who lives with whom."""

    def __init__(self) -> None:
        self.names: dict[str, Counter[str]] = {"given": Counter(), "family": Counter()}
        self.people = 0
        self.homes: dict[tuple[str, ...], list[Record]] = {}
        self._at_home = 0

    def table(self, records: Mapping[int, Record]) -> Any:
        """A slice as columns, once everybody in it was counted."""
        for record in records.values():
            self.count(record)
        return splinked.table(records)

    def count(self, record: Record) -> None:
        """One person; households only until so many of them were seen that more teach nothing."""
        self.people += 1
        for name in record.names[:1]:
            self.names["given"].update(names.parts(name.given)[:1])
            self.names["family"].update(names.parts(name.family)[:2])
        if self._at_home < _AT_HOME and record.relatives and record.addresses and record.postcodes:
            self._at_home += 1
            self.homes.setdefault((record.addresses[0], record.postcodes[0]), []).append(record)


def _filled(
    told: dict[str, Any], chances: Mapping[tuple[str, str], tuple[float, float]], seen: _Seen, *, on: str, at: date
) -> dict[str, Any]:
    """A file of weights with what was learnt and counted."""
    home = _households(seen.homes)
    for each in told["fields"]:
        field = each["field"]
        for level in each["levels"]:
            if (field, level["level"]) in chances:
                level["m"], level["u"] = chances[field, level["level"]]
            elif home and (own := (_OWN.get(field, ""), level["level"])) in chances:
                level["m"], level["u"] = chances[own][0], home[own[0]].get(own[1], level["u"])
        _weigh(each["levels"])
    shares = {kind: _shares(counts) for kind, counts in seen.names.items()}
    return {**told, "made_on": at.isoformat(), "trained_on": on, "names": shares, "households": bool(home)}


def _weigh(levels: list[dict[str, Any]]) -> None:
    """Bits of each level, within those of all and of nothing agreeing: few pairs give wild numbers."""
    for level in levels:
        if "m" in level:
            level["bits"] = round(max(LEAST, min(MOST, math.log2(level["m"] / level["u"]))), 2)
    most = next((level["bits"] for level in levels if level["level"] == "exact"), MOST)
    for level in levels:
        level["bits"] = min(most, max(level["bits"], levels[-1]["bits"]))


def as_weights(told: dict[str, Any]) -> Weights:
    """Values of `learnt` as weights to be used."""
    return read(json.dumps(told))


def _chances(model: dict[str, Any]) -> dict[tuple[str, str], tuple[float, float]]:
    """(field, level) to m and u out of Splink's model; levels that it could not train are left out."""
    found = {}
    for compared in model["comparisons"]:
        for level in compared["comparison_levels"]:
            m, u = level.get("m_probability"), level.get("u_probability")
            if isinstance(m, float) and isinstance(u, float) and m > 0 and u > 0:
                found[compared["output_column_name"], level["label_for_charts"]] = (
                    max(round(m, 9), 1e-9),
                    max(round(u, 9), 1e-9),
                )
    return found


def _shares(counts: Counter[str]) -> dict[str, Any]:
    """How many bear each of the commonest names, what an agreement says on average, and how rare the rest are.

    A name that few bear stands in no file: it would say that somebody of that name is known.
    """
    total = max(1, counts.total())
    kept = [(name, number) for name, number in counts.most_common(_NAMES_KEPT) if number >= _FEWEST_BEARERS]
    usual = sum((number / total) ** 2 for number in counts.values()) or 0.001
    left, rest = len(counts) - len(kept), total - sum(number for _, number in kept)
    rare = max(rest / total / left if left else 0.0, 1 / total, usual / 24)
    return {
        "usual": round(usual, 6),
        "rare": round(min(rare, usual), 6),
        "shares": {name: round(max(number / total, rare), 6) for name, number in sorted(kept)},
    }


def _households(homes: Mapping[tuple[str, ...], list[Record]]) -> dict[str, dict[str, float]]:
    """How two people of one household compare in what is their own; empty where the index knows no households."""
    seen: dict[str, Counter[str]] = {field: Counter() for field in _OWN.values()}
    pairs = 0
    for home in homes.values():
        for one, other in combinations(home, 2):
            if _relatives_of_each_other(one, other):
                pairs += 1
                _count(seen, one, other)
    if pairs < _FEWEST:
        return {}
    return {
        field: {level: round(max(number, 0.5) / counted.total(), 6) for level, number in counted.items()}
        for field, counted in seen.items()
    }


def _count(seen: dict[str, Counter[str]], one: Record, other: Record) -> None:
    """Add how two people of one household compare."""
    found = comparing.of_names(one.names[0], other.names[0])
    found += filter(None, (comparing.of_birth(one, other), comparing.of_sex(one, other)))
    for each in found:
        if each.field in seen:
            seen[each.field][each.level] += 1


def _relatives_of_each_other(one: Record, other: Record) -> bool:
    """Whether each names the other: so they are two, and not one recorded twice."""
    return one.names[0] in other.relatives and other.names[0] in one.relatives and one.names[0] != other.names[0]
