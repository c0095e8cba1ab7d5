"""What the case system says no more has ended and says why; what may only be missing from a file goes on."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import BRINGER
from tests.people import tables
from tests.people.test_bringing import brought
from tests.worlds import MADE_AT, PETERBOROUGH

LATER = MADE_AT + timedelta(days=30)
PERSON = (*tables.PERSON, "pers_gender")
LINKED = ("link_person_id", "link_table_id", "link_identifier_type", "link_identifier_value")
OLD, NEW = ('{"HOUSE": "12", "STREET": "Fen Road"}', '{"HOUSE": "3", "STREET": "Lark Rise"}')
HOMES = [
    ("x", OLD, "2", "Home", "2020-01-01", "", "PE11AA"),
    ("y", NEW, "2", "Second home", "2021-01-01", "", "PE12BB"),
]
PEOPLE = [
    ("1", "Ewa", "Nowak", "F", "WOTH", "1988-02-03", "", "", "", "F"),
    ("2", "Bartosz", "Nowak", "M", "WOTH", "2016-05-03", "", "9990000018", "", "M"),
    ("4", "Farid", "Lark", "M", "", "1990-07-08", "", "", "", "M"),
]


def laid(folder: Path, *, people: Any = PEOPLE, homes: Any = HOMES, disabled: Any = ("VIS", "HEAR")) -> None:
    """Tables of a mother, a child with two homes, two disabilities and a number of another system, and a man alone."""
    tables.write(folder, "ssd_person", PERSON, people)
    tables.write(folder, "ssd_mother", tables.MOTHER, [("a", "1", "2", "2016-05-03")])
    tables.write(folder, "ssd_address", tables.ADDRESS, homes)
    tables.write(folder, "ssd_disability", tables.DISABILITY, [("2", f"d{code}", code) for code in disabled])
    tables.write(folder, "ssd_linked_identifiers", LINKED, [("2", "l", "YOT Number", "Y/12")])


@pytest.fixture
def folder(tmp_path: Path, own_database: str) -> Path:
    """Tables that were brought in once."""
    laid(tmp_path)
    brought(tmp_path)
    return tmp_path


def open_ones(number: str = "2") -> set[str]:
    """What is said of somebody and has not ended."""
    from frontdoor.people.models import Fact, Identifier, Residence

    with acting_for(PETERBOROUGH, by=BRINGER):
        (person,) = Identifier.objects.filter(kind="local", value=number).values_list("person", flat=True)
        of = {"person": person, "until": None, "struck_at": None}
        return {
            *Residence.objects.filter(**of).values_list("postcode", flat=True),
            *Fact.objects.filter(**of).values_list("value", flat=True),
            *Identifier.objects.filter(**of).exclude(kind="local").values_list("value", flat=True),
        }


ALL = {"PE1 1AA", "PE1 2BB", "VIS", "HEAR", "WOTH", "M", "9990000018", "Y/12"}


def test_what_is_said_no_more_has_ended_and_its_source_says_why(folder: Path) -> None:
    from frontdoor.people.models import Fact, Person, Residence

    assert open_ones() == ALL
    people = [PEOPLE[0], (*PEOPLE[1][:4], "", *PEOPLE[1][5:9], ""), PEOPLE[2]]  # no ethnicity, no gender
    laid(folder, people=people, homes=[HOMES[1], HOMES[1]], disabled=("VIS", "VIS"))
    run = brought(folder, at=LATER)
    assert run.counts["ended"] == 4
    assert open_ones() == ALL - {"PE1 1AA", "HEAR", "WOTH"}  # the sex, which is also M, is never ended by silence
    with acting_for(PETERBOROUGH, by=BRINGER):
        home, fact = Residence.objects.get(postcode="PE1 1AA"), Fact.objects.get(value="HEAR")
        assert (home.until, fact.until) == (date(2026, 2, 4), date(2026, 2, 4))
        assert home.source == fact.source == "case system; no longer in its tables of 4 February 2026"
        assert home.struck_at is None
        assert Person.objects.get(pk=home.person_id).postcode == "PE1 2BB"
    again = brought(folder, at=LATER + timedelta(days=1))
    assert (again.counts["ended"], again.counts["rows"]) == (0, 0)


def test_what_comes_back_is_a_further_row(folder: Path) -> None:
    laid(folder, homes=[HOMES[1], HOMES[1]])
    brought(folder, at=LATER)
    laid(folder)
    brought(folder, at=LATER + timedelta(days=1))
    assert open_ones() == ALL


@pytest.mark.parametrize("why", ["no file", "no column", "half a file", "a remark", "refused", "joined of two"])
def test_what_may_only_be_missing_from_a_file_goes_on(folder: Path, why: str) -> None:
    from frontdoor.people.models import Identifier

    laid(folder, homes=[HOMES[1], HOMES[1]], disabled=("VIS", "HEAR"))
    if why == "no file":
        (folder / "ssd_address.csv").unlink()
    elif why == "no column":
        tables.write(folder, "ssd_address", tables.ADDRESS[:-1], [HOMES[1][:-1], HOMES[1][:-1]])
    elif why == "half a file":
        tables.write(folder, "ssd_address", tables.ADDRESS, [HOMES[1]])
    elif why == "a remark":
        tables.write(folder, "ssd_address", tables.ADDRESS, [HOMES[1], (*HOMES[0][:4], "2020-02-31", "", "PE11AA")])
    elif why == "refused":
        tables.write(folder, "ssd_address", tables.ADDRESS, [HOMES[1], (*HOMES[1], "more", "cells")])
    else:
        with acting_for(PETERBOROUGH, by=BRINGER):
            kept = Identifier.objects.get(kind="local", value="2")
            Identifier.objects.filter(kind="local", value="4").update(person=kept.person_id)
    run = brought(folder, at=LATER)
    assert run.counts["ended"] == 0
    assert "PE1 1AA" in open_ones()


def test_what_a_worker_wrote_does_not_end_with_the_case_system(folder: Path, world: Any) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Identifier, Residence

    with world.acting("social_worker") as by:
        person = Identifier.objects.get(kind="local", value="2").person
        row = Residence(kind="other", lines="9 Mill Lane", postcode="PE1 3CC")
        index.add(person, row, source=index.Source("worker", "seen"), by=by, at=MADE_AT)
    brought(folder, at=LATER)
    assert "PE1 3CC" in open_ones()


@pytest.mark.parametrize("dry", [False, True])
def test_somebody_who_is_in_no_table_any_more_is_reported_and_goes_on(folder: Path, dry: bool) -> None:
    before, report = open_ones("4"), io.StringIO()
    laid(folder, people=PEOPLE[:2])
    run = brought(folder, at=LATER, dry=dry, report=report)
    assert run.counts["gone"] == 1
    (line,) = [line for line in report.getvalue().splitlines() if "Brought in before and in no table now" in line]
    assert line.startswith("ssd_person,0,4,")
    assert open_ones("4") == before
