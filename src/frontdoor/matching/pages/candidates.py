"""The weights as a manager reads them, and the words for a field and for how it came out."""

from dataclasses import dataclass
from typing import Any

from frontdoor.actors.rules import NotFound
from frontdoor.matching.rules import weights as rules
from frontdoor.shell.pages import Column, Row, link, tag, text

COLUMNS = (
    "How it comes out", Column("Of one person", numeric=True), Column("Of two people", numeric=True),
    Column("Bits", numeric=True),
)  # fmt: skip

_OTHERS = {"before": "Before anything is compared", "rule": "What a rule takes off"}
_OUTCOMES = {"odds": "How many people there are", "twin": "May be a twin", "cap": "Not enough by itself"}


VERSIONS = ("Version", "Made on", "Learnt from", "")
CHANGES = ("What is compared", "How it comes out", Column("Bits now", numeric=True), Column("Bits then", numeric=True))


def field_words(field: str, *, version: int | None = None) -> str:
    """What a field is called: "Date of birth"."""
    said = {each["field"]: each["says"] for each in rules.told(version or rules.current())["fields"]}
    return str(said.get(field) or _OTHERS.get(field) or field.replace("_", " ").capitalize())


def level_words(field: str, level: str, *, version: int | None = None) -> str:
    """How a field came out, in the words of the file of weights."""
    for each in rules.told(version or rules.current())["fields"]:
        for one in each["levels"]:
            if (each["field"], one["level"]) == (field, level) and one.get("note"):
                return str(one["note"])
    return _OUTCOMES.get(level, level.replace("_", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Weights:
    """One version of the weights: a table for each field."""

    number: int
    used: bool
    facts: tuple[tuple[str, str], ...]
    about: str
    versions: tuple[Row, ...]
    changes: tuple[Row, ...]
    tables: tuple[tuple[str, tuple[Row, ...]], ...]


def weights(version: int | None = None, *, href: str = "") -> Weights:
    """Everything that a version of the file says, but for how many bear each name; and what would change with it.

    :param href: the address of the page
    :raises NotFound: there is no such version
    """
    shown, used = version or rules.current(), rules.current()
    if shown not in rules.versions():
        raise NotFound
    told = rules.told(shown)
    facts = (
        ("Version", str(told["version"])), ("Made on", str(told["made_on"])), ("Trained on", str(told["trained_on"])),
        ("Before anything is compared", f"{float(told['prior_bits']):+.1f} bits"),
    )  # fmt: skip
    tables = tuple(
        (str(each["says"]), tuple(_row(each["field"], one) for one in each["levels"])) for each in told["fields"]
    )
    changed = () if shown == used else tuple(_change(each) for each in between(shown))
    versions = tuple(_version(each, href, shown) for each in rules.versions())
    return Weights(shown, shown == used, facts, str(told.get("about", "")), versions, changed, tables)


def between(version: int) -> list[tuple[str, str, float, float]]:
    """What weighs otherwise in that version than in the one in use, in words: field, outcome, bits now, bits then."""
    found = rules.changes(rules.weights(), rules.weights(version))
    return [
        (field_words(one.field, version=version), level_words(one.field, one.level, version=version), one.before,
         one.after)
        for one in found
    ]  # fmt: skip


def _version(version: int, href: str, shown: int) -> Row:
    told = rules.told(version)
    name = text(str(version)) if version == shown else link(str(version), f"{href}?version={version}", hidden="version")
    state = tag("In use", "done") if version == rules.current() else text("")
    return Row((name, text(str(told["made_on"])), text(str(told["trained_on"])), state))


def _change(one: tuple[str, str, float, float]) -> Row:
    return Row((text(one[0]), text(one[1]), text(f"{one[2]:+.1f}"), text(f"{one[3]:+.1f}")))


def _row(field: str, one: dict[str, Any]) -> Row:
    seen = [f"{float(one[name]):.4%}" if one.get(name) is not None else "" for name in ("m", "u")]
    return Row((text(level_words(field, one["level"])), *map(text, seen), text(f"{float(one['bits']):+.1f}")))
