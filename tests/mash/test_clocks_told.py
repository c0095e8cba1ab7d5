"""Inspection line 3: every clock of an enquiry and of a request warns at half time and is told on when it is missed."""

import pytest

from frontdoor.clocks.rules import ClockKind, Escalation
from frontdoor.mash.rules import clocks as kinds
from frontdoor.mash.rules.asking.states import REPLY, SEND
from frontdoor.mash.rules.strategy import HELD, MINUTES

STAGES = [kind for stage in kinds.STAGES for kind in stage.values()]
OURS = [kinds.RATE, *STAGES, kinds.UNTOUCHED, *kinds.SAFE.values(), *REPLY.values(), SEND, HELD, MINUTES]


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: str(kind.name))
def test_whoever_can_still_act_is_warned_at_half_time_and_a_manager_hears_of_the_miss(kind: ClockKind) -> None:
    assert Escalation.OWNER in kind.at_half
    assert {Escalation.OWNER, Escalation.TEAM_MANAGER} <= set(kind.at_breach)


@pytest.mark.parametrize("kind", [kind for kind in OURS if kind.danger], ids=lambda kind: str(kind.name))
def test_where_a_child_may_be_in_danger_the_head_of_service_hears_of_the_miss_too(kind: ClockKind) -> None:
    told = kind.at_stays if kind in REPLY.values() else kind.at_breach  # of one agency's silence, once it lasts
    assert Escalation.HEAD_OF_SERVICE in told


def test_each_stage_has_a_clock_of_its_own_at_each_rating() -> None:
    names = {kind.name for kind in STAGES}
    assert len(names) == len(STAGES) == 3 * 3
    assert len({kind.setting for kind in STAGES}) == len(STAGES)
    assert not names & {kind.name for kind in REPLY.values()}
