"""Lifting the seal of an address: two people, in the application and in the database; found again, kept, and undone."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.rules import SEEDER, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.people.rules.lifting import parted
from tests.people.test_index import made
from tests.worlds import World

pytestmark = pytest.mark.django_db
AT = timezone.now


def sealed(world: World) -> tuple[Any, Any]:
    from frontdoor.people.actions.index_protecting import protect
    from frontdoor.people.models import Residence

    with world.acting("social_worker") as by:
        home = Residence(kind="home", lines="7 Hidden Lane\nEly", postcode="cb7 4aa")
        person = made(by, rows=[home])
        protect(home.key, why="A parent looks", by=by, at=AT())
    return person, home


def asked(world: World, home: Any) -> Any:
    from frontdoor.people.actions import lifting

    with world.acting("social_worker") as by:
        return lifting.ask(home.key, why="The order has ended", by=by, at=AT())


@pytest.mark.parametrize(
    ("words", "lines", "postcode"),
    [
        ("7 Hidden Lane\nEly\ncb74aa", "7 Hidden Lane\nEly", "CB7 4AA"),
        ("7 Hidden Lane", "7 Hidden Lane", ""),
        ("CB7 4AA", "CB7 4AA", ""),
        ("", "", ""),
    ],
)
def test_an_address_is_parted_into_lines_and_postcode(words: str, lines: str, postcode: str) -> None:
    assert parted(words) == (lines, postcode)


def test_two_people_lift_a_seal_and_the_address_is_read_and_found_again(world: World, client: Client) -> None:
    from frontdoor.people.actions import lifting
    from frontdoor.people.models import Person, Residence
    from frontdoor.people.queries.index import records

    person, home = sealed(world)
    wish = asked(world, home)
    with world.acting("team_manager") as by:
        done = lifting.lift(wish.key, why="Read the order", seen=1, by=by, at=AT())
        assert done.state == "lifted"
        row = Residence.objects.get(key=home.key)
        assert (row.lines, row.postcode, row.protected) == ("7 Hidden Lane\nEly", "CB7 4AA", False)
        assert records([person.pk], by=by)[person.pk].postcodes == ("CB7 4AA",)
        assert Person.objects.get(pk=person.pk).postcode == "CB7 4AA"
        with pytest.raises(StepNotAllowed):
            lifting.lift(wish.key, why="Twice", seen=2, by=by, at=AT())
    world.signed_in(client, world.user("contact_officer", council=873))
    page = client.get(reverse("people:person", args=["peterborough", person.key])).content.decode()
    assert "7 Hidden Lane" in page
    assert "7 Hidden Lane" not in client.get(reverse("people:liftings", args=["peterborough"])).content.decode()


def test_whoever_asked_does_not_answer_and_whoever_is_no_manager_does_not_either(world: World) -> None:
    from frontdoor.people.actions import lifting
    from frontdoor.people.models import Residence

    _, home = sealed(world)
    with world.acting("team_manager") as by:
        mine = lifting.ask(home.key, why="Safe", by=by, at=AT())
        with pytest.raises(StepNotAllowed):
            lifting.lift(mine.key, why="Safe", seen=1, by=by, at=AT())
        with pytest.raises(StepNotAllowed):
            lifting.ask(home.key, why="Again", by=by, at=AT())
        lifting.drop(mine.key, seen=1, by=by, at=AT())
    wish = asked(world, home)
    with world.acting("contact_officer") as by, pytest.raises(NotPermitted):
        lifting.lift(wish.key, why="Safe", seen=1, by=by, at=AT())
    with world.acting("team_manager") as by:
        with pytest.raises(InvalidInput):
            lifting.lift(wish.key, why=" ", seen=1, by=by, at=AT())
        lifting.refuse(wish.key, why="Too soon", seen=1, by=by, at=AT())
        assert Residence.objects.get(key=home.key).protected


def test_the_database_lets_no_seal_go_without_two_people_and_each_answer_counts_once(world: World) -> None:
    from frontdoor.people.actions import index_protecting, lifting
    from frontdoor.people.models import Lifting, Residence

    _, home = sealed(world)

    def by_hand() -> None:
        with transaction.atomic():
            Residence.objects.filter(key=home.key).update(protected=False, lines="7 Hidden Lane")

    with world.acting("team_manager") as by:
        with pytest.raises(IntegrityError, match="lifted by two people"):
            by_hand()
        wish = Lifting.objects.create(
            authority_id=by.authority, residence=Residence.objects.get(key=home.key), state="asked", why="Safe",
            asked_by=by.user_id, asked_at=AT(),
        )  # fmt: skip
        with pytest.raises(IntegrityError, match="lifting_answered_by_another"), transaction.atomic():
            Lifting.objects.filter(pk=wish.pk).update(state="lifted", answered_by=by.user_id, answered_at=AT())
        lifting.drop(wish.key, seen=1, by=by, at=AT())
    wish = asked(world, home)
    with world.acting("team_manager") as by:
        lifting.lift(wish.key, why="Read the order", seen=1, by=by, at=AT())
        index_protecting.protect(home.key, why="Found again", by=by, at=AT())
        with pytest.raises(IntegrityError, match="lifted by two people"):
            by_hand()


def test_a_wish_about_a_record_that_few_may_open_is_not_there_for_others(world: World) -> None:
    from frontdoor.people.actions import lifting
    from frontdoor.people.models import Lifting
    from frontdoor.people.queries import lifting as queries
    from tests.people.shut import restriction

    person, home = sealed(world)
    wish = asked(world, home)
    with world.system(SEEDER):
        restriction(person)
    with world.acting("team_manager") as by:
        assert not Lifting.objects.exists()
        assert not queries.liftings(by=by, at=AT()).waiting
        with pytest.raises(NotFound):
            lifting.lift(wish.key, why="Safe", seen=1, by=by, at=AT())


def test_the_pages_lead_from_the_record_to_the_answer(world: World) -> None:
    person, home = sealed(world)
    worker = world.signed_in(Client(), world.user("social_worker", council=873))
    manager = world.signed_in(Client(), world.user("team_manager", council=873))
    row = reverse("people:row", args=["peterborough", "residence", home.key])
    where = reverse("people:lift", args=["peterborough", home.key])
    assert where in worker.get(row).content.decode()
    assert worker.post(where, {"why": "", "seen": person.version + 1}).status_code == 422
    assert worker.post(where, {"why": "The order has ended", "seen": "2"}).status_code == 302
    listed = manager.get(reverse("people:liftings", args=["peterborough"])).content.decode()
    assert "The order has ended" in listed
    (here,) = set(re.findall(r"/peterborough/people/lifting/[0-9a-f-]{36}/", listed))
    assert "Take it back" in worker.get(here).content.decode()
    assert manager.post(here, {"answer": "lift", "why": "", "seen": "1"}).status_code == 422
    assert manager.post(here, {"answer": "lift", "why": "Read the order", "seen": "1"}).status_code == 302
    assert "7 Hidden Lane" in worker.get(reverse("people:person", args=["peterborough", person.key])).content.decode()


def test_what_stays_sealed_is_not_lifted_by_the_same_wish(world: World) -> None:
    from frontdoor.people.actions import lifting
    from frontdoor.people.models import Residence

    _, home = sealed(world)
    wish = asked(world, home)
    with world.acting("team_manager") as by:
        lifting.refuse(wish.key, why="Too soon", seen=1, by=by, at=AT())
        with pytest.raises(StepNotAllowed, match="This was answered: stays sealed"):
            lifting.lift(wish.key, why="Safe", seen=2, by=by, at=AT())
        assert Residence.objects.get(key=home.key).protected


def test_only_whoever_asked_takes_the_wish_back(world: World) -> None:
    from frontdoor.people.actions import lifting

    wish = asked(world, sealed(world)[1])
    with world.acting("team_manager") as by, pytest.raises(NotPermitted):
        lifting.drop(wish.key, seen=1, by=by, at=AT())


def test_whoever_answers_has_seen_the_wish_as_it_stands(world: World) -> None:
    from frontdoor.people.actions import lifting

    wish = asked(world, sealed(world)[1])
    with world.acting("team_manager") as by, pytest.raises(Conflict):
        lifting.lift(wish.key, why="Safe", seen=2, by=by, at=AT())


def test_what_stands_in_clear_is_not_lifted_and_what_nobody_wrote_down_cannot_be(world: World) -> None:
    from frontdoor.people.actions import lifting
    from frontdoor.people.models import Residence

    with world.acting("social_worker") as by:
        home = Residence(kind="home", lines="7 Hidden Lane", postcode="CB7 4AA")
        made(by, rows=[home])
        with pytest.raises(StepNotAllowed, match="not sealed"):
            lifting.ask(home.key, why="Safe", by=by, at=AT())
        Residence.objects.filter(key=home.key).update(protected=True, lines="", postcode="", fold_lines="")
    wish = asked(world, home)
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed, match="Correct the address"):
        lifting.lift(wish.key, why="Safe", seen=1, by=by, at=AT())


def test_of_two_who_ask_at_once_the_database_keeps_one(world: World) -> None:
    from frontdoor.people.models import Lifting

    wish = asked(world, sealed(world)[1])
    with world.acting("team_manager") as by, pytest.raises(IntegrityError, match="lifting_asked_once"):
        Lifting.objects.create(
            authority_id=by.authority, residence_id=wish.residence_id, state="asked", why="Safe", asked_by=by.user_id,
            asked_at=AT(),
        )  # fmt: skip
