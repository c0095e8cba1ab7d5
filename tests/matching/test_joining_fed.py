"""Days of the case system for a record that was joined into another: the one that it is now has them."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from frontdoor.actors.rules import BRINGER, SEEDER
from frontdoor.people.actions import feeding
from frontdoor.people.actions.bringing import SYSTEM
from frontdoor.people.models import CaseDate, Identifier
from tests.matching.joins import AT, Known, after, joined, undo
from tests.people import tables
from tests.worlds import PETERBOROUGH, World

VISIT = ("cinv_cin_visit_id", "cinv_person_id", "cinv_cin_visit_date", "cinv_cin_visit_seen",
         "cinv_cin_visit_seen_alone")  # fmt: skip
INVOLVED = ("invo_involvements_id", "invo_person_id")


@pytest.fixture
def known(world: World) -> Known:
    found = Known(world)
    found.make("Ola Nowak", "Ola Novak")
    with world.system(SEEDER):
        for number, person in enumerate(found.people):
            Identifier.objects.create(
                authority_id=PETERBOROUGH, person=person, kind="local", system=SYSTEM, value=f"P{number}",
                source_kind="system", source=SYSTEM, recorded_at=AT,
            )  # fmt: skip
    return found


def _fed(known: Known, folder: Path, *visits: tuple[str, str], at: datetime) -> dict[str, int]:
    """What stands after a refresh with these visits, each by its number and its person's: number and whose."""
    days = [(number, person, AT.date().isoformat(), "Y", "") for number, person in visits]
    involved = [(f"i{number}", person) for number, person in visits]
    paths = [
        tables.write(folder, "ssd_involvements", INVOLVED, involved),
        tables.write(folder, "ssd_cin_visits", VISIT, days),
    ]
    for path in paths:
        os.utime(path, (at.timestamp(), at.timestamp()))
    with known.world.system(BRINGER, council=PETERBOROUGH) as by:
        assert feeding.refresh(folder, by=by, at=at) is not None
        rows = CaseDate.objects.filter(gone=False).values_list("external", "person_id")
        return {external.removeprefix("ssd_cin_visits:"): person for external, person in rows}


def test_days_of_a_joined_record_are_those_of_the_one_that_it_is_now_until_they_are_parted(
    known: Known, tmp_path: Path
) -> None:
    kept, gone = (person.pk for person in known.people)
    assert _fed(known, tmp_path, ("1", "P1"), at=AT) == {"1": gone}
    join = joined(known, at=after(1))
    assert _fed(known, tmp_path, ("1", "P1"), ("2", "P1"), ("3", "P0"), at=after(2)) == dict.fromkeys("123", kept)
    assert undo(known, join, at=after(3)).choices["changed"] == []  # that it was read again changes nothing of it
    assert _fed(known, tmp_path, ("1", "P1"), ("2", "P1"), ("3", "P0"), at=after(4)) == {
        "1": gone, "2": gone, "3": kept,
    }  # fmt: skip


def test_a_day_of_somebody_whose_number_was_struck_through_at_a_join_stops_no_refresh(
    known: Known, tmp_path: Path
) -> None:
    kept, _ = (person.pk for person in known.people)
    joined(known, at=after(1))
    with known.world.system(SEEDER):
        Identifier.objects.filter(value="P1").update(struck_at=after(1), struck_why="Wrong.", struck_by=1)
    assert _fed(known, tmp_path, ("2", "P1"), ("3", "P0"), at=after(2)) == {"3": kept}
