"""The sweep: what time alone does becomes an event once, somebody is told, and silence shows."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, SEEDER, Actor, NotPermitted
from frontdoor.clocks import actions, jobs, queries
from frontdoor.clocks.actions import Notice, sweeping
from frontdoor.clocks.models import Clock, Event, Happening
from frontdoor.clocks.rules import Escalation
from frontdoor.councils.models import Setting
from frontdoor.councils.rules import declared
from frontdoor.trail.models import Entry
from tests.clocks.conftest import CAMBRIDGESHIRE, DECIDE, LOOK, PETERBOROUGH, Keeper
from tests.races import alongside

START = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def listeners(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The registry, empty for this test."""
    mine: dict[str, Any] = {}
    monkeypatch.setattr(sweeping, "_LISTENERS", mine)
    return mine


@pytest.fixture
def told(listeners: dict[str, Any]) -> list[Notice]:
    heard: list[Notice] = []
    actions.listen("tests", lambda notice, by, at: heard.append(notice))
    return heard


def started(by: Actor, *kinds: Any, at: datetime = START) -> list[Clock]:
    return actions.start(*(kinds or (LOOK,)), subject=("tests.thing", uuid4()), label="P-1", by=by, at=at)


def swept(at: datetime, council: int = PETERBOROUGH) -> sweeping.Swept:
    with acting_for(council, by=CLOCK_SWEEP) as by:
        return actions.sweep(by=by, at=at)


@pytest.fixture
def quiet(world: Any) -> None:
    """A first sweep, so that what follows counts only its own."""
    swept(START - HOUR)


def test_half_time_and_deadline_become_one_event_each_however_often_is_swept(
    keeping: Keeper, quiet: None, told: list[Notice]
) -> None:
    with keeping() as by:
        (clock,) = started(by)
    rung = [swept(START + count * MINUTE).rung for count in (0, 29, 30, 31, 60, 61, 62, 500)]
    assert rung == [0, 0, 1, 0, 0, 1, 0, 0]
    assert [(notice.event, notice.at) for notice in told] == [
        (Happening.HALF, clock.half_at),
        (Happening.BREACH, clock.due_at),
    ]
    assert told[0].tell == (Escalation.OWNER,)
    assert told[1].tell == (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY)
    assert (told[1].label, told[1].kind, told[1].subject[0]) == ("P-1", LOOK, "tests.thing")


def test_the_named_second_is_still_in_time_for_the_sweep(keeping: Keeper, quiet: None) -> None:
    with keeping() as by:
        (clock,) = started(by)
    swept(clock.due_at + SECOND / 2)
    with keeping():
        assert list(Event.objects.values_list("event", flat=True)) == ["half"]
    swept(clock.due_at + SECOND)
    with keeping():
        assert Event.objects.count() == 2


def test_a_sweep_that_slept_for_days_forgets_nothing(keeping: Keeper, quiet: None, told: list[Notice]) -> None:
    with keeping() as by:
        clocks = [started(by)[0] for _ in range(3)]
    assert swept(START + 90 * HOUR).rung == 6
    assert len(told) == 6
    with keeping():
        assert set(Event.objects.filter(event="breach").values_list("at", flat=True)) == {clocks[0].due_at}
        entry = Entry.objects.filter(action="clocks.sweep").order_by("-id")[0]
        assert len(entry.detail["rung"]) == 6


def test_more_clocks_than_one_batch_ring_in_one_sweep(
    keeping: Keeper, quiet: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 2)
    with keeping() as by:
        for _ in range(5):
            started(by)
    assert swept(START + 2 * HOUR).rung == 10


def test_paused_and_stopped_clocks_do_not_ring(keeping: Keeper, quiet: None) -> None:
    with keeping() as by:
        (clock,) = started(by)
        actions.pause(clock.pk, seen=1, reason="court", by=by, at=START + MINUTE)
        (done,) = started(by)
        actions.stop(subject=(done.subject_kind, done.subject_key), by=by, at=START + MINUTE)
    assert swept(START + 9 * HOUR).rung == 0
    with keeping() as by:
        actions.resume(clock.pk, seen=2, by=by, at=START + 9 * HOUR)
    assert swept(START + 9 * HOUR + 29 * MINUTE).rung == 1


