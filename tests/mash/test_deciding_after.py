"""What follows a decision: what comes back is sent again, opened again it keeps what was, taken back it is void."""

from dataclasses import replace

import pytest

from frontdoor.actors.rules import COURIER, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions.deciding import carrying, recommending
from frontdoor.mash.actions.enquiries import reopen, stand_down
from frontdoor.mash.models import Analysis, Decision, Turn
from frontdoor.mash.rules.states import State
from tests.mash.deciding import (
    NOTHING,
    SIGNED,
    SIGNED_NOTHING,
    decided,
    only_child,
    waiting,
)
from tests.mash.enquiring import children, minutes, stands
from tests.worlds import World


def test_section_47_cannot_be_refused_and_what_comes_back_is_said_once_and_sent_again(world: World):
    enquiry = waiting(world)
    child = only_child(world, enquiry)
    strategy = replace(SIGNED, outcome="strategy_discussion_s47", why_different="It is harm.")
    decided(world, child, strategy, at=minutes(5))
    with world.acting("team_manager"):
        slip = Handover.objects.get(subject_key=child.key)
        assert (slip.section47, slip.urgent) == (True, True)
    with world.acting("assessment_manager", of=874, at=minutes(6)) as by:
        handovers.correct(slip.key, seen=slip.version, wrong="details", text="No telephone", by=by, at=minutes(6))
    with world.system(COURIER) as by:
        carrying.follow(child.key, by=by, at=minutes(7))
        carrying.follow(child.key, by=by, at=minutes(8))
        assert Turn.objects.filter(enquiry=enquiry, kind="back").count() == 1
        assert carrying.follow_all(by=by, at=minutes(8)) == 0
    with world.acting("team_manager", at=minutes(9)) as by:
        slip = Handover.objects.get(subject_key=child.key)
        handovers.send_again(slip.key, seen=slip.version, changed="Number added", by=by, at=minutes(9))
    with world.acting("assessment_manager", of=874, at=minutes(10)) as by:
        handovers.accept(slip.key, seen=Handover.objects.get(pk=slip.pk).version, by=by, at=minutes(10))
    with world.system(COURIER) as by:
        assert carrying.follow_all(by=by, at=minutes(11)) == 1
        assert stands(enquiry).state == State.CLOSED


def test_opened_again_it_keeps_what_was_decided_and_its_clocks_and_is_decided_anew(world: World):
    enquiry = waiting(world, NOTHING)
    child = only_child(world, enquiry)
    decided(world, child, SIGNED_NOTHING, at=minutes(5))
    with world.acting("team_manager") as by:
        first = clocks.for_subject(("mash.enquiry", enquiry.key), by=by, at=minutes(6))
        reopen(enquiry.key, seen=stands(enquiry).version, why="A neighbour rang", by=by, at=minutes(60))
        assert stands(enquiry).state == State.REOPENED
        assert Decision.objects.get().voided_why == "The enquiry was opened again: A neighbour rang"
        later = clocks.for_subject(("mash.enquiry", enquiry.key), by=by, at=minutes(61))
        assert {(c.kind.name, c.stopped_at) for c in first} <= {(c.kind.name, c.stopped_at) for c in later}
        assert Analysis.objects.count() == 1


def test_an_enquiry_of_which_a_child_is_decided_is_neither_stood_down_nor_joined(world: World):
    enquiry = waiting(world, children=2)
    with world.acting("social_worker"):
        first, second = children(enquiry)
    decided(world, first, at=minutes(5))
    with world.acting("team_manager") as by:
        recommending.send_back(second.key, seen=stands(enquiry).version, why="More", by=by, at=minutes(6))
        now = stands(enquiry)
        with pytest.raises(StepNotAllowed, match="decided already"):
            stand_down(enquiry.key, seen=now.version, why="Clear", to="assessment", by=by, at=minutes(7))


def test_a_slip_that_its_giver_takes_back_makes_the_decision_void(world: World):
    enquiry = waiting(world)
    child = only_child(world, enquiry)
    decided(world, child, at=minutes(5))
    with world.acting("team_manager", at=minutes(6)) as by:
        slip = Handover.objects.get(subject_key=child.key)
        handovers.withdraw(slip.key, seen=slip.version, reason="Wrong child", by=by, at=minutes(6))
    with world.system(COURIER) as by:
        assert carrying.follow(child.key, by=by, at=minutes(7)) is State.ANALYSIS
        assert "Wrong child" in Decision.objects.get().voided_why
