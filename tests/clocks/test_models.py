"""What the database itself refuses, and what happens when two people act on one clock at once."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, Actor, Conflict
from frontdoor.clocks import actions, queries
from frontdoor.clocks.models import Clock, Event, Pause, Sweep
from tests.clocks.conftest import LOOK, PETERBOROUGH, Keeper

START = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("clock_in_order", {"half_at": START - HOUR}),
        ("clock_in_order", {"due_at": START}),
        ("clock_stopped_has_outcome", {"stopped_at": START, "rings_at": None}),
        ("clock_stopped_has_outcome", {"outcome": "late"}),
        ("clock_stopped_has_outcome", {"ended": "done"}),
        (
            "clock_stopped_is_still",
            {"stopped_at": START, "outcome": "late", "ended": "done", "rings_at": None, "paused_at": START},
        ),
        ("clock_stopped_is_still", {"stopped_at": START, "outcome": "late", "ended": "done"}),
        ("clock_explained_by_somebody", {"late_reason": "capacity"}),
    ],
)
def test_the_database_refuses_a_clock_that_cannot_be(keeping: Keeper, constraint: str, change: dict[str, Any]) -> None:
    with keeping() as by:
        (clock,) = actions.start(LOOK, subject=("tests.thing", uuid4()), by=by, at=START)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Clock.objects.filter(pk=clock.pk).update(**change)


def test_the_database_keeps_one_event_one_running_pause_and_one_heartbeat(keeping: Keeper) -> None:
    with keeping() as by:
        (clock,) = actions.start(LOOK, subject=("tests.thing", uuid4()), by=by, at=START)
        doubles: dict[str, Callable[[], object]] = {
            "event_once_a_clock": lambda: Event.objects.create(
                authority_id=PETERBOROUGH, clock=clock, event="half", at=START, noticed_at=START
            ),
            "pause_runs_once": lambda: Pause.objects.create(
                authority_id=PETERBOROUGH, clock=clock, reason="court", paused_at=START
            ),
            "sweep_once_a_council": lambda: Sweep.objects.create(authority_id=PETERBOROUGH, swept_at=START),
        }
        for constraint, make in doubles.items():
            make()
            with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                make()
        with pytest.raises(IntegrityError, match="pause_in_order"), transaction.atomic():
            Pause.objects.filter(clock=clock).update(resumed_at=START - HOUR)


def _while_another_has_acted(first: Callable[[Actor], object], second: Callable[[Actor], object]) -> list[object]:
    """What the second gets when it comes while the first has acted but not yet committed."""
    outcome: list[object] = []
    ready = threading.Event()

    def late_comer() -> None:
        with acting_for(PETERBOROUGH, by=SEEDER) as by:
            ready.set()
            try:
                outcome.append(second(by))
            except Conflict as refused:
                outcome.append(refused)
        connection.close()

    thread = threading.Thread(target=late_comer)
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        first(by)
        thread.start()
        ready.wait(timeout=20)
        thread.join(timeout=0.5)  # it waits for our lock, or has gone past a guard that is not there
    thread.join(timeout=60)
    return outcome


def test_of_two_who_explain_at_once_the_second_is_shown_the_first(own_database: str, world: Any) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        (clock,) = actions.start(LOOK, subject=("tests.thing", uuid4()), by=by, at=START)

    def explain(reason: str) -> Callable[[Actor], object]:
        return lambda by: actions.explain(clock.pk, seen=1, reason=reason, by=by, at=START + 9 * HOUR)

    (refused,) = _while_another_has_acted(explain("capacity"), explain("partner_late"))
    assert isinstance(refused, Conflict)
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        (row,) = queries.for_subject(("tests.thing", clock.subject_key), by=by, at=START + 9 * HOUR)
    assert row.late_reason == "capacity"


def test_of_two_who_stop_at_once_the_second_finds_nothing_running(own_database: str, world: Any) -> None:
    thing = ("tests.thing", uuid4())
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        actions.start(LOOK, subject=thing, by=by, at=START)

    def stop(hours: int) -> Callable[[Actor], object]:
        return lambda by: actions.stop(subject=thing, by=by, at=START + hours * HOUR)

    assert _while_another_has_acted(stop(1), stop(5)) == [[]]
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        (row,) = queries.for_subject(thing, by=by, at=START + 9 * HOUR)
    assert row.stopped_at == START + HOUR
