"""The tables of the Standard Safeguarding Dataset that an index is brought in from: their columns, and what each holds.

`tables.csv` beside this file says it: the names, types, lengths and code lists are the standard's, which columns are
needed is ours. Columns with `standard` no are ours: the standard has no telephone of a team, and a call needs one.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

PERSON, FAMILY, ADDRESS, MOTHER = "ssd_person", "ssd_family", "ssd_address", "ssd_mother"
DISABILITY, IMMIGRATION, LINKED = "ssd_disability", "ssd_immigration_status", "ssd_linked_identifiers"
CLA, CIN, PERMANENCE = "ssd_cla_episodes", "ssd_cin_episodes", "ssd_permanence"
LEGAL, CIN_PLAN, CP_PLAN, EARLY_HELP = "ssd_legal_status", "ssd_cin_plans", "ssd_cp_plans", "ssd_early_help_episodes"
CARE_LEAVER, INVOLVEMENT = "ssd_care_leavers", "ssd_involvements"
PROFESSIONAL, TEAM = "ssd_professionals", "ssd_department"
ASSESSMENT, SECTION47 = "ssd_cin_assessments", "ssd_s47_enquiry"
CONFERENCE, VISIT = "ssd_initial_cp_conference", "ssd_cin_visits"

INDEX = (PERSON, FAMILY, MOTHER, ADDRESS, DISABILITY, IMMIGRATION, LINKED, CIN, CLA, PERMANENCE)
"""What an index is made of, in the order in which it is read."""

FEED = (
    PROFESSIONAL, TEAM, CIN, CIN_PLAN, CP_PLAN, CLA, CARE_LEAVER, EARLY_HELP, LEGAL, INVOLVEMENT, ASSESSMENT, SECTION47,
    CONFERENCE, VISIT,
)  # fmt: skip
"""What says who is open to whom, and what was done for a child and on which day."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    :param kind: text, day, moment, flag, code, json, postcode, nhs or upn
    :param most: characters at most; nought where the kind says it
    :param needed: a row without it is refused
    :param codes: the code list of its values
    """

    name: str
    kind: str
    most: int
    needed: bool
    codes: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, and which of them names the person."""

    name: str
    columns: tuple[Column, ...]

    @property
    def person(self) -> str:
        """The column with the person's number in the case system; empty for tables that are not about people."""
        if self.name == MOTHER:
            return "moth_childs_person_id"
        return next((column.name for column in self.columns if column.name.endswith("_person_id")), "")


@lru_cache(1)
def tables() -> dict[str, Table]:
    """Every table that is read, by name."""
    text = (files("frontdoor.people.rules.bringing") / "tables.csv").read_text(encoding="utf-8")
    found: dict[str, list[Column]] = {}
    for row in csv.DictReader(text.splitlines()):
        column = Column(row["field"], row["kind"], int(row["most"] or 0), row["needed"] == "yes", row["codes"])
        found.setdefault(row["table"], []).append(column)
    return {name: Table(name, tuple(columns)) for name, columns in found.items()}


def table_of(file: str) -> str:
    """The table that a file holds by its name: `ssd_person.csv`, `Person.CSV`, `2026 ssd_person.txt`; else empty."""
    stem, _, ending = file.rpartition(".")
    if ending.casefold() not in ("csv", "txt", "tsv"):
        return ""
    plain = "_".join(stem.casefold().replace("-", " ").replace("_", " ").split())
    fits = [name for name in tables() if plain.endswith(name) or plain == name.removeprefix("ssd_")]
    return max(fits, key=len, default="")
