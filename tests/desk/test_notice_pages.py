"""The list of notices, the message where danger hangs on it, pausing, and what the health page says of a silence."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, MAILER, SEEDER, NotPermitted, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Clock, ClockNotice, Pause
from frontdoor.clocks.rules import KINDS
from frontdoor.config.jobs import every_minute
from frontdoor.contacts.rules.kinds import FIRST_LOOK, RED_FLAG
from frontdoor.desk import actions
from frontdoor.letters.rules.kinds import OUTCOME
from tests.contacts.arriving import arrive, child
from tests.desk.test_notices import decided, heads, managers, swept, told
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

NOW = datetime(2026, 4, 14, 14, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def late(world: World) -> Any:
    """A contact that came three hours ago and that nobody has looked at."""
    with world.acting("contact_officer", at=NOW) as by:
        contact = arrive(by=by, at=NOW - 3 * HOUR, people=(child(given_name="Ewa", family_name="Nowak"),))
    swept(NOW)
    return contact


def page(world: World, client: Client, role: str, address: str = "/desk/notices/", *, of: int = CAMBRIDGESHIRE) -> str:
    world.signed_in(client, world.user(role, council=of))
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_leads_to_the_record_and_holds_nobodys_name(world: World, client: Client, late: Any) -> None:
    shown = page(world, client, "team_manager")
    assert reverse("contacts:detail", kwargs={"council": "peterborough", "key": late.key}) in shown
    assert late.receipt in shown
    assert "Late, and still not done" in shown
    assert "Nowak" not in shown
    assert "Ewa" not in shown


def test_my_work_and_the_navigation_say_how_many_wait(world: World, client: Client, late: Any) -> None:
    shown = page(world, client, "team_manager", "/desk/")
    waiting = len({notice.clock_id for notice in told(user_id=world.user("team_manager").pk, overtaken_at=None)})
    assert f"{waiting} notice" in shown
    assert f"Notices ({waiting})" in shown


def test_one_button_says_it_was_seen_and_the_next_stands_first(world: World, client: Client, late: Any) -> None:
    page(world, client, "team_manager")
    mine = told(user_id=world.user("team_manager").pk, overtaken_at=None)
    for notice in mine:
        answer = client.post(f"/peterborough/notices/{notice.pk}/seen/", {"seen": notice.version})
        assert answer.status_code == 302
    shown = client.get("/desk/notices/").content.decode()
    assert "You have seen everything of which you were told." in shown
    assert "Seen by you" in shown
    again = client.post(f"/peterborough/notices/{mine[0].pk}/seen/", {"seen": mine[0].version})
    assert again.status_code == 409


def test_somebody_elses_and_the_other_councils_notice_are_not_found(world: World, client: Client, late: Any) -> None:
    world.signed_in(client, world.user("team_manager"))
    theirs = told(user_id=world.user("head_of_service").pk, overtaken_at=None)[0]
    assert client.post(f"/peterborough/notices/{theirs.pk}/seen/", {"seen": 1}).status_code == 404
    mine = told(user_id=world.user("team_manager").pk, overtaken_at=None)[0]
    assert client.post(f"/cambridgeshire/notices/{mine.pk}/seen/", {"seen": 1}).status_code == 404
    assert told(pk=mine.pk)[0].seen_at is None


def test_the_list_is_one_over_the_councils_in_one_order(world: World, client: Client) -> None:
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        for number in range(30):
            with world.system(SEEDER, council=council) as by:
                team = world.team("mash", council=council).pk
                kind = RED_FLAG if number % 10 == 0 else FIRST_LOOK
                subject = ("contacts.callback", uuid4())
                began = NOW - 10 * HOUR - number * MINUTE
                clocks.start(kind, subject=subject, team_id=team, label=f"P-{council}-{number:02}", by=by, at=began)
        for minute in range(3):
            swept(NOW - (3 - minute) * MINUTE, council)
    world.signed_in(client, world.user("team_manager"))
    seen, address = [], "/desk/notices/"
    while address:
        shown = client.get(address).content.decode().split("Seen by you")[0]
        seen += [part[:8] for part in shown.split(">P-")[1:] for part in ("P-" + part,)]
        rest = shown.split('rel="next"')[0] if 'rel="next"' in shown else ""
        address = rest.rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&") if rest else ""
    assert len(seen) == len(set(seen)) == 60
    danger = {f"P-{council}-{number:02}" for council in (873, 874) for number in (0, 10, 20)}
    assert set(seen[:6]) == danger


def test_a_clock_of_danger_sends_a_message_that_tells_nothing(world: World, late: Any) -> None:
    decided(PETERBOROUGH, address="https://desk.example.org/")
    with world.system(SEEDER) as by:
        team, began = world.team("mash").pk, NOW - 11 * MINUTE
        for number in range(2):
            subject = ("contacts.contact", str(late.key)) if number else ("contacts.callback", uuid4())
            clocks.start(RED_FLAG, subject=subject, team_id=team, label=late.receipt, by=by, at=began)
    swept(NOW)
    sent()
    expected = managers(world) | heads(world)
    assert {message.to[0] for message in mail.outbox} == {email(world, number) for number in expected}
    for message in mail.outbox:
        words = f"{message.subject} {message.body} {message.from_email}"
        assert "2 notices wait" in words
        assert "https://desk.example.org/" in words
        assert not [word for word in (late.receipt, "Ewa", "Nowak", "flag", "danger", "child is") if word in words]


def sent() -> None:
    """Do what the worker does with the messages that wait."""
    for key in {notice.message for notice in told(message__isnull=False)}:
        with acting_for(PETERBOROUGH, by=MAILER) as by:
            actions.send_message(key, by=by, at=timezone.now())


def email(world: World, number: int) -> str:
    from frontdoor.access.models import User

    return User.objects.get(pk=number).email


@pytest.mark.parametrize(("choice", "roles"), [("nobody", ""), ("head", "h"), ("manager", "m"), ("both", "hm")])
def test_a_council_decides_who_gets_a_message(world: World, choice: str, roles: str) -> None:
    decided(PETERBOROUGH, message=choice)
    with world.system(SEEDER) as by:
        clocks.start(
            RED_FLAG, subject=("contacts.callback", uuid4()), team_id=world.team("mash").pk, by=by, at=NOW - 11 * MINUTE
        )
    swept(NOW)
    wanted = {notice.user_id for notice in told(wants_message=True)}
    assert wanted == (heads(world) if "h" in roles else set()) | (managers(world) if "m" in roles else set())


def test_who_has_looked_or_left_gets_no_message_and_nobody_two(world: World) -> None:
    with world.system(SEEDER) as by:
        clocks.start(
            RED_FLAG, subject=("contacts.callback", uuid4()), team_id=world.team("mash").pk, by=by, at=NOW - 11 * MINUTE
        )
    swept(NOW)
    swept(NOW)
    assert len({notice.message for notice in told(message__isnull=False)}) == 6
    looked = told(user_id=world.user("team_manager").pk, step="passed")[0]
    with world.acting("team_manager", at=NOW) as by:
        clocks.see(looked.pk, seen=looked.version, people=(), by=by, at=NOW)
    world.agree_until((NOW - timedelta(days=1)).date())
    sent()
    ours = {world.user("team_manager", council=PETERBOROUGH, second=twice).pk for twice in (False, True)}
    ours |= {world.user("head_of_service", council=PETERBOROUGH).pk}
    assert sorted(message.to[0] for message in mail.outbox) == sorted(email(world, number) for number in ours)


def test_a_calm_clock_sends_no_message(world: World, late: Any) -> None:
    assert not told(wants_message=True)


def test_the_board_leads_to_what_each_clock_is_about(world: World, client: Client, late: Any) -> None:
    shown = page(world, client, "team_manager", "/desk/clocks/")
    assert reverse("contacts:detail", kwargs={"council": "peterborough", "key": late.key}) in shown
    assert "/peterborough/clocks/missed/" in shown
    assert late.receipt in shown


def test_a_safety_call_is_opened_from_the_board(world: World, client: Client) -> None:
    key = uuid4()
    with world.system(SEEDER) as by:
        subject = ("contacts.safetycall", key)
        clocks.start(
            KINDS["contacts.safety_call"], subject=subject, team_id=world.team("mash").pk, by=by, at=NOW - MINUTE
        )
    shown = page(world, client, "team_manager", "/desk/clocks/")
    assert reverse("contacts:safety-call", kwargs={"council": "peterborough", "key": key}) in shown


def test_the_owner_is_asked_why_and_others_without_the_permission_are_not(world: World, client: Client) -> None:
    owner = world.user("social_worker")
    with world.system(SEEDER) as by:
        (clock,) = clocks.start(
            FIRST_LOOK, subject=("contacts.callback", uuid4()), owner_id=owner.pk, by=by, at=NOW - 3 * HOUR
        )
    swept(NOW)
    address = f"/peterborough/clocks/{clock.pk}/explain/"
    assert address in page(world, client, "social_worker")
    assert client.post(address, {"seen": 1, "reason": "capacity", "note": "Two were ill."}).status_code == 302
    assert address not in client.get("/desk/notices/").content.decode()
    with world.acting("social_worker", at=NOW):
        clock.refresh_from_db()
        assert (clock.late_reason, clock.explained_by) == ("capacity", f"user:{owner.pk}")


def test_a_colleague_does_not_explain_for_the_owner(world: World, client: Client) -> None:
    with world.system(SEEDER) as by:
        owner = world.user("social_worker").pk
        (clock,) = clocks.start(
            FIRST_LOOK, subject=("contacts.callback", uuid4()), owner_id=owner, by=by, at=NOW - 3 * HOUR
        )
    world.signed_in(client, world.user("social_worker", second=True))
    assert client.get(f"/peterborough/clocks/{clock.pk}/explain/").status_code == 403
    with world.acting("social_worker", second=True, at=NOW) as by, pytest.raises(NotPermitted):
        clocks.explain(clock.pk, seen=1, reason="capacity", by=by, at=NOW)


def outcome_clock(world: World) -> Clock:
    with world.system(SEEDER) as by:
        return clocks.start(OUTCOME, subject=("contacts.callback", uuid4()), label="P-7", by=by, at=NOW - HOUR)[0]


def test_a_manager_lets_the_one_clock_that_may_stand_still_with_a_reason(world: World, client: Client) -> None:
    clock = outcome_clock(world)
    due = clock.due_at
    world.signed_in(client, world.user("team_manager"))
    address = f"/peterborough/clocks/{clock.pk}/pause/"
    refused = client.post(address, {"seen": 1, "note": "DC Reed, today at two"})
    assert refused.status_code == 422
    assert "DC Reed, today at two" in refused.content.decode()
    assert client.post(address, {"seen": 1, "reason": "asked_to_wait"}).status_code == 422
    given = {"seen": 1, "reason": "asked_to_wait", "note": "DC Reed, today at two"}
    assert client.post(address, given).status_code == 302
    assert client.get(address).status_code == 409
    with world.system(SEEDER):
        pause = Pause.objects.get(clock=clock)
        assert (pause.reason, pause.note) == ("asked_to_wait", "DC Reed, today at two")
        assert pause.paused_by == f"user:{world.user('team_manager').pk}"
    assert "asked us to wait" in client.get("/desk/clocks/").content.decode()
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        world.signed_in(client, world.user("team_manager"))
        assert client.post(f"/peterborough/clocks/{clock.pk}/resume/", {"seen": 2}).status_code == 302
    with world.system(SEEDER):
        clock.refresh_from_db()
        assert clock.paused_at is None
        assert clock.due_at - due >= timedelta(days=1)


def test_a_clock_that_has_stood_still_for_a_day_is_told_to_the_manager_once_a_pause(world: World) -> None:
    clock = outcome_clock(world)
    for number, version in ((1, 1), (2, 3)):
        at = NOW + (number - 1) * timedelta(hours=49)
        with world.acting("team_manager", at=NOW) as by:
            clocks.pause(clock.pk, seen=version, reason="asked_to_wait", by=by, at=at)
        swept(at + 23 * HOUR)
        assert len({notice.turn for notice in told(step="still")}) == number - 1
        for hours in (24, 25, 40):
            swept(at + hours * HOUR)
        assert len({notice.turn for notice in told(step="still")}) == number
        with world.acting("team_manager", at=NOW) as by:
            clocks.resume(clock.pk, seen=version + 1, by=by, at=at + 48 * HOUR)


NOT_PAUSED = [kind for kind in KINDS.values() if kind.name != OUTCOME.name and not kind.name.startswith("tests.")]


@pytest.mark.parametrize("kind", NOT_PAUSED, ids=lambda kind: kind.name)
def test_no_other_clock_can_be_paused_by_anybody(world: World, client: Client, kind: Any) -> None:
    """Above all not while a referrer's answer is waited for."""
    with world.system(SEEDER) as by:
        (clock,) = clocks.start(kind, subject=("contacts.callback", uuid4()), by=by, at=NOW)
    with world.acting("head_of_service", at=NOW) as by, pytest.raises(StepNotAllowed, match="stops no clock"):
        clocks.pause(clock.pk, seen=1, reason="asked_to_wait", by=by, at=NOW)
    world.signed_in(client, world.user("head_of_service"))
    address = f"/peterborough/clocks/{clock.pk}/pause/"
    given = {"seen": 1, "reason": "asked_to_wait", "note": "x"}
    assert (client.get(address).status_code, client.post(address, given).status_code) == (409, 409)
    with world.system(SEEDER):
        clock.refresh_from_db()
        assert clock.paused_at is None


