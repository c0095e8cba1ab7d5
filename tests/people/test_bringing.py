"""An index brought in: whole families, once, with a report of what was not taken; and brought in again."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import BRINGER, StepNotAllowed
from frontdoor.people.rules.bringing import Unreadable
from tests.people import tables
from tests.people.tables import picture
from tests.worlds import MADE_AT, PETERBOROUGH, World

LATER = MADE_AT + timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A mother with two children, and a man alone."""
    tables.write(tmp_path, "ssd_person", tables.PERSON, [
        ("1", "Ewa", "Nowak", "F", "WOTH", "1988-02-03", "", "", ""),
        ("2", "Bartosz", "Nowak", "M", "WOTH", "03/05/2016", "", "9990000018", ""),
        ("3", "Unborn", "Nowak", "", "", "", "2026-03-01", "", ""),
        ("4", "Farid", "Lark", "M", "", "1990-07-08", "", "", ""),
    ])  # fmt: skip
    tables.write(tmp_path, "ssd_mother", tables.MOTHER, [("a", "1", "2", "2016-05-03"), ("b", "1", "3", "")])
    address = '{"HOUSE": "12", "STREET": "Fen Road", "TOWN": "Peterborough"}'
    tables.write(tmp_path, "ssd_address", tables.ADDRESS, [("x", address, "2", "Home", "2020-01-01", "", "PE11AA")])
    return tmp_path


def brought(folder: Path, **more: Any) -> Any:
    from frontdoor.people.actions import bringing

    said: dict[str, Any] = {"at": MADE_AT, "begun_by": "a test"} | more
    return bringing.bring(folder, council=PETERBOROUGH, **said).bringing


def test_what_is_brought_in_is_what_writing_it_down_would_have_made(folder: Path, own_database: str) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Person
    from frontdoor.trail.models import Entry

    run = brought(folder)
    assert (run.state, run.done, run.total) == ("done", 4, 4)
    assert {name: run.counts[name] for name in ("new", "known", "held")} == {"new": 4, "known": 0, "held": 0}
    before = picture()
    assert ("related", "1", "2", "mother") in before
    assert {row[2] for row in before if row[0] == "person"} == {
        "Ewa Nowak",
        "Bartosz Nowak",
        "Unborn Nowak",
        "Farid Lark",
    }
    with acting_for(PETERBOROUGH, by=BRINGER) as by:
        index.refresh(list(Person.objects.values_list("pk", flat=True)), by=by)
        actions = list(
            Entry.objects.filter(action__startswith="people.bring").order_by("id").values_list("action", flat=True)
        )
    assert picture() == before
    assert actions == ["people.bring_begin", "people.bring", "people.bring_end"]


def test_the_same_again_changes_nothing_and_a_second_person_is_never_made(folder: Path, own_database: str) -> None:
    brought(folder)
    before = picture()
    again = brought(folder, at=LATER)
    assert (again.counts["new"], again.counts["known"], again.counts["changed"], again.counts["rows"]) == (0, 4, 0, 0)
    assert picture() == before


def test_what_the_case_system_says_otherwise_later_is_a_further_row_and_nothing_is_erased(
    folder: Path, own_database: str
) -> None:
    brought(folder)
    before = picture()
    tables.write(folder, "ssd_person", tables.PERSON, [
        ("2", "Bartosz", "Nowak-Lark", "M", "WOTH", "03/05/2016", "", "9990000018", ""),
        ("3", "Zofia", "Nowak", "F", "", "2026-03-02", "", "", ""),
    ])  # fmt: skip
    address = '{"HOUSE": "12", "STREET": "Fen Road", "TOWN": "Peterborough"}'
    tables.write(
        folder, "ssd_address", tables.ADDRESS, [("x", address, "2", "Home", "2020-01-01", "2026-01-31", "PE11AA")]
    )
    run = brought(folder, at=LATER + timedelta(days=90))
    assert (run.counts["new"], run.counts["changed"]) == (0, 2)
    after = picture()
    labels = {row[1]: row[2] for row in after if row[0] == "person"}
    assert labels == {"1": "Ewa Nowak", "2": "Bartosz Nowak-Lark", "3": "Zofia Nowak", "4": "Farid Lark"}
    gone = [row for row in before if row not in after]
    assert {row[0] for row in gone} <= {"person", "probe", "Residence"}
    (home,) = [row for row in after if row[0] == "Residence"]
    assert str(home[-1]) == "2026-01-31"
    assert [row[3:] for row in after if row[:2] == ("Birth", "3")] != []
    assert len([row for row in after if row[:2] == ("Birth", "3")]) == 2


