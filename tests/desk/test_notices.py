"""Somebody is always told of a clock: whoever it is today, once, until they have seen it; and nobody else's eyes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, SEEDER, Conflict, NotFound, NotPermitted
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.actions import sweeping
from frontdoor.clocks.models import Clock, ClockNotice
from frontdoor.clocks.rules import Escalation, Recipient, Step, kind_named
from frontdoor.contacts.actions import night
from frontdoor.contacts.rules.kinds import DECISION, FIRST_LOOK, QUESTION, RED_FLAG
from frontdoor.councils.models import Setting
from frontdoor.desk import actions
from frontdoor.trail.models import Entry
from tests.races import alongside
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

COUNCILS = (CAMBRIDGESHIRE, PETERBOROUGH)
START = datetime(2026, 4, 14, 9, 0, tzinfo=UTC)  # a Tuesday, 10:00 in London
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def started(
    world: World, kind: Any = FIRST_LOOK, *, owner: int | None = None, team: str = "mash", council: int = PETERBOROUGH
) -> Clock:
    with world.system(SEEDER, council=council) as by:
        number = world.team(team, council=council).pk
        return clocks.start(
            kind, subject=("contacts.submission", uuid4()), team_id=number, owner_id=owner, label="P-1", by=by, at=START
        )[0]


def swept(at: datetime, council: int = PETERBOROUGH) -> None:
    with acting_for(council, by=CLOCK_SWEEP) as by:
        clocks.sweep(by=by, at=at)
        actions.sweep(by=by, at=at)


def told(council: int = PETERBOROUGH, **wanted: Any) -> list[ClockNotice]:
    with acting_for(council, by=SEEDER):
        return list(ClockNotice.objects.filter(authority_id=council, **wanted).order_by("told_at", "role", "user_id"))


def decided(council: int, **values: Any) -> None:
    with acting_for(council, by=SEEDER):
        for name, value in values.items():
            Setting.objects.create(
                authority_id=council, name=f"notice.{name}", value=value, starts_on=START.date() - timedelta(days=9),
                decided_by="The board", why="A test", entered_by="system:seeder", entered_at=START,
            )  # fmt: skip


def managers(world: World) -> set[int]:
    """Everybody who manages Peterborough's hub: two of its own, and two of Cambridgeshire's under the agreement."""
    return {world.user("team_manager", council=of, second=twice).pk for of in COUNCILS for twice in (False, True)}


def heads(world: World) -> set[int]:
    return {world.user("head_of_service", council=of).pk for of in COUNCILS}


def whom(notices: list[ClockNotice]) -> set[int | None]:
    return {notice.user_id for notice in notices}


def test_half_time_tells_the_owner_alone_and_the_breach_the_managers_too(world: World) -> None:
    owner = world.user("social_worker").pk
    clock = started(world, owner=owner)
    swept(clock.half_at)
    assert whom(told()) == {owner}
    swept(clock.due_at + MINUTE)
    assert whom(told(step="passed")) == {owner} | managers(world)
    assert {notice.role for notice in told(step="passed", user_id=owner)} == {"owner"}


def test_a_clock_without_an_owner_goes_to_the_managers_of_its_team(world: World) -> None:
    clock = started(world)
    swept(clock.half_at)
    assert whom(told()) == managers(world)


def test_however_often_is_swept_each_is_told_once_of_each_step(world: World) -> None:
    clock = started(world)
    for minutes in (0, 30, 31, 61, 62, 63, 130, 131, 500):
        swept(START + minutes * MINUTE)
    notices = told()
    assert len({(notice.step, notice.user_id) for notice in notices}) == len(notices)
    assert {notice.step for notice in notices} == {"soon", "passed", "stays"}
    with acting_for(PETERBOROUGH, by=SEEDER):
        assert Entry.objects.filter(action="clocks.tell", subject_key=str(clock.pk)).count() == 3


def test_what_stays_late_goes_to_the_head_of_service_within_the_hour(world: World) -> None:
    clock = started(world)
    late = clock.due_at + timedelta(seconds=1)
    swept(late)
    swept(late + 59 * MINUTE)
    assert not told(step="stays")
    swept(late + 60 * MINUTE)
    assert whom(told(step="stays")) == managers(world) | heads(world)


def test_danger_is_told_again_sooner(world: World) -> None:
    clock = started(world, RED_FLAG)
    swept(clock.due_at + 16 * MINUTE)
    assert whom(told(step="stays")) == managers(world) | heads(world)
    assert all(notice.danger for notice in told())


def test_a_later_step_overtakes_what_was_not_seen(world: World) -> None:
    clock = started(world)
    swept(clock.due_at + 2 * HOUR)
    with world.acting("team_manager", at=START) as by:
        (mine,) = _unseen(by, clock.due_at + 2 * HOUR)
        assert mine.step == "stays"


def test_who_was_told_is_not_told_twice_where_a_sweep_begins_again(world: World) -> None:
    clock, meant = started(world), Recipient(world.user("team_manager").pk, Escalation.TEAM_MANAGER)
    for expected in (1, 0):
        with world.system(CLOCK_SWEEP) as by:
            assert len(clocks.tell(clock.pk, Step.PASSED, [meant], by=by, at=clock.due_at)) == expected
    assert len(told()) == 1


@pytest.mark.parametrize("order", [("soon", "passed"), ("passed", "soon")])
def test_in_whatever_order_a_sweep_tells_the_later_step_stands(world: World, order: tuple[str, str]) -> None:
    clock, person = started(world), world.user("team_manager").pk
    for step in order:
        with world.system(CLOCK_SWEEP) as by:
            meant = Recipient(person, Escalation.TEAM_MANAGER)
            clocks.tell(clock.pk, Step(step), [meant], by=by, at=clock.due_at + MINUTE)
    assert [notice.step for notice in told(overtaken_at=None)] == ["passed"]


def _unseen(by: Any, at: datetime) -> list[Any]:
    from frontdoor.clocks import queries
    from frontdoor.desk.queries import reaching

    return queries.told(people=reaching(by=by, at=at), by=by, at=at)


def test_what_was_done_in_time_asks_for_nobodys_look(world: World) -> None:
    clock = started(world)
    swept(clock.half_at)
    with world.system(SEEDER) as by:
        clocks.stop(FIRST_LOOK, subject=(clock.subject_kind, clock.subject_key), by=by, at=clock.half_at + MINUTE)
    with world.acting("team_manager", at=START) as by:
        assert _unseen(by, clock.due_at) == []


def test_whoever_no_longer_reaches_the_council_counts_as_nobody(world: World) -> None:
    """With the agreement out of force Cambridgeshire's worker owns nothing here, and its managers are told nothing."""
    clock = started(world, owner=world.user("social_worker").pk)
    world.agree_until((START - timedelta(days=1)).date())
    swept(clock.due_at + 2 * HOUR)
    ours = {world.user("team_manager", council=PETERBOROUGH, second=twice).pk for twice in (False, True)}
    assert whom(told()) == ours | {world.user("head_of_service", council=PETERBOROUGH).pk}