@pytest.mark.parametrize("role", ["social_worker", "contact_officer", "assessment_manager", "auditor"])
def test_nobody_but_a_manager_of_the_front_door_pauses(world: World, client: Client, role: str) -> None:
    clock = outcome_clock(world)
    world.signed_in(client, world.user(role, council=PETERBOROUGH))
    assert client.get(f"/peterborough/clocks/{clock.pk}/pause/").status_code == 403
    with world.acting(role, of=PETERBOROUGH, at=NOW) as by:
        with pytest.raises(NotPermitted):
            clocks.pause(clock.pk, seen=1, reason="asked_to_wait", by=by, at=NOW)
        with pytest.raises(NotPermitted):
            clocks.resume(clock.pk, seen=1, by=by, at=NOW)


def test_the_health_page_is_unwell_while_the_clocks_of_any_council_are_not_swept(world: World, client: Client) -> None:
    def said() -> tuple[int, bool]:
        answer = client.get("/health/")
        return answer.status_code, json.loads(answer.content)["well"]

    assert said() == (503, False)  # never swept
    with acting_for(PETERBOROUGH, by=CLOCK_SWEEP) as by:
        clocks.sweep(by=by, at=NOW)
    assert said() == (503, False)  # the other council not yet
    every_minute(timestamp=0)
    assert said() == (200, True)
    with time_machine.travel(NOW + timedelta(seconds=121), tick=False):
        assert said() == (503, False)
        assert client.get("/health/alive/").status_code == 200
        shown = page(world, client, "team_manager", "/desk/")
        assert "The clocks of Peterborough have not been swept" in shown


