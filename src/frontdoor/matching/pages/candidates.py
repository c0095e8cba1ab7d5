"""The weights as a manager reads them, and the words for a field and for how it came out."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from frontdoor.matching.rules import weights as rules
from frontdoor.shell.pages import Column, Row, text

COLUMNS = (
    "How it comes out", Column("Of one person", numeric=True), Column("Of two people", numeric=True),
    Column("Bits", numeric=True),
)  # fmt: skip

_OTHERS = {"before": "Before anything is compared", "rule": "What a rule takes off"}
_OUTCOMES = {"odds": "How many people there are", "twin": "May be a twin", "cap": "Not enough by itself"}


@lru_cache(8)
def _told(version: int) -> dict[str, Any]:
    path = Path(rules.__file__).parent / "weights" / f"{version}.json"
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def field_words(field: str, *, version: int = rules.CURRENT) -> str:
    """What a field is called: "Date of birth"."""
    said = {each["field"]: each["says"] for each in _told(version)["fields"]}
    return str(said.get(field) or _OTHERS.get(field) or field.replace("_", " ").capitalize())


def level_words(field: str, level: str, *, version: int = rules.CURRENT) -> str:
    """How a field came out, in the words of the file of weights."""
    for each in _told(version)["fields"]:
        for one in each["levels"]:
            if (each["field"], one["level"]) == (field, level) and one.get("note"):
                return str(one["note"])
    return _OUTCOMES.get(level, level.replace("_", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Weights:
    """One version of the weights: a table for each field."""

    facts: tuple[tuple[str, str], ...]
    about: str
    tables: tuple[tuple[str, tuple[Row, ...]], ...]


def weights(version: int = rules.CURRENT) -> Weights:
    """Everything that a version of the file says, but for how many bear each name."""
    told = _told(version)
    facts = (
        ("Version", str(told["version"])), ("Made on", str(told["made_on"])), ("Trained on", str(told["trained_on"])),
        ("Before anything is compared", f"{float(told['prior_bits']):+.1f} bits"),
    )  # fmt: skip
    tables = tuple(
        (str(each["says"]), tuple(_row(each["field"], one) for one in each["levels"])) for each in told["fields"]
    )
    return Weights(facts, str(told.get("about", "")), tables)


def _row(field: str, one: dict[str, Any]) -> Row:
    seen = [f"{float(one[name]):.4%}" if one.get(name) is not None else "" for name in ("m", "u")]
    return Row((text(level_words(field, one["level"])), *map(text, seen), text(f"{float(one['bits']):+.1f}")))