def test_what_somebody_was_told_who_has_gone_is_seen_by_the_managers(world: World) -> None:
    owner = world.user("social_worker").pk
    clock = started(world, owner=owner)
    swept(clock.half_at)
    world.agree_until(START.date())
    tomorrow = START + timedelta(days=1)
    with world.acting("team_manager", of=PETERBOROUGH, at=tomorrow) as by:
        (found,) = _unseen(by, tomorrow)
        assert (found.user_id, found.nobodys) == (owner, True)
        clocks.see(found.key, seen=found.version, people=(), by=by, at=tomorrow)
    with world.acting("social_worker", of=PETERBOROUGH, at=tomorrow) as by:
        assert _unseen(by, tomorrow) == []


def test_where_nobody_can_be_told_the_notice_stands_and_shows_when_somebody_comes(world: World) -> None:
    from frontdoor.access.models import Post

    clock = started(world)
    with world.system(SEEDER):
        Post.objects.update(ends_on=START.date() - timedelta(days=1))
    swept(clock.half_at)
    assert whom(told()) == {None}
    swept(clock.half_at + MINUTE)
    assert len(told()) == 1
    with world.system(SEEDER):
        Post.objects.update(ends_on=None)
    with world.acting("team_manager", at=START) as by:
        assert [found.nobodys for found in _unseen(by, clock.half_at)] == [True]


def test_the_manager_of_the_day_is_the_manager_on_the_rota(world: World) -> None:
    clock = started(world, DECISION, team="lado")  # nobody manages that team
    on = world.user("head_of_service").pk
    with world.acting("team_manager", at=START) as by:
        night.add_shift(on, starts_at=clock.due_at - HOUR, ends_at=clock.due_at + 3 * HOUR, by=by, at=START)
    swept(clock.due_at + MINUTE)
    assert {notice.user_id for notice in told(step="passed", role="manager_of_the_day")} == {on}


@pytest.mark.parametrize(
    ("warn", "kind", "expected"),
    [
        ("manager", FIRST_LOOK, "owner and managers"),
        ("danger", FIRST_LOOK, "nobody"),
        ("danger", RED_FLAG, "owner and managers"),
        ("clock", FIRST_LOOK, "owner"),
    ],
)
def test_a_council_decides_who_is_warned(world: World, warn: str, kind: Any, expected: str) -> None:
    decided(PETERBOROUGH, warn=warn)
    owner = world.user("social_worker").pk
    clock = started(world, kind, owner=owner)
    swept(clock.half_at)
    named = {"nobody": set(), "owner": {owner}, "owner and managers": {owner} | managers(world)}
    assert whom(told()) == named[expected]


def test_a_council_may_always_have_the_head_of_service_told(world: World) -> None:
    decided(PETERBOROUGH, passed="head", stays_minutes=15)
    clock = started(world, QUESTION, owner=world.user("social_worker").pk)
    swept(clock.due_at + MINUTE)
    assert heads(world) <= whom(told(step="passed"))


