"""Who is open to whom: taken over from the tables, shown with its time, red when old, and always with an owner."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import BRINGER
from frontdoor.people.rules import feeding as rules
from frontdoor.people.rules.bringing import Unreadable
from tests.people import tables
from tests.worlds import MADE_AT, PETERBOROUGH, World

DAY = timedelta(days=1)
MADE = MADE_AT - timedelta(hours=6)
INVOLVED = (
    "invo_involvements_id", "invo_person_id", "invo_professional_id", "invo_professional_team",
    "invo_involvement_start_date", "invo_involvement_end_date", "invo_offered_date", "invo_accepted_date",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "name", "why"),
    [
        ({}, "Ruth Wold", ""),
        ({"worker_state": "away"}, "Sam Pell", "Ruth Wold is away"),
        ({"worker_state": "left"}, "Sam Pell", "Ruth Wold has left"),
        ({"worker": ""}, "Sam Pell", "No worker is allocated"),
        ({"offered_at": MADE_AT - timedelta(hours=25)}, "Sam Pell", "Ruth Wold has not accepted it"),
        ({"offered_at": MADE_AT - timedelta(hours=24)}, "Ruth Wold", ""),
        ({"offered_at": MADE_AT - 9 * DAY, "accepted_at": MADE_AT - 8 * DAY}, "Ruth Wold", ""),
        ({"worker_state": "left", "manager": ""}, "The team's manager", "Ruth Wold has left"),
    ],
)
def test_a_worker_who_is_away_has_left_or_has_not_accepted_is_not_the_owner(said: Any, name: str, why: str) -> None:
    given: dict[str, Any] = {
        "worker": "Ruth Wold",
        "worker_state": "",
        "manager": "Sam Pell",
        "offered_at": None,
        "accepted_at": None,
    }
    owner = rules.owner_of(**(given | said), at=MADE_AT, limit=timedelta(hours=24))
    assert (owner.name, owner.why) == (name, why)


def test_what_was_never_brought_in_is_absent_and_not_old() -> None:
    assert not rules.is_stale(None, at=MADE_AT, hours=24)
    assert not rules.is_stale(MADE_AT - timedelta(hours=24), at=MADE_AT, hours=24)
    assert rules.is_stale(MADE_AT - timedelta(hours=24, minutes=1), at=MADE_AT, hours=24)


def test_open_cases_without_a_worker_and_the_weightiest_plan_are_told() -> None:
    on = date(2026, 1, 5)
    rows: dict[str, list[dict[str, Any]]] = {
        "ssd_cin_episodes": [
            {"cine_referral_id": "r1", "cine_person_id": "1", "cine_referral_date": on},
            {"cine_referral_id": "r2", "cine_person_id": "2", "cine_referral_date": on, "cine_close_date": on - DAY},
            {"cine_referral_id": "r3", "cine_person_id": "3", "cine_referral_date": on, "cine_referral_nfa": True},
        ],
        "ssd_cin_plans": [{"cinp_person_id": "1", "cinp_cin_plan_start_date": on}],
        "ssd_cp_plans": [{"cppl_person_id": "1", "cppl_cp_plan_start_date": on}],
        "ssd_cla_episodes": [{"clae_person_id": "4", "clae_cla_episode_start_date": on}],
        "ssd_legal_status": [{"lega_person_id": "1", "lega_legal_status": "C2 - Full care order"}],
    }
    found = {each.person: each for each in rules.held(rows, on=on)}
    assert set(found) == {"1", "4"}
    assert (found["1"].external, found["1"].plan, found["1"].legal_status) == ("case:r1", "protection", "C2")
    assert found["4"].plan == "looked_after"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay(tmp_path, [("i1", "4711", "w1", "t1", "2025-11-01", "", "", "")])
    return tmp_path


def lay(folder: Path, involved: list[Any], made: datetime = MADE) -> None:
    paths = [
        tables.write(folder, "ssd_involvements", INVOLVED, involved),
        tables.write(folder, "ssd_professionals", ("prof_professional_id", "prof_professional_name",
                     "prof_professional_telephone", "prof_professional_state"),
                     [("w1", "Ruth Wold", "01632 960111", ""), ("w2", "Ian Fenn", "", "On leave")]),
        tables.write(folder, "ssd_department", ("dept_team_id", "dept_team_name", "dept_team_telephone",
                     "dept_team_manager_name"), [("t1", "Assessment East", "01632 960222", "Sam Pell")]),
    ]  # fmt: skip
    for path in paths:
        os.utime(path, (made.timestamp(), made.timestamp()))


def child(world: World) -> Any:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Identifier
    from frontdoor.people.rules.index_rows import Source

    with world.system(BRINGER, council=PETERBOROUGH) as by:
        number = Identifier(kind="local", system="case system", value="4711")
        return index.make(given_name="Bartosz", family_name="Nowak", rows=[number],
                          source=Source("system", "case system"), by=by, at=MADE_AT)  # fmt: skip


def refreshed(world: World, folder: Path, at: datetime = MADE_AT) -> Any:
    from frontdoor.people.actions import feeding

    with world.system(BRINGER, council=PETERBOROUGH) as by:
        return feeding.refresh(folder, by=by, at=at)


def asked(world: World, person: Any, at: datetime = MADE_AT) -> Any:
    from frontdoor.people.queries import feeding

    with world.acting("contact_officer") as by:
        return feeding.open_to([person.pk], by=by, at=at)


@pytest.mark.django_db
def test_the_latest_tables_say_who_is_open_to_whom_and_what_they_no_longer_say_has_ended(
    world: World, folder: Path
) -> None:
    from frontdoor.people.models import Involvement

    person = child(world)
    assert asked(world, person).as_at is None
    assert refreshed(world, folder).counts["new"] == 1
    feed = asked(world, person)
    (held,) = feed.of[person.pk]
    assert (held.worker, held.team, held.manager, held.phone) == (
        "Ruth Wold", "Assessment East", "Sam Pell", "01632 960111",
    )  # fmt: skip
    assert (feed.as_at, feed.stale) == (MADE.astimezone(UTC), False)
    assert refreshed(world, folder) is None

    lay(folder, [("i2", "4711", "w2", "t1", "2026-01-04", "", "", ""), ("i3", "99", "w1", "t1", "", "", "", "")],
        made=MADE + DAY)  # fmt: skip
    run = refreshed(world, folder, at=MADE_AT + DAY)
    assert (run.counts["new"], run.counts["rows"], run.counts["held"]) == (1, 1, 1)
    (held,) = asked(world, person, at=MADE_AT + DAY).of[person.pk]
    assert (held.owner.name, held.owner.why, held.phone) == ("Sam Pell", "Ian Fenn is away", "01632 960222")
    with world.system(BRINGER, council=PETERBOROUGH):
        assert Involvement.objects.filter(until=None).count() == 1
        assert Involvement.objects.count() == 2


@pytest.mark.django_db
def test_an_old_feed_is_red_and_one_that_never_came_is_not_nobody(world: World, folder: Path, client: Client) -> None:
    from django.utils import timezone

    person = child(world)
    world.signed_in(client, world.user("contact_officer", council=PETERBOROUGH))
    address = f"/peterborough/people/{person.key}/"
    assert "never brought in" in client.get(address).content.decode()
    now = timezone.now()
    lay(folder, [("i1", "4711", "w1", "t1", "2025-11-01", "", "", "")], made=now - timedelta(hours=1))
    refreshed(world, folder, at=now)
    page = client.get(address).content.decode()
    assert "Ruth Wold" in page
    assert "is old" not in page
    lay(folder, [("i1", "4711", "w1", "t1", "2025-11-01", "", "", "")], made=now - timedelta(hours=30))
    refreshed(world, folder, at=now)
    page = client.get(address).content.decode()
    assert "Ruth Wold" in page
    assert "Who is open to whom is old" in page


def test_the_job_takes_over_what_lies_in_the_folder_and_keeps_what_was_known_when_it_cannot(
    own_database: str, folder: Path, world: World
) -> None:
    from frontdoor.people.jobs import refresh_open
    from frontdoor.people.models import Bringing, Involvement

    child(world)
    with override_settings(FEEDS=((PETERBOROUGH, folder),)):
        refresh_open(0)
        (folder / "ssd_involvements.csv").unlink()
        refresh_open(0)
        refresh_open(0)
    with acting_for(PETERBOROUGH, by=BRINGER):
        assert list(Bringing.objects.order_by("begun_at").values_list("kind", "state")) == [
            ("feed", "done"), ("feed", "failed"),
        ]  # fmt: skip
        assert Involvement.objects.filter(until=None).count() == 1


@pytest.mark.django_db
def test_the_page_of_runs_says_what_a_refresh_did_and_why_one_failed(
    world: World, folder: Path, client: Client
) -> None:
    from frontdoor.people.actions import feeding

    child(world)
    done = refreshed(world, folder)
    with world.system(BRINGER, council=PETERBOROUGH) as by:
        feeding.note_failure("ssd_involvements is not there", by=by, at=MADE_AT + DAY)
    world.signed_in(client, world.user("data_quality_manager", council=PETERBOROUGH))
    listed = client.get("/peterborough/people/brought/").content.decode()
    assert listed.index("Failed") < listed.index("Done")
    assert (
        "Of people who are not in the index" in client.get(f"/peterborough/people/brought/{done.key}/").content.decode()
    )


@pytest.mark.django_db
def test_a_table_that_is_broken_changes_nothing(world: World, folder: Path) -> None:
    child(world)
    refreshed(world, folder)
    (folder / "ssd_professionals.csv").write_text("")
    with pytest.raises(Unreadable, match="ssd_professionals"):
        refreshed(world, folder, at=MADE_AT + DAY)
    assert asked(world, child(world)).as_at is not None
