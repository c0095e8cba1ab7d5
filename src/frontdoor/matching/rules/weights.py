"""What each agreement and each difference weighs: read from a file that a manager can read, kept by version."""

import json
import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

LEAST, MOST = -10.0, 15.0
"""No single field says more than this, in bits: training gives wild numbers where it saw few pairs."""

CURRENT = 1
"""The version in use: `weights/1.json`."""


@dataclass(frozen=True)
class Weights:
    """One version: bits by field and level, how many bear each name, and the odds before anything is compared.

    :param bits: (field, level) to bits, within LEAST and MOST
    :param shares: "given" and "family" to folded name to its share of people; a name not in it is as rare as `rare`
    :param prior: bits of the odds that a candidate taken at random is the person
    """

    version: int
    prior: float
    bits: dict[tuple[str, str], float]
    shares: dict[str, dict[str, float]] = field(default_factory=dict)
    usual: dict[str, float] = field(default_factory=dict)
    rare: dict[str, float] = field(default_factory=dict)

    def of(self, what: str, level: str) -> float:
        """Bits of one level of one field; nothing where it was never learnt."""
        return self.bits.get((what, level), 0.0)

    def rarity(self, kind: str, *words: str) -> float:
        """How many bits more (or fewer) sharing this name says than sharing an average one; the commoner of several."""
        table, rare = self.shares.get(kind, {}), self.rare.get(kind, 0.001)
        share = max((table.get(word, rare) for word in words), default=rare)
        return math.log2(self.usual.get(kind, rare) / share)

    def among(self, people: int) -> "Weights":
        """The same for an index of so many people: about one mention in two is of somebody known."""
        return replace(self, prior=-1.0 - math.log2(max(people, 2)))


def read(text: str) -> Weights:
    """Weights from the text of a file.

    :raises ValueError: not such a file, or a weight that is not m over u
    """
    told: dict[str, Any] = json.loads(text)
    bits = {
        (each["field"], level["level"]): max(LEAST, min(MOST, float(level["bits"])))
        for each in told["fields"]
        for level in each["levels"]
    }
    if not told.get("households", True):
        bits["household", "odds"] = 99.0
    names = told["names"]
    return Weights(
        version=int(told["version"]),
        prior=float(told["prior_bits"]),
        bits=bits,
        shares={kind: dict(names[kind]["shares"]) for kind in names},
        usual={kind: float(names[kind]["usual"]) for kind in names},
        rare={kind: float(names[kind]["rare"]) for kind in names},
    )


@lru_cache(8)
def weights(version: int = CURRENT) -> Weights:
    """The weights of a version, from the package."""
    return read((Path(__file__).parent / "weights" / f"{version}.json").read_text(encoding="utf-8"))