def test_the_other_councils_settings_and_clocks_are_its_own(world: World) -> None:
    decided(CAMBRIDGESHIRE, warn="danger")
    started(world)
    clock = started(world, council=CAMBRIDGESHIRE)
    for council in COUNCILS:
        swept(clock.half_at, council)
    assert told(CAMBRIDGESHIRE) == []
    assert len(told()) == 4


@pytest.mark.parametrize("role", ["contact_officer", "social_worker"])
def test_nobody_sees_what_another_was_told(world: World, role: str) -> None:
    clock = started(world, owner=world.user("social_worker", second=True).pk)
    swept(clock.half_at)
    (notice,) = told()
    with world.acting(role, at=START) as by:
        assert _unseen(by, clock.half_at) == []
        with pytest.raises(NotFound):
            clocks.see(notice.pk, seen=1, people=(), by=by, at=clock.half_at)


def test_what_has_changed_since_it_was_shown_is_not_seen_by_mistake(world: World) -> None:
    clock = started(world)
    swept(clock.half_at)
    with world.acting("team_manager", at=START) as by:
        (mine,) = _unseen(by, clock.half_at)
        clocks.see(mine.key, seen=mine.version, people=(), by=by, at=clock.half_at)
        with pytest.raises(Conflict):
            clocks.see(mine.key, seen=mine.version, people=(), by=by, at=clock.half_at)
        row = ClockNotice.objects.get(pk=mine.key)
        assert (row.seen_by, row.seen_at) == (by.user_id, clock.half_at)


def test_only_the_sweep_has_people_told(world: World) -> None:
    clock = started(world)
    with world.acting("head_of_service", at=START) as by:
        with pytest.raises(NotPermitted):
            clocks.tell(clock.pk, Step.SOON, [], by=by, at=START)
        with pytest.raises(NotPermitted):
            actions.sweep(by=by, at=START)


def test_the_other_councils_notice_is_invisible_to_the_application_role_itself(world: World) -> None:
    clock = started(world)
    swept(clock.half_at)
    with acting_for(CAMBRIDGESHIRE, by=SEEDER), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clocks_clocknotice")
        assert cursor.fetchone() == (0,)
    with acting_for(PETERBOROUGH, by=SEEDER), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clocks_clocknotice")
        assert cursor.fetchone() == (4,)


def test_who_explains_a_miss_has_seen_what_they_were_told_of_it(world: World) -> None:
    clock = started(world)
    late = clock.due_at + 2 * HOUR
    swept(late)
    with world.acting("team_manager", at=START) as by:
        clock.refresh_from_db()
        clocks.explain(clock.pk, seen=clock.version, reason="capacity", by=by, at=late)
        assert _unseen(by, late) == []
    with world.acting("head_of_service", at=START) as by:
        assert len(_unseen(by, late)) == 1


def test_every_kind_tells_the_manager_of_its_breach() -> None:
    from frontdoor.clocks.rules import KINDS

    rooms = [kind for kind in KINDS.values() if not kind.name.startswith("tests.")]
    assert [kind.name for kind in rooms if Escalation.TEAM_MANAGER not in kind.at_breach] == []
    assert [kind.name for kind in rooms if Escalation.HEAD_OF_SERVICE not in kind.at_stays] == []
    assert kind_named("contacts.red_flag").danger


def test_who_is_there_is_asked_once_for_all_clocks_of_a_sweep(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks_begun = [started(world) for _ in range(3)]
    asked = []
    present = actions.present
    monkeypatch.setattr(actions, "present", lambda **given: asked.append(given) or present(**given))

    with acting_for(PETERBOROUGH, by=CLOCK_SWEEP) as by:
        clocks.sweep(by=by, at=START + HOUR)

    assert {each.clock_id for each in told()} == {each.pk for each in clocks_begun}
    assert len(asked) == 1


@pytest.mark.parametrize(("late", "step"), [(MINUTE, "passed"), (61 * MINUTE, "stays")])
def test_a_clock_that_somebody_holds_is_told_of_by_the_next_sweep(
    own_database: str, world: World, monkeypatch: pytest.MonkeyPatch, late: timedelta, step: str
) -> None:
    """Waited for, it could be held by a claim that waits for another clock: a deadlock, as a load has shown."""
    held, free = started(world), started(world)
    with monkeypatch.context() as nobody, acting_for(PETERBOROUGH, by=CLOCK_SWEEP) as by:
        if step == "passed":
            nobody.setattr(sweeping, "_LISTENERS", {})  # noticed, and not yet told
        clocks.sweep(by=by, at=held.due_at + MINUTE)

    def holding() -> list[Clock]:
        with acting_for(PETERBOROUGH, by=SEEDER):
            return list(Clock.objects.select_for_update().filter(pk=held.pk))

    alongside(holding, lambda: swept(held.due_at + late))
    assert {notice.clock_id for notice in told(step=step)} == {free.pk}
    swept(held.due_at + late + MINUTE)
    assert {notice.clock_id for notice in told(step=step)} == {held.pk, free.pk}
