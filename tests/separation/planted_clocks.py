"""Clocks that stand still or may; `planting` takes it in at its end."""

from typing import Any
from uuid import uuid4

from tests.separation.planting import Ground, plants, token


def _told_later(ground: Ground) -> Any:
    """A clock that may stand still: when somebody hears what was decided."""
    from frontdoor.actors.rules import SEEDER
    from frontdoor.clocks import actions as clocks
    from frontdoor.letters.rules.kinds import OUTCOME

    with ground.world.system(SEEDER, council=ground.council) as by:
        label = token(ground.council, "case")
        subject = ("contacts.callback", uuid4())
        return clocks.start(OUTCOME, subject=subject, label=label, by=by, at=ground.at)[0]


@plants("quiet-clock")
def quiet_clock(ground: Ground) -> Any:
    return _told_later(ground).pk


@plants("paused-clock")
def paused_clock(ground: Ground) -> Any:
    from frontdoor.clocks import actions as clocks

    clock = _told_later(ground)
    with ground.acting("team_manager") as by:
        clocks.pause(clock.pk, seen=1, reason="asked_to_wait", note=ground.said(), by=by, at=ground.at)
    return clock.pk
