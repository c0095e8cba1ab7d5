"""What an agency's people tell unasked, what they can do today, and what we wrote down in the room."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from frontdoor.actors.rules import SEEDER, StepNotAllowed
from frontdoor.background.actions import carry_out
from frontdoor.directions.models import Direction
from frontdoor.mash.actions import partners as actions
from frontdoor.mash.actions.partners import Said
from frontdoor.mash.models import Asked, Capacity, Confirmation, Reply, Request, Turn
from frontdoor.mash.queries import partners as queries
from tests.portal.asking import HEALTH, NOW, POLICE, ask, family
from tests.portal.test_partners import KNOWN
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World


@pytest.fixture
def police(world: World, client: Client) -> Client:
    return world.signed_in(client, world.partner("police-mash"))


@pytest.fixture
def asked(world: World) -> Request:
    return ask(world, family(world), POLICE)


def people(world: World, request: Request) -> list[str]:
    with world.system(SEEDER, council=request.authority_id):
        return [str(row.key) for row in Asked.objects.filter(request=request).order_by("position")]


def stopped(world: World, request: Request) -> None:
    with world.system(SEEDER, council=request.authority_id):
        Request.objects.filter(pk=request.pk).update(state="stopped", stopped_at=NOW, stopped_why="Stood down")


def hear(request: Request) -> None:
    carry_out("mash.hear", authority=request.authority_id, at=datetime.now(UTC), request=str(request.key))


def test_what_is_told_unasked_after_it_was_stopped_is_kept_and_somebody_is_set_to_read_it_once(
    world: World, police: Client, asked: Request
) -> None:
    ottilie, bram, _ = people(world, asked)
    stopped(world, asked)
    where = f"/partner/asked/{asked.key}/tell/"
    assert where in police.get(f"/partner/asked/{asked.key}/").content.decode()
    shown = police.get(where).content.decode()
    assert "Ottilie Testingham" in shown
    assert "4 Mill Lane" not in shown
    wrong = police.post(where, {**KNOWN, "about": []})
    assert wrong.status_code == 422
    assert "Say whom it is about" in wrong.content.decode()
    assert "It gets worse" in wrong.content.decode()
    told = police.post(where, {**KNOWN, "about": [ottilie, bram]}, follow=True)
    assert "whoever works on it is told" in told.content.decode()
    hear(asked)
    hear(asked)
    with world.system(SEEDER):
        assert [row.how for row in Reply.objects.filter(request_id=asked.pk)] == ["volunteered", "volunteered"]
        assert Request.objects.get(pk=asked.pk).state == "stopped"
        line = Turn.objects.get(enquiry_id=asked.enquiry_id)
        assert line.text == f"{POLICE} told us something unasked"
        action = Direction.objects.get()
        assert (action.what, action.owner_team) == (
            f"Read what {POLICE} told us unasked, and say what follows", world.team("mash").pk,
        )  # fmt: skip


def test_what_is_told_unasked_after_an_answer_goes_to_whoever_has_the_enquiry(
    world: World, police: Client, asked: Request
) -> None:
    police.post(f"/partner/asked/{asked.key}/", {"nothing": people(world, asked)})
    hear(asked)
    holder = world.user("social_worker").pk
    with world.system(SEEDER):
        type(asked.enquiry).objects.filter(pk=asked.enquiry_id).update(holder=holder)
        assert not Direction.objects.exists()
    police.post(f"/partner/asked/{asked.key}/tell/", {**KNOWN, "about": people(world, asked)[:1]})
    hear(asked)
    with world.system(SEEDER):
        assert Direction.objects.get().owner_user == holder
        assert Request.objects.get(pk=asked.pk).state == "answered"


def test_what_is_stopped_still_takes_no_answer_and_no_correction_is_a_way_round(world: World, asked: Request) -> None:
    stopped(world, asked)
    with world.answering("police-mash") as by:
        person = queries.people_of(asked.key, by=by)[0].asked
        with pytest.raises(StepNotAllowed):
            actions.give_replies(asked.key, {person: Said(kind="nothing_known")}, by=by, at=NOW)


def test_where_nobody_asked_the_list_leads_to_a_report_as_a_professional(police: Client) -> None:
    shown = police.get("/partner/").content.decode()
    assert 'href="/report/worry/where/"' in shown or 'href="/sender/new/"' in shown


def test_an_agency_says_what_it_can_do_today_and_the_board_of_each_chosen_council_shows_it(
    world: World, police: Client
) -> None:
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        ask(world, family(world, council=council), POLICE)
    empty = police.post("/partner/today/", {"line": "", "councils": [PETERBOROUGH]})
    assert empty.status_code == 422
    assert "Write what you can do today" in empty.content.decode()
    assert "Choose a council" in police.post("/partner/today/", {"line": "One in"}).content.decode()
    police.post("/partner/today/", {"line": "Nobody until noon", "councils": [PETERBOROUGH, CAMBRIDGESHIRE]})
    said = police.post("/partner/today/", {"line": "One of three in", "councils": [PETERBOROUGH]}, follow=True)
    assert said.status_code == 200
    assert "One of three in" in said.content.decode()
    health = world.signed_in(Client(), world.partner("health-mash"))
    assert "One of three in" not in health.get("/partner/today/").content.decode()
    staff = world.signed_in(Client(), world.user("social_worker", council=PETERBOROUGH))
    board = staff.get("/desk/agencies/").content.decode()
    assert "One of three in" in board
    assert "Nobody until noon" not in board


def test_capacity_is_said_for_ones_own_agency_alone_also_in_the_database(world: World, asked: Request) -> None:
    statement = (
        "INSERT INTO mash_capacity (authority_id, key, agency, line, said_by, user_id, at)"
        " VALUES (%s, gen_random_uuid(), %s, 'x', 'x', 1, now())"
    )
    theirs = world.agencies[HEALTH].key
    for council, agency in ((PETERBOROUGH, theirs), (CAMBRIDGESHIRE, asked.agency)):
        with (
            world.answering("police-mash"), connection.cursor() as cursor,
            pytest.raises(ProgrammingError, match="policy"), transaction.atomic(),
        ):  # fmt: skip
            cursor.execute(statement, [council, agency])
    with world.system(SEEDER):
        assert not Capacity.objects.exists()


def in_the_room(world: World, asked: Request, staff: Client, **more: Any) -> Any:
    with world.system(SEEDER, council=asked.authority_id):
        about = [str(row.subject.key) for row in Asked.objects.filter(request=asked, is_child=True)]
    typed = {"request": str(asked.key), "said_by": "PC Ward", "words": "He was arrested at noon", "about": about}
    where = f"/peterborough/enquiries/{asked.enquiry.key}/said/"
    return staff.post(where, {**typed, "mark": "professionals", **more})


def test_what_was_said_in_the_room_is_two_lines_and_confirmed_with_one_key_for_all(
    world: World, police: Client, asked: Request
) -> None:
    staff = world.signed_in(Client(), world.user("social_worker", council=PETERBOROUGH))
    page = staff.get(f"/peterborough/enquiries/{asked.enquiry.key}/").content.decode()
    assert f"/peterborough/enquiries/{asked.enquiry.key}/said/" in page
    for more, words in (
        ({"said_by": ""}, "Enter who said it"), ({"words": " "}, "Write what they said"),
        ({"about": []}, "Say whom it is about"), ({"request": ""}, "Choose the agency"),
    ):  # fmt: skip
        answer = in_the_room(world, asked, staff, **more)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert in_the_room(world, asked, staff).status_code == 302
    shown = police.get(f"/partner/asked/{asked.key}/").content.decode()
    assert shown.count('data-key="y"') == 1
    assert "wrote down 2 things" in shown
    assert police.post(f"/partner/asked/{asked.key}/confirm/").status_code == 302
    assert police.post(f"/partner/asked/{asked.key}/confirm/").status_code == 409
    with world.system(SEEDER):
        assert Confirmation.objects.count() == 2
        assert {row.how for row in Reply.objects.all()} == {"room"}
    other = world.signed_in(Client(), world.partner("health-mash"))
    assert other.post(f"/partner/asked/{asked.key}/confirm/").status_code == 404


def test_only_an_agency_of_the_enquiry_speaks_in_its_room(world: World, asked: Request) -> None:
    staff = world.signed_in(Client(), world.user("social_worker", council=PETERBOROUGH))
    other = ask(world, family(world), HEALTH)
    answer = in_the_room(world, asked, staff, request=str(other.key))
    assert answer.status_code == 422
    unasked = staff.get(f"/peterborough/enquiries/{family(world).key}/said/").content.decode()
    assert "Nobody was asked in this enquiry yet" in unasked