def test_a_listener_that_fails_stops_nobody_else_and_is_asked_again(
    keeping: Keeper, quiet: None, listeners: dict[str, Any]
) -> None:
    heard: list[object] = []
    failing = [True]

    def fails_at_first(notice: Notice, by: Actor, at: datetime) -> None:
        if failing[0] and notice.clock_id == first.pk:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        heard.append(notice.clock_id)

    actions.listen("tests", fails_at_first)
    with keeping() as by:
        (first,), (second,) = started(by), started(by)
    assert swept(START + 31 * MINUTE).told == 1
    with keeping() as by:
        assert queries.untold(by=by, at=START + 32 * MINUTE) == 0
        assert queries.untold(by=by, at=START + 34 * MINUTE) == 1
    failing[0] = False
    assert swept(START + 32 * MINUTE).told == 1
    assert heard == [second.pk, first.pk]
    assert swept(START + 33 * MINUTE).told == 0


def test_each_council_is_swept_by_itself(keeping: Keeper, quiet: None) -> None:
    with keeping(CAMBRIDGESHIRE) as by:
        started(by)
    assert swept(START + 2 * HOUR).rung == 0
    assert swept(START + 2 * HOUR, CAMBRIDGESHIRE).rung == 2


def test_only_the_sweep_itself_may_sweep_or_work_out_again(world: Any) -> None:
    with world.acting("head_of_service") as by:
        with pytest.raises(NotPermitted):
            actions.sweep(by=by, at=START)
        with pytest.raises(NotPermitted):
            actions.recompute(by=by, at=START)


def test_a_sweep_that_is_silent_for_two_minutes_shows(keeping: Keeper, world: Any) -> None:
    def silent(at: datetime, council: int = PETERBOROUGH) -> bool:
        with keeping(council) as by:
            return queries.sweep_silent(by=by, at=at)

    assert silent(START), "a council that was never swept is not well"
    with acting_for(PETERBOROUGH, by=CLOCK_SWEEP) as by:
        jobs.sweep(by=by, at=START)
    assert not silent(START + 2 * MINUTE)
    assert silent(START + 2 * MINUTE + SECOND)
    assert silent(START, CAMBRIDGESHIRE)


def decided(name: str, value: object, since: date) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER):
        Setting.objects.create(
            authority_id=PETERBOROUGH, name=name, value=value, starts_on=since, decided_by="Director", why="Announced",
            entered_by="system:seeder", entered_at=START,
        )  # fmt: skip


def test_a_holiday_announced_late_moves_open_clocks_and_leaves_closed_ones(keeping: Keeper, quiet: None) -> None:
    with keeping() as by:
        (running,), (closed,) = started(by, DECIDE), started(by, DECIDE)
        (closed,) = actions.stop(subject=(closed.subject_kind, closed.subject_key), by=by, at=START + HOUR)
    assert swept(START + MINUTE).moved == 0
    decided(declared.EXTRA_BANK_HOLIDAYS.name, ["2026-04-07"], date(2026, 4, 2))
    assert swept(START + 2 * MINUTE).moved == 1
    assert swept(START + 3 * MINUTE).moved == 0
    with keeping():
        moved, kept = Clock.objects.get(pk=running.pk), Clock.objects.get(pk=closed.pk)
    assert moved.due_at == datetime(2026, 4, 8, 22, 59, 59, tzinfo=UTC)
    assert moved.half_at > running.half_at
    assert moved.rule_version != running.rule_version
    assert (kept.due_at, kept.rule_version) == (closed.due_at, closed.rule_version)


def test_a_changed_limit_holds_for_what_arrives_from_its_first_day_on(keeping: Keeper, quiet: None) -> None:
    decided(declared.FIRST_LOOK.name, 30, date(2026, 4, 3))
    with keeping() as by:
        (before,), (after,) = started(by), started(by, at=START + 24 * HOUR)
    assert (before.due_at - START, after.due_at - after.started_at) == (HOUR, HOUR / 2)
    swept(START + 24 * HOUR)
    with keeping():
        assert Clock.objects.get(pk=before.pk).due_at == before.due_at


def test_working_out_again_keeps_a_missed_deadline_and_rings_a_new_one(keeping: Keeper, quiet: None) -> None:
    with keeping() as by:
        (clock,) = started(by)
    swept(START + 2 * HOUR)
    decided(declared.FIRST_LOOK.name, 300, date(2026, 4, 1))
    assert swept(START + 3 * HOUR).moved == 1
    with keeping() as by:
        assert Clock.objects.get(pk=clock.pk).due_at == START + 5 * HOUR
        assert Event.objects.get(clock=clock, event="breach").at == clock.due_at
        assert actions.recompute(by=by, at=START + 3 * HOUR) == 0


