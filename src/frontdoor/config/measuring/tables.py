"""An invented index as the tables of a case system, to be brought in: the population, and some registered once more.

Whoever is registered again has another number: `C17` and `D17` are one person, and nothing in the tables says so.
"""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from frontdoor.config.population.mentions import mention
from frontdoor.config.population.people import A_HOUSEHOLD, Someone, household
from frontdoor.people.rules.records import Record

SEED = 20261101
_FAMILIES = 0.24
"""Share of families who are registered again, nine of ten people of each."""

_HEADS = {
    "person": (
        "pers_person_id", "pers_forename", "pers_surname", "pers_sex", "pers_dob", "pers_expected_dob",
        "pers_common_child_id",
    ),
    "address": (
        "addr_table_id", "addr_person_id", "addr_address_json", "addr_address_type", "addr_address_start_date",
        "addr_address_end_date", "addr_address_postcode",
    ),
    "family": ("fami_table_id", "fami_family_id", "fami_person_id"),
    "mother": ("moth_table_id", "moth_person_id", "moth_childs_person_id"),
}  # fmt: skip
Member = tuple[str, Someone, Record]
"""Number in the case system, who it is, and what is said of them there."""


def write(once: Path, again: Path, *, people: int, seed: int = SEED) -> tuple[int, int]:
    """Write the tables of so many people into one folder, and of about a fifth of them again into another.

    :returns: how many are in each
    """
    told = more = number = 0
    chance = Random(f"{seed}:again")  # noqa: S311 (the same ones each time)
    with ExitStack() as files:
        first, second = (_Tables(folder, files) for folder in (once, again))
        while told < people:
            family = household(seed, number, people=people)[: people - told]
            number += 1
            told += len(family)
            first.household("F", number, [(f"C{who.number}", who, who.record) for who in family])
            if chance.random() < _FAMILIES:
                said = [(f"D{who.number}", who, mention(who, chance)) for who in family if chance.random() < 0.9]
                second.household("G", number, said)
                more += len(said)
    return told, more


def somebody(number: str, *, people: int, seed: int = SEED) -> Someone:
    """Who has a number in these tables."""
    serial = int(number[1:])
    return next(who for who in household(seed, serial // A_HOUSEHOLD, people=people) if who.number == serial)


class _Tables:
    """The files of one folder, open for writing."""

    def __init__(self, folder: Path, files: ExitStack) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._rows: dict[str, Callable[[Sequence[Any]], Any]] = {}
        for table, heads in _HEADS.items():
            file = files.enter_context((folder / f"ssd_{table}.csv").open("w", newline="", encoding="utf-8"))
            self._rows[table] = csv.writer(file).writerow
            self._rows[table](heads)

    def household(self, sign: str, number: int, members: Iterable[Member]) -> None:
        """A household: each with their addresses, one family number for all, and the mother of the children."""
        told = list(members)
        mother = next((name for name, who, record in told if who.role == "adult" and record.sex == "F"), None)
        for name, who, record in told:
            self._person(name, record)
            self._rows["family"]((f"T{name}", f"{sign}{number}", name))
            if mother and who.role != "adult":
                self._rows["mother"]((f"M{name}", mother, name))

    def _person(self, name: str, record: Record) -> None:
        called, nhs = record.names[0], dict(record.identifiers).get("nhs", "")
        self._rows["person"]((
            name, called.given, called.family, record.sex or "U", record.born or "", record.expected or "", nhs
        ))  # fmt: skip
        for place in range(max(len(record.addresses), len(record.postcodes))):
            line, code = (each[place : place + 1] for each in (record.addresses, record.postcodes))
            self._rows["address"]((
                f"A{name}-{place}", name, json.dumps({"STREET": line[0]}) if line else "", "Home", "",
                "2023-06-01" if place else "", *(code or ("",)),
            ))  # fmt: skip