def test_a_fact_that_a_worker_struck_through_does_not_come_back(folder: Path, own_database: str, world: World) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Birth

    brought(folder)
    with world.acting("social_worker") as by:
        (birth,) = Birth.objects.filter(person__label="Bartosz Nowak")
        right = Birth(basis="known", day=birth.day.replace(year=2015))
        index.correct(right, why="The certificate says so", of=birth.key, table="birth", by=by, at=LATER)
    after = picture()
    assert brought(folder, at=LATER).counts["rows"] == 0
    assert picture() == after


def test_a_family_of_which_a_record_is_refused_waits_as_a_whole_and_others_do_not(
    folder: Path, own_database: str
) -> None:
    from frontdoor.people.models import Person, RefusedRow

    person = folder / "ssd_person.csv"
    person.write_text(person.read_text().replace("2,Bartosz,Nowak", "2,Bartosz,Nowak, with, commas"))
    report = io.StringIO()
    run = brought(folder, report=report)
    with acting_for(PETERBOROUGH, by=BRINGER):
        assert list(Person.objects.values_list("label", flat=True)) == ["Farid Lark"]
        refused = list(
            RefusedRow.objects.filter(bringing=run).order_by("line", "id").values_list("table", "line", "external")
        )
    assert run.counts["held"] == 2
    assert ("ssd_person", 3, "2") in refused
    rows = list(csv.DictReader(io.StringIO(report.getvalue())))
    assert {(row["line"], row["taken"]) for row in rows if row["table"] == "ssd_person"} == {
        ("3", "no"),
        ("2", "no"),
        ("4", "no"),
    }
    assert "Bartosz" not in report.getvalue()


def test_trying_it_out_says_what_would_come_and_writes_no_person(folder: Path, own_database: str) -> None:
    from frontdoor.people.models import Person

    run = brought(folder, dry=True)
    assert (run.dry, run.state, run.counts["new"]) == (True, "done", 4)
    with acting_for(PETERBOROUGH, by=BRINGER):
        assert not Person.objects.exists()


def test_a_record_from_before_an_adoption_is_linked_to_nobody_and_laid_before_a_person(
    folder: Path, own_database: str
) -> None:
    from frontdoor.people.models import Person, RefusedRow

    tables.write(
        folder, "ssd_cin_episodes", ("cine_referral_id", "cine_person_id", "cine_close_reason"), [("r", "4", "RC1")]
    )
    run = brought(folder)
    with acting_for(PETERBOROUGH, by=BRINGER):
        (row,) = RefusedRow.objects.filter(bringing=run)
        assert Person.objects.count() == 4
    assert (run.counts["adopted"], row.external, row.taken) == (1, "4", True)
    assert "before an adoption" in row.why


def test_a_run_that_breaks_off_goes_on_where_it_stopped(tmp_path: Path, own_database: str, monkeypatch: Any) -> None:
    from frontdoor.people.actions import bringing, bringing_writing

    tables.made(tmp_path, 60)
    written: Any = bringing_writing.write
    batches: list[int] = []

    def fails_at_third(*given: Any, **named: Any) -> Any:
        batches.append(1)
        if len(batches) == 3:
            raise RuntimeError("the lights went out")
        return written(*given, **named)

    monkeypatch.setattr(bringing, "write", fails_at_third)
    with pytest.raises(RuntimeError):
        brought(tmp_path, size=10)
    monkeypatch.setattr(bringing, "write", written)
    half = picture()
    run = brought(tmp_path, size=10)
    assert run.state == "done"
    assert run.done == run.counts["new"] == 60
    assert len([row for row in picture() if row[0] == "person"]) == 60
    assert all(row in picture() for row in half if row[0] != "probe")


def test_rows_that_nobody_in_the_index_answers_to_are_refused(folder: Path, own_database: str) -> None:
    tables.write(folder, "ssd_disability", tables.DISABILITY, [("99", "d", "AUT"), ("2", "e", "HEAR")])
    report = io.StringIO()
    brought(folder, report=report)
    assert [row["person"] for row in csv.DictReader(io.StringIO(report.getvalue()))] == ["99"]
    assert ("Fact", "2", None, "disability", "HEAR") in picture()


def test_two_runs_at_once_are_refused_and_a_folder_without_people_is_said_to_have_none(
    folder: Path, tmp_path: Path, own_database: str
) -> None:
    import threading

    from django.db import connections

    from frontdoor.people.actions import bringing

    failed: list[BaseException] = []

    def second() -> None:
        try:
            brought(folder)
        except StepNotAllowed as error:
            failed.append(error)
        finally:
            connections.close_all()

    with bringing.alone(PETERBOROUGH):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert failed
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(Unreadable, match="No file of this folder"):
        brought(empty)


@given(st.lists(st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_case_system_writes_reaches_the_database_as_it_is(db: None, values: list[str | None]) -> None:
    from django.db import connection

    from frontdoor.people.actions.bringing_writing import _array

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [_array(values)])
        assert cursor.fetchone()[0] == values
