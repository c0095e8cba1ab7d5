"""What was done for a child and on which day, as the tables of a case system say it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdoor.people.rules.bringing import layouts

Rows = Mapping[str, Iterable[Mapping[str, Any]]]

DATED = {
    layouts.ASSESSMENT: (
        "cina_assessment_id", "cina_person_id",
        (("assessment_started", "cina_assessment_start_date"), ("assessment_authorised", "cina_assessment_auth_date")),
    ),
    layouts.SECTION47: (
        "s47e_s47_enquiry_id", "s47e_person_id",
        (("section47_started", "s47e_s47_start_date"), ("section47_ended", "s47e_s47_end_date")),
    ),
    layouts.CONFERENCE: ("icpc_icpc_id", "icpc_person_id", (("conference_held", "icpc_icpc_date"),)),
}  # fmt: skip
"""For each table its number, its person, and what each of its days says."""

VISITED = "visited"
KINDS = [
    ("assessment_started", "Assessment started"),
    ("assessment_authorised", "Assessment authorised"),
    ("section47_started", "Section 47 enquiry started"),
    ("section47_ended", "Section 47 enquiry ended"),
    ("conference_held", "First child protection conference held"),
    (VISITED, "Visit"),
]


@dataclass(frozen=True, slots=True)
class CaseDay:
    """One day.

    :param external: the row's number in the case system, with its table
    :param person: the person's number there
    :param seen: of a visit, whether the child was seen; None where the table does not say
    """

    external: str
    person: str
    kind: str
    on: date
    seen: bool | None = None
    alone: bool | None = None


def days(rows: Rows, *, on: date) -> Iterator[CaseDay]:
    """Every day that the tables name and that is not ahead; a row without a day says nothing yet.

    :param rows: clean rows by table; a table that is not there is not in it
    :param on: the day of the reading
    """
    for table, (number, person, columns) in DATED.items():
        for row in rows.get(table, ()):
            for kind, column in columns:
                day = row.get(column)
                if day is not None and day <= on:
                    yield CaseDay(f"{table}:{row[number]}"[:110], str(row[person]), kind, day)
    for row in rows.get(layouts.VISIT, ()):
        day = row.get("cinv_cin_visit_date")
        if day is not None and day <= on:
            yield CaseDay(
                f"{layouts.VISIT}:{row['cinv_cin_visit_id']}"[:110], str(row["cinv_person_id"]), VISITED, day,
                row.get("cinv_cin_visit_seen"), row.get("cinv_cin_visit_seen_alone"),
            )  # fmt: skip