def test_the_health_page_is_unwell_while_what_was_swept_could_not_be_told(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sweep goes on, and leaves its heartbeat: nobody could be told all the same."""
    monkeypatch.setattr(actions, "queries", None)
    with world.acting("contact_officer", at=NOW) as by:
        arrive(by=by, at=NOW - 3 * HOUR)
    every_minute(timestamp=0)
    with time_machine.travel(NOW + 3 * MINUTE, tick=False):
        every_minute(timestamp=0)
        assert client.get("/health/").status_code == 503
        monkeypatch.undo()
        every_minute(timestamp=0)
        assert client.get("/health/").status_code == 200


def test_the_health_page_names_no_council(world: World, client: Client) -> None:
    answer = client.get("/health/")
    assert set(json.loads(answer.content)) == {"well", "database", "clocks"}


def test_the_minutes_work_tells_by_itself(world: World, late: Any) -> None:
    with world.system(SEEDER):
        ClockNotice.objects.filter(step="stays").update(overtaken_at=NOW)
    before = len(told())
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        every_minute(timestamp=0)
    assert len(told()) > before


def test_a_restricted_slip_leads_nowhere_from_the_board(world: World, client: Client) -> None:
    with world.system(SEEDER) as by:
        subject, team = ("handovers.handover", uuid4()), world.team("mash").pk
        kind = KINDS["handovers.accept"]
        clocks.start(kind, subject=subject, team_id=team, label="Restricted", by=by, at=NOW - MINUTE)
    shown = page(world, client, "team_manager", "/desk/clocks/")
    assert "Restricted" in shown
    assert str(subject[1]) not in shown
