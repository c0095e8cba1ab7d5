"""Starting, stopping, pausing, moving and explaining clocks, as the application and as the portal's role."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import actions, queries
from frontdoor.clocks.models import Clock, Ended, Event, Outcome, Pause
from frontdoor.clocks.rules import State
from frontdoor.trail.models import Entry
from tests.clocks.conftest import CAMBRIDGESHIRE, DECIDE, LOOK, PETERBOROUGH, Keeper

START = datetime(2026, 4, 2, 15, 50, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def subject() -> tuple[str, object]:
    return "tests.thing", uuid4()


def test_several_clocks_start_on_one_subject_in_one_statement(keeping: Keeper, django_assert_num_queries: Any) -> None:
    thing = subject()
    with keeping() as by:
        with django_assert_num_queries(4):  # two of them the savepoint's
            look, decide = actions.start(LOOK, DECIDE, subject=thing, team_id=7, label="P-1", by=by, at=START)
        assert look.due_at == START + HOUR
        assert look.half_at == START + HOUR / 2
        assert decide.due_at == datetime(2026, 4, 7, 22, 59, 59, tzinfo=UTC)
        kept = Clock.objects.get(pk=decide.pk)
        assert (kept.unit, kept.length, kept.team_id, kept.label) == ("working_days", 1, 7, "P-1")
        assert kept.rule_version.startswith("1.")
        assert queries.due_at(DECIDE, subject=thing, by=by) == decide.due_at


def test_settings_that_the_caller_has_read_are_not_read_again(keeping: Keeper, django_assert_num_queries: Any) -> None:
    thing = subject()
    with keeping() as by:
        terms = queries.terms([LOOK, DECIDE], by=by)
        with django_assert_num_queries(3):  # two of them the savepoint's
            actions.start(LOOK, DECIDE, subject=thing, terms=terms, by=by, at=START)


def test_nothing_restarts_a_clock_that_runs(keeping: Keeper) -> None:
    thing = subject()
    with keeping() as by:
        actions.start(LOOK, subject=thing, by=by, at=START)
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.start(LOOK, subject=thing, by=by, at=START + HOUR)
        actions.stop(LOOK, subject=thing, by=by, at=START + MINUTE)
        actions.start(LOOK, subject=thing, by=by, at=START + HOUR)
        assert [row.started_at for row in queries.for_subject(thing, by=by, at=START)] == [START, START + HOUR]


def test_the_portal_starts_clocks_for_its_council_and_reads_none(world: Any) -> None:
    thing = subject()
    with acting_for(PETERBOROUGH, by=PUBLIC) as by:
        (clock,) = actions.start(DECIDE, subject=thing, team_id=3, by=by, at=START)
        for statement in (
            "SELECT 1 FROM clocks_clock",
            "SELECT 1 FROM clocks_event",
            "UPDATE clocks_clock SET due_at = now()",
            "DELETE FROM clocks_clock",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                _run(statement)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Clock.objects.bulk_create([_copy(clock, authority_id=CAMBRIDGESHIRE)])
        Event.objects.bulk_create(
            [Event(authority_id=PETERBOROUGH, clock=clock, event="half", at=START, noticed_at=START)]
        )


def test_the_application_reads_what_the_portal_started(world: Any, keeping: Keeper) -> None:
    thing = subject()
    with acting_for(PETERBOROUGH, by=PUBLIC) as by:
        actions.start(LOOK, subject=thing, by=by, at=START)
    with keeping() as by:
        assert [row.kind for row in queries.for_subject(thing, by=by, at=START)] == [LOOK]
    with keeping(CAMBRIDGESHIRE) as by:
        assert queries.for_subject(thing, by=by, at=START) == []


def _run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _copy(clock: Clock, **changed: object) -> Clock:
    values = {field.attname: getattr(clock, field.attname) for field in Clock._meta.concrete_fields}
    return Clock(**(values | {"id": uuid4(), "subject_key": str(uuid4())} | changed))


def test_an_event_cannot_point_at_another_councils_clock(keeping: Keeper) -> None:
    with keeping(CAMBRIDGESHIRE) as by:
        (theirs,) = actions.start(LOOK, subject=subject(), by=by, at=START)
    with keeping():
        Event.objects.create(authority_id=PETERBOROUGH, clock=theirs, event="half", at=START, noticed_at=START)
        with pytest.raises(IntegrityError, match="clocks_event_clock_id_council"), transaction.atomic():
            _run("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_what_is_stopped_in_time_is_in_time(keeping: Keeper) -> None:
    thing = subject()
    with keeping() as by:
        actions.start(LOOK, DECIDE, subject=thing, by=by, at=START)
        (look,) = actions.stop(LOOK, subject=thing, by=by, at=START + HOUR)
        assert (look.outcome, look.ended, look.version) == (Outcome.IN_TIME, Ended.DONE, 2)
        states = {row.kind: row.reading.state for row in queries.for_subject(thing, by=by, at=START + 2 * HOUR)}
        assert states == {LOOK: State.STOPPED_IN_TIME, DECIDE: State.RUNNING}


def test_a_deadline_missed_between_two_sweeps_is_written_when_it_is_stopped(keeping: Keeper) -> None:
    thing = subject()
    with keeping() as by:
        (look,) = actions.start(LOOK, subject=thing, by=by, at=START)
        (stopped,) = actions.stop(subject=thing, by=by, at=START + HOUR + MINUTE, ended=Ended.NOT_NEEDED)
        assert (stopped.outcome, stopped.ended) == (Outcome.LATE, Ended.NOT_NEEDED)
        events = Event.objects.filter(clock=look).order_by("at").values_list("event", "at")
        assert list(events) == [("half", look.half_at), ("breach", look.due_at)]


def test_stopping_what_does_not_run_does_nothing(keeping: Keeper) -> None:
    thing = subject()
    with keeping() as by:
        actions.start(LOOK, subject=thing, by=by, at=START)
        assert actions.stop(DECIDE, subject=thing, by=by, at=START) == []
        assert len(actions.stop(subject=thing, by=by, at=START)) == 1
        assert actions.stop(subject=thing, by=by, at=START + 9 * HOUR) == []
    with keeping(CAMBRIDGESHIRE) as by:
        assert actions.stop(subject=thing, by=by, at=START) == []


def test_a_limit_in_days_is_in_time_until_the_day_is_over(keeping: Keeper) -> None:
    for stopped_at, outcome in (
        (datetime(2026, 4, 7, 22, 59, 59, 999_999, tzinfo=UTC), Outcome.IN_TIME),
        (datetime(2026, 4, 7, 23, tzinfo=UTC), Outcome.LATE),
    ):
        thing = subject()
        with keeping() as by:
            actions.start(DECIDE, subject=thing, by=by, at=START)
            assert actions.stop(DECIDE, subject=thing, by=by, at=stopped_at)[0].outcome == outcome


@pytest.mark.parametrize(
    "change",
    ["due_at = due_at + interval '1 day'", "outcome = 'in_time'", "stopped_at = NULL", "rule_version = 'x'",
     "started_at = started_at - interval '1 day'", "authority_id = 873", "kind = 'other'"],
)  # fmt: skip
def test_the_database_lets_nobody_change_what_has_stopped(keeping: Keeper, change: str) -> None:
    thing = subject()
    with keeping() as by:
        actions.start(LOOK, subject=thing, by=by, at=START)
        actions.stop(subject=thing, by=by, at=START + 5 * HOUR)
        with pytest.raises(ProgrammingError, match="cannot be changed"), transaction.atomic():
            _run(f"UPDATE clocks_clock SET {change} WHERE subject_key = %s", str(thing[1]))


@pytest.mark.parametrize("table", ["clock", "pause", "event", "sweep"])
def test_the_application_deletes_nothing(keeping: Keeper, table: str) -> None:
    with keeping(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        _run(f"DELETE FROM clocks_{table}")


def test_an_event_that_was_written_cannot_be_moved(keeping: Keeper) -> None:
    with keeping(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        _run("UPDATE clocks_event SET at = now()")


def test_a_pause_moves_the_deadline_by_what_it_lasted(keeping: Keeper) -> None:
    thing = subject()
    with keeping() as by:
        (clock,) = actions.start(LOOK, subject=thing, by=by, at=START)
        actions.pause(clock.pk, seen=1, reason="court", by=by, at=START + 10 * MINUTE)
        (row,) = queries.for_subject(thing, by=by, at=START + 100 * HOUR)
        assert row.reading.state is State.PAUSED
        assert row.paused_for == "A court asked us to wait"
        assert row.words == "Paused, 50 minutes left"
        resumed = actions.resume(clock.pk, seen=2, by=by, at=START + 100 * HOUR + 10 * MINUTE)
        assert resumed.due_at == START + 101 * HOUR
        actions.pause(clock.pk, seen=3, reason="court", by=by, at=START + 100 * HOUR + 20 * MINUTE)
        (stopped,) = actions.stop(subject=thing, by=by, at=START + 200 * HOUR)
        assert stopped.due_at == START + 200 * HOUR + 40 * MINUTE
        assert stopped.outcome == Outcome.IN_TIME
        assert Pause.objects.filter(clock=clock, resumed_at=None).count() == 0
        assert not Event.objects.filter(clock=clock).exists(), "its time never ran out, whatever the calendar says"


def test_half_time_that_passed_before_a_pause_is_not_forgotten(keeping: Keeper) -> None:
    with keeping() as by:
        (clock,) = actions.start(LOOK, subject=subject(), by=by, at=START)
        actions.pause(clock.pk, seen=1, reason="court", by=by, at=START + 40 * MINUTE)
        assert Event.objects.get(clock=clock).at == START + HOUR / 2
        assert Clock.objects.get(pk=clock.pk).rings_at is None, "the sweep leaves it alone until it runs again"


@pytest.mark.parametrize("reason", ["busy", ""])
def test_a_clock_is_not_paused_for_a_reason_its_kind_does_not_know(keeping: Keeper, reason: str) -> None:
    with keeping() as by:
        (clock,) = actions.start(LOOK, subject=subject(), by=by, at=START)
        with pytest.raises(InvalidInput):
            actions.pause(clock.pk, seen=1, reason=reason, by=by, at=START + MINUTE)


def test_a_late_clock_cannot_be_paused_and_a_running_one_not_resumed(keeping: Keeper) -> None:
    with keeping() as by:
        (clock,) = actions.start(LOOK, subject=subject(), by=by, at=START)
        with pytest.raises(StepNotAllowed):
            actions.resume(clock.pk, seen=1, by=by, at=START + MINUTE)
        with pytest.raises(StepNotAllowed):
            actions.pause(clock.pk, seen=1, reason="court", by=by, at=START + 2 * HOUR)


def test_each_act_on_a_clock_refuses_what_has_changed_is_elsewhere_or_not_permitted(
    keeping: Keeper, world: Any
) -> None:
    with keeping() as by:
        (clock,) = actions.start(LOOK, subject=subject(), by=by, at=START)
    late = START + 9 * HOUR
    acts = {
        "pause": lambda seen, by: actions.pause(clock.pk, seen=seen, reason="court", by=by, at=START),
        "resume": lambda seen, by: actions.resume(clock.pk, seen=seen, by=by, at=START),
        "explain": lambda seen, by: actions.explain(clock.pk, seen=seen, reason="capacity", by=by, at=late),
    }
    for act in acts.values():
        with keeping() as by, pytest.raises(Conflict):
            act(7, by)
        with keeping(CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
            act(1, by)
        with world.acting("contact_officer") as by, pytest.raises(NotPermitted):
            act(1, by)


def test_a_manager_explains_a_missed_deadline_and_it_stays_missed(keeping: Keeper, world: Any) -> None:
    thing = subject()
    with keeping() as by:
        (clock,) = actions.start(LOOK, subject=thing, by=by, at=START)
        actions.stop(subject=thing, by=by, at=START + 3 * HOUR)
    with world.acting("team_manager") as by:
        actions.explain(clock.pk, seen=2, reason="partner_late", note="School shut", by=by, at=START + 5 * HOUR)
        (row,) = queries.for_subject(thing, by=by, at=START + 5 * HOUR)
        assert (row.late_reason, row.late_note, row.reading.state) == (
            "partner_late",
            "School shut",
            State.STOPPED_LATE,
        )
        with pytest.raises(InvalidInput):
            actions.explain(clock.pk, seen=3, reason="rain", by=by, at=START + 5 * HOUR)
    with keeping():
        entry = Entry.objects.get(action="clocks.explain", subject_key=str(clock.pk))
        assert entry.detail == {"reason": "partner_late"}, "a note is free text and stays out of the trail"


def test_what_is_not_late_needs_no_explanation(keeping: Keeper, world: Any) -> None:
    with keeping() as by:
        (clock,) = actions.start(LOOK, subject=subject(), by=by, at=START)
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed):
        actions.explain(clock.pk, seen=1, reason="capacity", by=by, at=START + MINUTE)


def test_moving_clocks_to_another_team_leaves_their_times_alone(keeping: Keeper) -> None:
    thing, other = subject(), subject()
    with keeping() as by:
        _, decide = actions.start(LOOK, DECIDE, subject=thing, team_id=1, by=by, at=START)
        actions.start(LOOK, subject=other, team_id=1, by=by, at=START)
        assert actions.reassign(subject=thing, team_id=2, owner_id=9, by=by, kinds=[DECIDE]) == 1
        assert actions.relabel("P-77", subject=thing, by=by) == 2
        rows = {row.kind: row for row in queries.for_subject(thing, by=by, at=START)}
        assert (rows[DECIDE].team_id, rows[DECIDE].owner_id, rows[LOOK].team_id) == (2, 9, 1)
        assert rows[DECIDE].reading.due_at == decide.due_at
        assert {row.label for row in rows.values()} == {"P-77"}
        assert queries.for_subject(other, by=by, at=START)[0].label == ""
    with keeping(CAMBRIDGESHIRE) as by:
        assert actions.reassign(subject=thing, team_id=5, owner_id=None, by=by) == 0
        assert actions.relabel("x", subject=thing, by=by) == 0


def test_nobody_is_told_of_a_clock_that_was_never_started(keeping: Keeper) -> None:
    with keeping() as by, pytest.raises(NotFound):
        queries.due_at(LOOK, subject=subject(), by=by)
