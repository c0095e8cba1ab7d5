"""Who does what a decision directs is chosen from a list; a wrong name is told of beside its field, and stays."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from frontdoor.access.models import User
from frontdoor.actors.rules import SEEDER
from frontdoor.contacts.models import Decision, Matter
from frontdoor.directions import queries as directions
from frontdoor.directions import rules
from frontdoor.directions.models import Direction
from frontdoor.handovers.models import Handover
from tests.contacts.deciding import ENQUIRY, arrived, recommended
from tests.worlds import World

NOW = datetime.now(UTC) - timedelta(minutes=20)


@pytest.fixture
def matter(world: World) -> Matter:
    return recommended(world, arrived(world, at=NOW), ENQUIRY, at=NOW)


def signed_in(world: World) -> Client:
    return world.signed_in(Client(), world.user("team_manager"))


def typed(matter: Matter, owner: str, **more: Any) -> dict[str, Any]:
    tomorrow = NOW + timedelta(days=1)
    return {
        "seen": matter.version, "outcome": "mash_enquiry", "rating": "amber", "risk_seen": "Neglect.",
        "direction": "See Tess today.", "what_1": "Speak to Tess alone", "owner_1": owner, "due_1-day": tomorrow.day,
        "due_1-month": tomorrow.month, "due_1-year": tomorrow.year, "due_1-time": "16:00", **more,
    }  # fmt: skip


def address(matter: Matter) -> str:
    return f"/peterborough/children/{matter.key}/decide/"


@pytest.mark.parametrize("blanks", [False, True])
def test_a_colleague_chosen_by_name_owns_the_direction_and_is_named_on_the_page_that_travels(
    world: World, matter: Matter, blanks: bool
) -> None:
    who = world.user("social_worker")
    owner = f"  {who.name.upper().replace(' ', '   ')} " if blanks else who.name
    answer = signed_in(world).post(address(matter), typed(matter, owner))
    assert answer.status_code == 302, answer.content.decode()
    with world.acting("team_manager"):
        direction = Direction.objects.get()
        assert (direction.owner_user, direction.owner_team, direction.owner_agency) == (who.pk, None, "")
        assert Handover.objects.get().payload["must_happen"][0]["owner"] == who.name


def test_a_team_or_an_agency_may_own_it_too(world: World, matter: Matter) -> None:
    team, school = world.team("mash"), world.agencies["Whittle Brook Primary School"]
    tomorrow = NOW + timedelta(days=1)
    second = {
        "what_2": "Keep her in sight until we come", "owner_2": school.name, "due_2-day": tomorrow.day,
        "due_2-month": tomorrow.month, "due_2-year": tomorrow.year, "due_2-time": "09:00",
    }  # fmt: skip
    assert signed_in(world).post(address(matter), typed(matter, team.name, **second)).status_code == 302
    with world.acting("team_manager"):
        first, other = Direction.objects.order_by("id")
        assert (first.owner_team, other.owner_agency) == (team.pk, school.name)


@pytest.mark.parametrize("wrong", ["Nobody Atall", "user:1", "<script>alert(1)</script>", "\u202enwonknu", "x" * 199])
def test_a_wrong_name_is_told_beside_its_field_and_everything_typed_stays(
    world: World, matter: Matter, wrong: str
) -> None:
    answer = signed_in(world).post(address(matter), typed(matter, wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_owner_1"' in page
    assert "nobody here is called" in page
    assert "Speak to Tess alone" in page
    assert "See Tess today." in page
    assert "<script>alert" not in page
    with world.acting("team_manager"):
        assert not Decision.objects.exists()
        assert not Direction.objects.exists()


def test_a_slip_of_the_pen_is_answered_with_whom_it_may_have_meant(world: World, matter: Matter) -> None:
    name = world.user("social_worker").name
    answer = signed_in(world).post(address(matter), typed(matter, name[:-1] + "q"))
    assert f"Did you mean {name}" in answer.content.decode()


def test_somebody_whose_reach_has_ended_is_no_longer_in_the_list(world: World, matter: Matter) -> None:
    world.agree_until((NOW - timedelta(days=2)).date())
    client = world.signed_in(Client(), world.user("team_manager", council=874))
    page = client.get(address(matter)).content.decode()
    gone = world.user("social_worker").name
    assert f'value="{gone}"' not in page
    answer = client.post(address(matter), typed(matter, gone))
    assert answer.status_code == 422
    assert "nobody here is called" in answer.content.decode()


def test_the_page_offers_every_name_to_a_browser_and_works_without_script(world: World, matter: Matter) -> None:
    page = signed_in(world).get(address(matter)).content.decode()
    with world.acting("team_manager", at=datetime.now(UTC)) as by:
        names = [name for _, name in directions.owners(by=by, at=datetime.now(UTC))]
    assert page.count('<datalist id="owners">') == 1
    assert page.count('list="owners"') == 3
    for name in names:
        assert f'<option value="{name.replace("&", "&amp;").replace(chr(39), "&#39;")}">' in page
    assert world.team("lado").name not in names


def test_two_people_of_one_name_are_told_apart(world: World, matter: Matter) -> None:
    first, second = world.user("social_worker"), world.user("team_manager", second=True)
    with world.system(SEEDER):
        User.objects.filter(pk__in=[first.pk, second.pk]).update(name="Kasia Brook")
    client = signed_in(world)
    assert client.post(address(matter), typed(matter, "Kasia Brook")).status_code == 422
    assert client.post(address(matter), typed(matter, "Kasia Brook, team manager")).status_code == 302
    with world.acting("team_manager"):
        assert Direction.objects.get().owner_user == second.pk


def test_words_name_one_owner_alone_however_many_share_a_name() -> None:
    named = [("user:1", "Ada Hill", "social worker"), ("user:2", "Ada Hill", "social worker"),
             ("user:3", "ada hill", "auditor"), ("team:4", "Hub", "team")]  # fmt: skip
    told = rules.told_apart(named)
    assert len({words.casefold() for _, words in told}) == len(named)
    assert [rules.owner_called(words, told) for _, words in told] == told
