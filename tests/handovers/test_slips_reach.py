"""Slips of people out of reach, and lists that ask the database as often for one as for many."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdoor.handovers import actions, queries, rules
from frontdoor.handovers.models import Handover
from tests.handovers.conftest import AT, KIND, later
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

Send = Callable[..., Handover]
Talk = Callable[..., rules.Conversation]
RECEIVER = {"role": "assessment_worker", "of": PETERBOROUGH}


def _keys(rows: list[Any]) -> list[uuid.UUID | None]:
    return [row.key for row in rows]


def test_work_of_somebody_who_no_longer_reaches_the_council_is_nobodys_and_still_stands_on_the_list(
    world: World, sent: Send
) -> None:
    sent()
    world.agree_until(later().date() - timedelta(days=1))
    with world.acting("social_worker", of=PETERBOROUGH, at=later()) as by:
        (row,) = queries.given(by=by, at=later())
        assert row.by_name == ""


def test_somebody_out_of_reach_may_still_hand_over_and_the_contact_centre_has_the_slip(world: World) -> None:
    from dataclasses import replace

    from frontdoor.access.rules import RECEIVING
    from frontdoor.actors.actions import acting_for

    outsider = world.actor("social_worker", of=PETERBOROUGH, council=CAMBRIDGESHIRE)
    receiving = replace(outsider, reach={**outsider.reach, CAMBRIDGESHIRE: RECEIVING})
    with acting_for(CAMBRIDGESHIRE, by=receiving) as by:
        slip = actions.send((KIND, uuid.uuid4()), to="mash", summary="A child", why="Found here.", by=by, at=AT)
    assert slip.from_team_id == world.team("contact_centre", council=CAMBRIDGESHIRE).pk


def test_a_list_asks_the_database_as_often_for_one_slip_as_for_many(world: World, sent: Send) -> None:
    def asked() -> list[int]:
        counts = []
        for role, of, question in (
            ("assessment_worker", PETERBOROUGH, queries.inbox),
            ("social_worker", CAMBRIDGESHIRE, queries.given),
        ):
            with world.acting(role, of=of) as by, CaptureQueriesContext(connection) as captured:
                question(by=by, at=later())
            counts.append(len(captured))
        return counts

    sent()
    few = asked()
    for _ in range(5):
        sent()
    assert asked() == few
    assert max(few) <= 8
