"""Days that the case system says stop a referral's clocks with their source; a stale feed and differences are shown."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import BRINGER, COURIER
from frontdoor.clocks.models import Clock
from frontdoor.people.models import Bringing, CaseDate, Identifier
from frontdoor.people.rules.case_dates import days
from frontdoor.referrals import actions
from frontdoor.referrals.models import Milestone, Referral, Visit
from frontdoor.referrals.queries.opening import KIND, open_referral
from tests.referrals.referring import AT, after, confirm, held, person, world_of_seeder
from tests.worlds import PETERBOROUGH, World

NEXT = AT.date() + timedelta(days=5)
TOMORROW = AT.date() + timedelta(days=1)


def _worker(world: World, at: Any = AT) -> Any:
    return world.acting("assessment_worker", of=PETERBOROUGH, at=at)


@pytest.fixture
def row(world: World) -> Referral:
    """A referral of a child of whom it is confirmed who they are."""
    referral = held(world)
    child = person()
    with world_of_seeder():
        contact = Referral.objects.select_related("contact").get(pk=referral.pk).contact
    confirm(child, contact)
    _sweep(world, AT)
    with _worker(world):
        return Referral.objects.get(pk=referral.pk)


def _sweep(world: World, at: Any) -> None:
    with world.system(COURIER) as by:
        actions.follow_all(by=by, at=at)


def _says(row: Referral, *told: tuple[str, date], as_at: Any = None, number: str = "", **more: Any) -> None:
    with world_of_seeder() as by:
        at = as_at or after(days=5)
        run = Bringing.objects.create(
            authority_id=by.authority, kind="feed", state="done", as_at=at, begun_at=at, moved_at=at, ended_at=at
        )
        for kind, on in told:
            CaseDate.objects.create(
                authority_id=by.authority, person_id=row.person_id, external=f"t:{kind}{on}{number}", kind=kind, on=on,
                as_at=at, bringing=run, **more,
            )  # fmt: skip


def _running(row: Referral) -> set[str]:
    found = Clock.objects.filter(subject_kind=KIND, subject_key=str(row.key), stopped_at=None)
    return {each.kind.removeprefix("referrals.") for each in found}


def test_what_the_case_system_says_stops_the_clocks_with_its_source_once(world: World, row: Referral) -> None:
    _says(row, ("assessment_started", TOMORROW), ("assessment_authorised", NEXT))
    _says(row, ("visited", TOMORROW), seen=True, alone=True)
    _sweep(world, after(days=6))
    with _worker(world):
        assert _running(row).isdisjoint({"assessment", "visit", "seen", "alone"})
        dates = {each.kind: (each.on, each.source) for each in Milestone.objects.filter(referral=row)}
        assert dates["assessment_authorised"] == (NEXT, "case_system")
        assert "As the case system said" in Milestone.objects.filter(referral=row)[0].why
        visit = Visit.objects.get(referral=row)
        assert (visit.source, visit.seen, visit.alone) == ("case_system", True, True)
        told = Referral.objects.get(pk=row.pk).turns.order_by("-id")[0]
        assert (told.kind, "Assessment authorised" in told.text) == ("told", True)
        version = Referral.objects.get(pk=row.pk).version
    _sweep(world, after(days=7))
    with _worker(world):
        assert Referral.objects.get(pk=row.pk).version == version


def test_a_visit_at_which_nobody_says_the_child_was_seen_stops_the_visit_alone(world: World, row: Referral) -> None:
    _says(row, ("visited", TOMORROW), seen=None, alone=None)
    _sweep(world, after(days=6))
    with _worker(world):
        assert {"seen", "alone"} <= _running(row)
        assert "visit" not in _running(row)


def test_two_visits_of_one_day_are_both_taken_over_and_each_once(world: World, row: Referral) -> None:
    _says(row, ("visited", TOMORROW), seen=False, alone=False)
    _sweep(world, after(days=6))
    _says(row, ("visited", TOMORROW), number="second", seen=True, alone=True)
    for day in (7, 8):
        _sweep(world, after(days=day))
    with _worker(world):
        assert [each.seen for each in Visit.objects.filter(referral=row).order_by("id")] == [False, True]


def test_what_was_before_the_referral_stops_nothing(world: World, row: Referral) -> None:
    _says(row, ("assessment_started", AT.date() - timedelta(days=9)))
    _sweep(world, after(days=6))
    with _worker(world):
        assert not Milestone.objects.filter(referral=row).exists()


def test_what_the_team_recorded_stands_and_the_difference_is_shown(world: World, row: Referral, client: Any) -> None:
    with _worker(world, after(days=2)) as by:
        actions.record_date(row.key, seen=row.version, kind="assessment_started", on=TOMORROW, by=by, at=after(days=2))
    _says(row, ("assessment_started", NEXT))
    _sweep(world, after(days=6))
    with _worker(world) as by:
        assert Milestone.objects.get(referral=row).on == TOMORROW
    world.signed_in(client, world.user("assessment_worker", council=PETERBOROUGH))
    page = client.get(reverse("referrals:referral", args=["peterborough", row.key])).content.decode()
    assert "What the case system says" in page
    assert "Another day here" in page
    assert "too old to be relied on" in page  # the tables are from April


def test_what_somebody_struck_is_not_taken_over_a_second_time(world: World, row: Referral) -> None:
    _says(row, ("assessment_started", TOMORROW))
    _sweep(world, after(days=6))
    with _worker(world, after(days=6)) as by:
        seen = Referral.objects.get(pk=row.pk).version
        actions.strike_date(row.key, "assessment_started", seen=seen, why="Another child", by=by, at=after(days=6))
    _sweep(world, after(days=7))
    with _worker(world):
        assert not Milestone.objects.filter(referral=row, struck_at=None).exists()


def test_who_reads_no_people_sees_nothing_of_it(world: World, row: Referral) -> None:
    _says(row, ("assessment_started", TOMORROW))
    with world.acting("assessment_worker", of=PETERBOROUGH, at=AT) as by:
        assert open_referral(row.key, by=by, at=after(days=5)).told
    with world_of_seeder():
        assert CaseDate.objects.count() == 1
    with world.acting("social_worker", council=873, at=AT):
        assert CaseDate.objects.count() == 0


# From the tables


def test_only_days_that_have_come_are_told() -> None:
    rows = {
        "ssd_s47_enquiry": [
            {"s47e_s47_enquiry_id": "1", "s47e_person_id": "7", "s47e_s47_start_date": TOMORROW,
             "s47e_s47_end_date": NEXT},
        ],
        "ssd_cin_visits": [{"cinv_cin_visit_id": "3", "cinv_person_id": "7", "cinv_cin_visit_date": None}],
    }  # fmt: skip
    assert [(each.kind, each.on) for each in days(rows, on=TOMORROW)] == [("section47_started", TOMORROW)]


def test_a_refresh_takes_the_days_over_and_what_is_no_longer_named_is_gone(
    world: World, row: Referral, tmp_path: Path
) -> None:
    from frontdoor.people.actions import feeding
    from frontdoor.people.actions.bringing import SYSTEM

    with world_of_seeder() as by:
        Identifier.objects.create(
            authority_id=by.authority, person_id=row.person_id, kind="local", system=SYSTEM, value="P7", **IDENTIFIER
        )
    made = AT.timestamp()

    def file(name: str, text: str, *, age: int) -> None:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (made + age, made + age))

    involved = "invo_involvements_id,invo_person_id\n1,P7\n"
    assessed = "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
    file("ssd_involvements.csv", involved, age=0)
    file("ssd_cin_assessments.csv", f"{assessed}9,P7,{TOMORROW.isoformat()},{NEXT.isoformat()}\n", age=0)
    with acting_for(PETERBOROUGH, by=BRINGER) as by:
        feeding.refresh(tmp_path, by=by, at=after(days=6))
        assert set(CaseDate.objects.values_list("kind", "on", "gone")) == {
            ("assessment_started", TOMORROW, False), ("assessment_authorised", NEXT, False),
        }  # fmt: skip
    file("ssd_cin_assessments.csv", f"{assessed}9,P7,{TOMORROW.isoformat()},\n", age=60)
    with acting_for(PETERBOROUGH, by=BRINGER) as by:
        feeding.refresh(tmp_path, by=by, at=after(days=7))
        assert dict(CaseDate.objects.values_list("kind", "gone")) == {
            "assessment_started": False, "assessment_authorised": True,
        }  # fmt: skip


IDENTIFIER: dict[str, Any] = {"source_kind": "system", "recorded_at": AT}
