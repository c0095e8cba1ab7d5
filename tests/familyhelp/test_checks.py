"""3 and 6 months after a step-down or an end somebody asks how it goes; not reached leads to trying again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.familyhelp.actions.checking import record_asking
from frontdoor.familyhelp.models import Asking, Check
from frontdoor.familyhelp.queries import standing as queries
from frontdoor.familyhelp.rules.checking import Asked, came_back
from tests.contacts.deciding import arrived
from tests.earlyhelp import helping
from tests.familyhelp.moving import LATER, LEAD, OFFICER, accepted, again, decide, ended, stepped_down, taken_on
from tests.familyhelp.planned import with_plan
from tests.referrals import referring
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.django_db
THEN = LATER + timedelta(days=90)
SAID: dict[str, Any] = {
    "reached": True, "kept": "kept", "who": "Mum", "words": "Mornings still go well.", "heard": "I am on time.",
}  # fmt: skip


def checks(world: World, episode: Any) -> list[Check]:
    with helping.acting(world):
        return list(Check.objects.filter(episode=episode).order_by("id"))


def asked(
    world: World, check: Check, *, at: Any = THEN, seen: int | None = None, role: str = OFFICER, **more: Any
) -> Asking:
    with world.acting(role, of=PETERBOROUGH, at=at) as by:
        given = Asked(**{**SAID, **more})
        return record_asking(check.key, seen=check.version if seen is None else seen, given=given, by=by, at=at)


def running(world: World) -> set[str]:
    with helping.acting(world):
        rows = Clock.objects.filter(subject_kind="familyhelp.check", stopped_at=None)
        return {each.kind.removeprefix("familyhelp.") for each in rows}


def test_help_that_ended_with_what_the_family_wanted_is_asked_after_twice(world: World) -> None:
    episode = ended(world, taken_on(world))
    assert [(each.origin, each.which, each.state) for each in checks(world, episode)] == [
        ("ended", "first", "due"), ("ended", "second", "due")
    ]  # fmt: skip
    with helping.acting(world):
        first = Clock.objects.get(kind="familyhelp.first_check")
    assert (first.started_at, first.due_at.date()) == (LATER, (LATER + timedelta(days=91)).date())


@pytest.mark.parametrize("ending", ["single_agency", "moved"])
def test_no_other_end_is(world: World, ending: str) -> None:
    assert checks(world, ended(world, taken_on(world), ending=ending)) == []


def test_the_time_is_the_councils_own(world: World) -> None:
    decide(world, "family_help.first_check_days", value=30)
    ended(world, taken_on(world))
    with helping.acting(world):
        due = Clock.objects.get(kind="familyhelp.first_check").due_at
    assert due.date() == (LATER + timedelta(days=30)).date()


def test_an_answer_stops_its_clock_and_leaves_the_other(world: World) -> None:
    first, _ = checks(world, ended(world, taken_on(world)))
    row = asked(world, first)
    assert (row.kept, row.who, row.heard) == ("kept", "Mum", "I am on time.")
    assert running(world) == {"second_check"}
    again(world, first)
    assert first.state == "done"
    with pytest.raises(StepNotAllowed):
        asked(world, first)


def test_not_reached_is_an_answer_that_leads_to_trying_again(world: World) -> None:
    first, _ = checks(world, ended(world, taken_on(world)))
    asked(world, first, reached=False, words="Three calls, no answer.")
    assert running(world) == {"first_check", "second_check", "try_again"}
    again(world, first)
    assert first.state == "due"
    asked(world, first, reached=False, words="A letter.", at=THEN + timedelta(days=3))
    with helping.acting(world):
        retry = Clock.objects.get(kind="familyhelp.try_again", stopped_at=None)
    assert retry.started_at == THEN + timedelta(days=3)
    again(world, first)
    asked(world, first, at=THEN + timedelta(days=4))
    assert running(world) == {"second_check"}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kept": ""}, "kept"), ({"who": " "}, "who"), ({"words": ""}, "words"), ({"heard": ""}, "heard"),
        ({"reached": False, "words": ""}, "words"),
    ],
)  # fmt: skip
def test_an_answer_says_what_who_and_what_the_children_say(world: World, more: dict[str, Any], field: str) -> None:
    first, _ = checks(world, ended(world, taken_on(world)))
    with pytest.raises(InvalidInput) as refused:
        asked(world, first, **more)
    assert set(refused.value.problems) == {field}


def test_where_nobody_can_say_any_more_no_child_is_asked(world: World) -> None:
    first, _ = checks(world, ended(world, taken_on(world)))
    assert asked(world, first, kept="nobody", heard="", unheard="").kept == "nobody"


def test_whoever_was_overtaken_or_is_not_of_the_team_writes_nothing(world: World) -> None:
    first, _ = checks(world, ended(world, taken_on(world)))
    with pytest.raises(Conflict):
        asked(world, first, seen=9)
    with pytest.raises(NotFound):
        asked(world, first, role=LEAD)


def test_help_that_is_opened_again_is_not_asked_after_meanwhile(world: World) -> None:
    from frontdoor.earlyhelp import actions

    episode = ended(world, taken_on(world))
    with helping.acting(world, at=THEN) as by:
        actions.reopen(episode.key, seen=episode.version, why="They rang.", by=by, at=THEN)
    assert {each.state for each in checks(world, episode)} == {"not_needed"}
    assert running(world) == set()


def test_a_step_down_is_still_asked_after_when_its_help_is_opened_again(world: World) -> None:
    from frontdoor.earlyhelp import actions

    down = accepted(world, stepped_down(world))
    with helping.acting(world, at=THEN) as by:
        row = helping.again(down.episode)
        actions.stop(row.key, seen=row.version, why="declined", words="No.", by=by, at=THEN)
    with world.acting("social_worker", of=PETERBOROUGH, at=THEN) as by:
        actions.look(row.key, seen=helping.again(row).version, given=helping.CALM, by=by, at=THEN)
    with helping.acting(world, at=THEN) as by:
        actions.reopen(row.key, seen=helping.again(row).version, why="They rang.", by=by, at=THEN)
    assert running(world) == {"first_check", "second_check"}


def test_a_family_that_comes_back_within_the_time_is_seen(world: World, client: Client) -> None:
    episode = ended(world, taken_on(world))
    back = arrived(world, at=LATER + timedelta(days=100), idem="again")
    late = arrived(world, at=LATER + timedelta(days=190), idem="too late")
    now = LATER + timedelta(days=200)
    with helping.acting(world, at=now) as by:
        found = queries.back([helping.again(episode)], by=by, at=now)
    assert [each.key for each in found[episode.pk]] == [back.key]
    assert late.family == back.family
    signed = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    page = signed.get(f"/peterborough/early-help/{episode.key}/").content.decode()
    assert f"This family came back: {back.receipt}" in page
    listed = signed.get("/desk/early-help/?which=closed").content.decode()
    assert "Came back" in listed


def test_a_child_that_comes_back_with_another_family_is_seen_once_it_is_confirmed_who_it_is(world: World) -> None:
    episode = ended(world, taken_on(world))
    from frontdoor.contacts.rules.intake import PersonGiven

    elsewhere = arrived(
        world,
        at=LATER + timedelta(days=10),
        idem="aunt",
        people=(PersonGiven("child", given_name="T", family_name="Aunt"),),
    )
    now = LATER + timedelta(days=20)
    with helping.acting(world, at=now) as by:
        assert queries.back([helping.again(episode)], by=by, at=now) == {}
    with helping.acting(world):
        first = episode.contact
    referring.confirm(referring.person(), first, elsewhere)
    with helping.acting(world, at=now) as by:
        found = queries.back([helping.again(episode)], by=by, at=now)
    assert [each.key for each in found[episode.pk]] == [elsewhere.key]


@pytest.mark.parametrize("ending", ["moved"])
def test_who_has_moved_away_is_not_counted_as_coming_back(world: World, ending: str) -> None:
    episode = ended(world, taken_on(world), ending=ending)
    arrived(world, at=LATER + timedelta(days=10), idem="again")
    with helping.acting(world) as by:
        assert queries.back([helping.again(episode)], by=by, at=LATER + timedelta(days=20)) == {}


def test_the_day_on_which_they_left_is_not_coming_back() -> None:
    assert not came_back(LATER, [LATER], days=182)
    assert came_back(LATER, [LATER + timedelta(days=182)], days=182)
    assert not came_back(LATER, [LATER + timedelta(days=182, seconds=1)], days=182)


def test_whoever_led_has_the_family_on_their_list_until_nobody_asks_any_more(world: World, client: Client) -> None:
    from frontdoor.familyhelp.queries.families import due_soon, my_families

    episode = with_plan(world, account=True)
    first, second = checks(world, ended(world, episode))
    signed = world.signed_in(client, world.user(LEAD, council=PETERBOROUGH))

    def listed() -> list[tuple[str, bool]]:
        with world.acting(LEAD, of=PETERBOROUGH, at=THEN) as by:
            assert [each.id for each in due_soon(by=by, at=THEN)] in ([], [episode.pk])
            return [(each.next, each.asks) for each in my_families(by=by, at=THEN)]

    assert listed() == [("Ask how it goes: after 3 months", True)]
    assert f"/family-help/{episode.key}/standing/" in signed.get("/desk/").content.decode()
    asked(world, first, role=LEAD)
    assert listed() == [("Ask how it goes: after 6 months", True)]
    asked(world, second, role=LEAD)
    assert listed() == []


def test_whoever_tries_again_reads_what_was_tried(world: World, client: Client) -> None:
    first, second = checks(world, ended(world, taken_on(world)))
    asked(world, first, reached=False, words="Three calls, no answer.")
    signed = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    assert "Three calls, no answer." in signed.get(f"/peterborough/family-help/checks/{first.key}/").content.decode()
    assert "Three calls" not in signed.get(f"/peterborough/family-help/checks/{second.key}/").content.decode()


def test_it_is_answered_on_a_page_of_its_own(world: World, client: Client) -> None:
    episode = ended(world, taken_on(world))
    first, _ = checks(world, episode)
    signed = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    where = f"/peterborough/family-help/checks/{first.key}/"
    assert "How does it go?" in signed.get(where).content.decode()
    wrong = signed.post(where, {"seen": first.version, "reached": "yes", "words": "Kept as typed"})
    assert wrong.status_code == 422
    assert "Choose whether the change is kept up" in wrong.content.decode()
    lost = {**SAID, "reached": "yes", "kept": "lost", "seen": first.version}
    assert signed.post(where, lost).status_code == 302
    page = signed.get(f"/peterborough/family-help/{episode.key}/standing/").content.decode()
    assert "It was said that the change is not kept up" in page
    assert "Asked." in signed.get(where).content.decode()
