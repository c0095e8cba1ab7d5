"""A giver who has gone: what they gave is every manager's of their team, until one stands in their place."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from frontdoor.actors.rules import Conflict, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.handovers import actions, queries
from frontdoor.handovers.models import Handover, Turn
from tests.handovers.conftest import later
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

Send = Callable[..., Handover]
LAST = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
BEFORE, AFTER = MIDNIGHT - timedelta(seconds=1), MIDNIGHT + timedelta(seconds=1)


@pytest.fixture
def given(world: World, sent: Send) -> Handover:
    """Given by Cambridgeshire's social worker for Peterborough, on the last day of the agreement."""
    slip = sent(to="early_help")
    world.agree_until(LAST)
    return slip


def managers_list(world: World, at: datetime) -> list[object]:
    with world.acting("team_manager", of=PETERBOROUGH, at=at) as by:
        return [(row.key, row.by_name, row.mine) for row in queries.given(by=by, at=at, mine=True)]


def test_until_midnight_it_is_its_givers_and_from_midnight_a_manager_of_the_council_has_it(
    world: World, given: Handover
) -> None:
    with world.acting("social_worker", at=BEFORE) as by:
        assert [row.key for row in queries.given(by=by, at=BEFORE, mine=True)] == [given.key]
    assert managers_list(world, BEFORE) == []
    assert managers_list(world, AFTER) == [(given.key, "", False)]
    with world.acting("social_worker", at=AFTER) as by, pytest.raises(NotPermitted):
        queries.given(by=by, at=AFTER)


def test_what_nobody_stands_for_is_never_without_its_clock(world: World, given: Handover) -> None:
    with world.acting("team_manager", of=PETERBOROUGH, at=AFTER) as by:
        (clock,) = clocks.for_subject(("handovers.handover", given.key), by=by, at=AFTER)
        assert clock.stopped_at is None


def test_a_manager_stands_in_and_it_has_a_name_again(world: World, given: Handover) -> None:
    with world.acting("early_help_officer", of=PETERBOROUGH, at=BEFORE) as by:
        actions.correct(given.key, seen=1, wrong="details", text="Which school?", by=by, at=later(30))
    with world.acting("team_manager", of=PETERBOROUGH, at=AFTER) as by:
        with pytest.raises(Conflict):
            actions.take_over(given.key, seen=1, by=by, at=AFTER)
        actions.take_over(given.key, seen=2, by=by, at=AFTER)
        me = world.user("team_manager", council=PETERBOROUGH)
        assert [(row.key, row.by_name, row.mine) for row in queries.given(by=by, at=AFTER, mine=True)] == [
            (given.key, me.name, True)
        ]
        assert Turn.objects.filter(handover__key=given.key, kind="taken_over").get().by_user == me.pk
        (clock,) = clocks.for_subject(("handovers.handover", given.key), by=by, at=AFTER)
        assert clock.owner_id == me.pk
        actions.send_again(given.key, seen=3, changed="In Eye.", by=by, at=AFTER)


def test_nobody_stands_in_for_somebody_who_is_here_nor_without_being_asked(world: World, sent: Send) -> None:
    slip = sent(to="early_help")
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed, match="is here"):
        actions.take_over(slip.key, seen=1, by=by, at=later())
    world.agree_until(LAST)
    with world.acting("early_help_officer", of=PETERBOROUGH, at=AFTER) as by, pytest.raises(NotPermitted):
        actions.take_over(slip.key, seen=1, by=by, at=AFTER)
    with world.acting("early_help_officer", of=PETERBOROUGH, at=AFTER) as by:
        actions.accept(slip.key, seen=1, by=by, at=AFTER)
    with world.acting("team_manager", of=PETERBOROUGH, at=AFTER) as by, pytest.raises(StepNotAllowed, match="settled"):
        actions.take_over(slip.key, seen=2, by=by, at=AFTER)


def test_the_page_offers_it_only_where_the_giver_has_gone(world: World, sent: Send) -> None:
    slip = sent(to="early_help", at=datetime.now(UTC) - timedelta(minutes=5))
    manager = world.signed_in(Client(), world.user("team_manager", council=PETERBOROUGH))
    here = f"/peterborough/handovers/{slip.key}/"
    assert "take-over" not in manager.get(here).content.decode()
    world.agree_until((datetime.now(UTC) - timedelta(days=2)).date())
    assert "(has left)" in manager.get(here).content.decode()
    assert manager.post(f"{here}take-over/", {"seen": 1}).status_code == 302
    page = manager.get(here).content.decode()
    assert "take-over" not in page
    assert "Taken over for a giver who has gone" in page
    gone = world.signed_in(Client(), world.user("social_worker", council=CAMBRIDGESHIRE))
    assert gone.get(here).status_code == 404
