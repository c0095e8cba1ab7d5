"""Reach follows from posts and agreements by London dates, the last day included, at each request anew."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from frontdoor.access.actions import end_post, give_post
from frontdoor.access.models import Post
from frontdoor.access.queries import actor_for, colleague, colleagues, standing
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, NotFound, Permission
from frontdoor.organisations.models import Delegation, Function, Team
from tests.access.conftest import LONDON
from tests.worlds import CAMBRIDGESHIRE, MADE_AT, PETERBOROUGH, World

LAST_DAY = date(2026, 4, 12)  # a Sunday in summer time: London is an hour ahead of UTC


def reaches(world: World, at: datetime, *, role: str = "team_manager") -> bool:
    return PETERBOROUGH in actor_for(world.user(role), at=at).reach


@pytest.mark.parametrize(("at", "reached"), [
    (datetime(2018, 12, 31, 23, 59, 59, tzinfo=LONDON), False),
    (datetime(2019, 1, 1, 0, 0, tzinfo=LONDON), True),
    (datetime(2026, 4, 12, 23, 59, 59, tzinfo=LONDON), True),
    (datetime(2026, 4, 13, 0, 0, tzinfo=LONDON), False),
    (datetime(2026, 4, 12, 22, 59, 59, tzinfo=UTC), True),
    (datetime(2026, 4, 12, 23, 0, tzinfo=UTC), False),  # midnight in London, an hour before it in UTC
])  # fmt: skip
def test_an_agreement_reaches_from_its_first_to_its_last_london_day(world: World, at: datetime, reached: bool) -> None:
    world.agree_until(LAST_DAY)
    assert reaches(world, at) is reached


def test_when_the_agreement_ends_the_page_is_not_found_from_midnight_on_with_nobody_doing_anything(
    world: World, status_at: Callable[..., int]
) -> None:
    world.agree_until(LAST_DAY)
    manager = world.user("team_manager")
    page = "/peterborough/decide/"
    assert status_at(manager, page, "2026-04-12T23:59") == 200
    assert status_at(manager, page, "2026-04-13T00:00") == 404
    assert status_at(manager, "/cambridgeshire/decide/", "2026-04-13T00:00") == 200
    assert status_at(world.user("team_manager", council=PETERBOROUGH), page, "2026-04-13T00:00") == 200


def test_a_session_that_was_open_at_midnight_reaches_no_further_after_it(world: World, spine: None) -> None:
    world.agree_until(LAST_DAY)
    with time_machine.travel(datetime(2026, 4, 12, 23, 59, tzinfo=LONDON), tick=False) as clock:
        client = world.signed_in(Client(), world.user("team_manager"))
        assert client.get("/peterborough/decide/").status_code == 200
        assert [step["authority"] for step in client.get("/merged/merged/").json()["seen"]] == ["", "873", "874", ""]
        clock.shift(60)
        assert client.get("/peterborough/decide/").status_code == 404
        assert [step["authority"] for step in client.get("/merged/merged/").json()["seen"]] == ["", "873", ""]


def test_whoever_is_in_mid_call_at_midnight_finishes_the_call_and_reads_nothing_else(
    world: World, status_at: Callable[..., int]
) -> None:
    world.agree_until(LAST_DAY)
    officer, worker = world.user("contact_officer"), world.user("social_worker")
    for at in ("2026-04-12T23:59", "2026-04-13T00:01"):
        assert status_at(officer, "/peterborough/receiving/write/", at) == 200
        assert status_at(worker, "/peterborough/look/", at) == 200
    assert status_at(officer, "/peterborough/look/", "2026-04-13T00:01") == 403
    assert status_at(worker, "/peterborough/council/show/", "2026-04-13T00:01") == 404


@pytest.mark.parametrize("role", ["auditor", "administrator", "data_protection_officer"])
def test_who_is_no_practitioner_receives_for_nobody(world: World, status_at: Callable[..., int], role: str) -> None:
    user = world.user(role, council=PETERBOROUGH)
    assert status_at(user, "/cambridgeshire/receiving/show/", "2026-04-01T10:00") == 404
    assert status_at(user, "/peterborough/receiving/show/", "2026-04-01T10:00") == 403


def test_what_may_be_done_for_any_council_may_be_done_for_ones_own(world: World, status_at: Callable[..., int]) -> None:
    worker = world.user("assessment_worker", council=PETERBOROUGH)
    for slug in world.slugs.values():
        assert status_at(worker, f"/{slug}/look/", "2026-04-01T10:00") == 200


def test_receiving_for_a_council_reads_nothing_of_it(world: World) -> None:
    found = standing(world.user("social_worker", council=PETERBOROUGH), at=MADE_AT)
    assert not found.receiving & {Permission.CONTACT_READ, Permission.CONTACT_SEARCH, Permission.CONTACT_DECIDE}


def test_a_post_reaches_to_the_end_of_its_last_day(world: World) -> None:
    user = world.user("auditor", council=PETERBOROUGH)
    with world.system(SEEDER) as by:
        end_post(Post.objects.get(user=user).key, ends_on=LAST_DAY, by=by, at=datetime(2026, 4, 1, tzinfo=LONDON))
    assert actor_for(user, at=datetime(2026, 4, 12, 23, 59, tzinfo=LONDON)).reach
    assert not actor_for(user, at=datetime(2026, 4, 13, tzinfo=LONDON)).reach


def test_a_post_to_come_reaches_nothing_yet(world: World) -> None:
    user = world.user("auditor", council=PETERBOROUGH)
    with world.system(SEEDER, council=CAMBRIDGESHIRE) as by:
        give_post(
            user, team=world.team("oversight", council=CAMBRIDGESHIRE), role=Role.AUDITOR, by=by, at=MADE_AT,
            agency=world.agencies["Cambridgeshire County Council"], starts_on=date(2026, 5, 1),
        )  # fmt: skip
    assert CAMBRIDGESHIRE not in actor_for(user, at=datetime(2026, 4, 30, 23, 59, tzinfo=LONDON)).reach
    assert CAMBRIDGESHIRE in actor_for(user, at=datetime(2026, 5, 1, tzinfo=LONDON)).reach


def test_an_agreement_about_one_function_reaches_with_the_posts_of_that_function_alone(world: World) -> None:
    with world.system(SEEDER):
        Delegation.objects.filter(authority_id=PETERBOROUGH).exclude(function=Function.MASH).update(ends_on=LAST_DAY)
    after = datetime(2026, 4, 13, tzinfo=LONDON)
    assert reaches(world, after, role="team_manager")
    assert not reaches(world, after, role="early_help_officer")


def test_a_closed_team_gives_no_reach(world: World) -> None:
    with world.system(SEEDER, council=CAMBRIDGESHIRE):
        Team.objects.filter(authority_id=CAMBRIDGESHIRE, function=Function.MET).update(closed_on=LAST_DAY)
    assert reaches(world, datetime(2026, 4, 12, 12, tzinfo=LONDON), role="met_coordinator")
    assert not actor_for(world.user("met_coordinator"), at=datetime(2026, 4, 13, tzinfo=LONDON)).reach


def test_a_post_in_the_operators_team_covers_the_other_councils_team_of_that_function(world: World) -> None:
    actor = world.actor("met_coordinator")
    assert actor.teams[PETERBOROUGH] == {world.team("met").pk}
    assert actor.teams[CAMBRIDGESHIRE] == {world.team("met", council=CAMBRIDGESHIRE).pk}


def test_reach_is_asked_in_one_statement(world: World, django_assert_num_queries: Callable[..., object]) -> None:
    user = world.user("head_of_service")
    with django_assert_num_queries(1):
        standing(user, at=MADE_AT)


def test_colleagues_are_those_who_reach_the_council_that_day(world: World) -> None:
    world.agree_until(LAST_DAY)
    manager, own = world.user("team_manager").pk, world.user("team_manager", council=PETERBOROUGH).pk
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        before = colleagues(by=by, at=datetime(2026, 4, 12, 23, 59, tzinfo=LONDON))
        after = colleagues(by=by, at=datetime(2026, 4, 13, tzinfo=LONDON))
        with pytest.raises(NotFound):
            colleague(manager, by=by, at=datetime(2026, 4, 13, tzinfo=LONDON))
    assert {manager, own} <= {found.id for found in before}
    assert {found.id for found in after} & {manager, own} == {own}
    assert [found.name for found in before] == sorted(found.name for found in before)