def test_a_deadline_that_a_new_limit_puts_into_the_past_is_missed_at_once(keeping: Keeper, quiet: None) -> None:
    with keeping() as by:
        (clock,) = started(by)
    decided(declared.FIRST_LOOK.name, 20, date(2026, 4, 1))
    assert swept(START + 25 * MINUTE).moved == 1
    with keeping():
        assert Event.objects.get(clock=clock, event="breach").at == START + 20 * MINUTE


def test_a_paused_clock_is_worked_out_again_with_its_pauses(keeping: Keeper, quiet: None) -> None:
    with keeping() as by:
        (clock,) = started(by)
        actions.pause(clock.pk, seen=1, reason="court", by=by, at=START + 10 * MINUTE)
        actions.resume(clock.pk, seen=2, by=by, at=START + 20 * MINUTE)
        actions.pause(clock.pk, seen=3, reason="court", by=by, at=START + 25 * MINUTE)
    decided(declared.FIRST_LOOK.name, 120, date(2026, 4, 1))
    assert swept(START + 30 * MINUTE).moved == 1
    with keeping():
        moved = Clock.objects.get(pk=clock.pk)
    assert (moved.due_at, moved.rings_at) == (START + 130 * MINUTE, None)


def test_two_sweeps_at_once_write_each_event_once(own_database: str, world: Any) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        for _ in range(40):
            started(by)
    together = threading.Barrier(2)
    rung: list[int] = []

    def run() -> None:
        together.wait(timeout=20)
        rung.append(swept(START + 2 * HOUR).rung)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sum(rung) == 80
    with acting_for(PETERBOROUGH, by=SEEDER):
        assert Event.objects.count() == 80


def test_a_clock_that_somebody_holds_is_left_to_the_next_sweep(own_database: str, world: Any) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        (held,), (free,) = started(by), started(by)
    swept(START)
    found: list[int] = []

    def other() -> None:
        found.append(swept(START + 40 * MINUTE).rung)
        connection.close()

    with transaction.atomic(), acting_for(PETERBOROUGH, by=SEEDER):
        list(Clock.objects.select_for_update().filter(pk=held.pk))
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(timeout=60)
        assert found == [1]
    assert swept(START + 41 * MINUTE).rung == 1
    assert free.pk != held.pk


def test_a_clock_that_somebody_holds_is_worked_out_again_by_the_next_sweep(own_database: str, world: Any) -> None:
    """Waited for, it could be held by one who waits for another clock: a deadlock, as a load has shown."""
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        (held,), (free,) = started(by), started(by)
    swept(START)
    decided(declared.FIRST_LOOK.name, 300, date(2026, 4, 1))

    def other() -> int:
        return swept(START + MINUTE).moved

    _, moved = alongside(lambda: _locked(held), other)
    assert moved == 1
    assert swept(START + 2 * MINUTE).moved == 1
    assert swept(START + 3 * MINUTE).moved == 0
    assert free.pk != held.pk


def test_a_clock_that_starts_meanwhile_does_not_stand_for_one_that_is_held(
    own_database: str, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        (held,), (_free,) = started(by), started(by)
    swept(START)
    decided(declared.FIRST_LOOK.name, 300, date(2026, 4, 1))
    locks = QuerySet.select_for_update

    def other() -> int:
        with acting_for(PETERBOROUGH, by=CLOCK_SWEEP) as by:
            monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **o: _late(locks, rows, by, o))
            return actions.sweep(by=by, at=START + MINUTE).moved

    _, moved = alongside(lambda: _locked(held), other)
    assert moved == 1
    assert swept(START + 2 * MINUTE).moved == 1


def _late(locks: Any, rows: Any, by: Actor, options: dict[str, Any]) -> Any:
    """A clock starts after the sweep has looked which there are, and before it takes them."""
    if options.get("skip_locked") and rows.model is Clock and Clock.objects.count() == 2:
        started(by)
    return locks(rows, **options)


def _locked(clock: Clock) -> list[Clock]:
    with acting_for(PETERBOROUGH, by=SEEDER):
        return list(Clock.objects.select_for_update().filter(pk=clock.pk))
