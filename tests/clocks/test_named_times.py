"""A due time that a person named is rung for like any other, and no setting moves it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP
from frontdoor.clocks import actions, queries
from frontdoor.clocks.models import Clock, Event
from frontdoor.clocks.rules import State
from tests.clocks.conftest import LOOK, PETERBOROUGH, Keeper

START = datetime(2026, 4, 2, 9, 0, 20, tzinfo=UTC)
DUE = datetime(2026, 4, 9, 16, 0, tzinfo=UTC)


@pytest.fixture
def clock(keeping: Keeper) -> Clock:
    with keeping() as by:
        return actions.start_until(LOOK, due_at=DUE, subject=("tests.thing", uuid4()), team_id=7, by=by, at=START)


def test_it_is_due_to_the_second_that_was_named(keeping: Keeper, clock: Clock) -> None:
    with keeping() as by:
        for at, state in ((DUE, State.HALF_GONE), (DUE + timedelta(seconds=1), State.OVERDUE)):
            (shown,) = queries.for_subject((clock.subject_kind, clock.subject_key), by=by, at=at)
            assert (shown.reading.due_at, shown.reading.state) == (DUE, state)


def test_working_the_open_clocks_out_again_leaves_it_alone(world: Any, keeping: Keeper, clock: Clock) -> None:
    with acting_for(PETERBOROUGH, by=CLOCK_SWEEP) as by:
        assert actions.recompute(by=by, at=START + timedelta(days=1)) == 0
        assert Clock.objects.get(pk=clock.pk).due_at == DUE


def test_its_half_time_and_its_deadline_are_rung(world: Any, keeping: Keeper, clock: Clock) -> None:
    for at in (START + timedelta(days=4), DUE + timedelta(minutes=1)):
        with acting_for(PETERBOROUGH, by=CLOCK_SWEEP) as by:
            actions.sweep(by=by, at=at)
    with keeping():
        rung = list(Event.objects.filter(clock=clock).order_by("at").values_list("event", "at"))
    assert rung == [("half", START + (DUE - START) / 2), ("breach", DUE)]
