"""What each agreement and each difference weighs: read from a file that a manager can read, kept by version.

Versions up to 100 come with a release; later ones were learnt from an index of one's own (`./frontdoor match --train`)
and lie outside the package. None is used before somebody has chosen it.
"""

import json
import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

LEAST, MOST = -10.0, 15.0
"""No single field says more than this, in bits: training gives wild numbers where it saw few pairs."""

DELIVERED = 1
"""The version that this release comes with and uses unless another is chosen: `weights/1.json`."""

LEARNT = 100
"""Versions above this number were learnt, so that no release ever brings another file of that number."""

_OF_THE_RELEASE = Path(__file__).parent / "weights"


@dataclass
class _Choice:
    version: int = DELIVERED
    folder: Path | None = None


_choice = _Choice()


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


def choose(version: int, *, learnt: Path | None) -> None:
    """Use a version from now on, in this process.

    :param learnt: the folder in which versions lie that did not come with the release
    :raises ValueError: there is no such version, or its file is no file of weights
    """
    before = (_choice.version, _choice.folder)
    _choice.version, _choice.folder = version, learnt
    _read.cache_clear()
    told.cache_clear()
    try:
        right = weights(version).version == version
    except (OSError, ValueError, KeyError):
        right = False
    if not right:
        _choice.version, _choice.folder = before
        raise ValueError(f"no weights of version {version}")


def current() -> int:
    """The version in use."""
    return _choice.version


def versions() -> list[int]:
    """Every version that is there, those of the release first."""
    folders = filter(None, (_OF_THE_RELEASE, _choice.folder))
    found = {int(path.stem) for folder in folders for path in folder.glob("*.json") if path.stem.isdigit()}
    return sorted(each for each in found if _path(each).exists())


def _path(version: int) -> Path:
    """Where a version lies: a file in the folder of the learnt ones never stands for one of the release."""
    learnt = _choice.folder if version > LEARNT else None
    return (learnt or _OF_THE_RELEASE) / f"{version}.json"


@lru_cache(8)
def told(version: int) -> dict[str, Any]:
    """All that the file of a version says.

    :raises OSError: there is none
    """
    values: dict[str, Any] = json.loads(_path(version).read_text(encoding="utf-8"))
    return values


@lru_cache(8)
def _read(version: int) -> Weights:
    return read(json.dumps(told(version)))


def weights(version: int | None = None) -> Weights:
    """The weights of a version, or of the one in use.

    :raises OSError: there is none
    """
    return _read(version or _choice.version)


@dataclass(frozen=True, slots=True)
class Change:
    """How much more or less one level of one field would say, in bits."""

    field: str
    level: str
    before: float
    after: float


def changes(old: Weights, new: Weights, *, least: float = 0.1) -> list[Change]:
    """What differs by `least` bits or more, what changes most first."""
    found = [
        Change(what, level, old.of(what, level), new.of(what, level))
        for what, level in sorted(old.bits.keys() | new.bits.keys())
    ]
    real = [each for each in found if abs(each.after - each.before) >= least]
    return sorted(real, key=lambda each: -abs(each.after - each.before))
