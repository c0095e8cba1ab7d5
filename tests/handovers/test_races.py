"""Two at once: one wins, and the other is told so."""

import uuid

from django.db import IntegrityError, transaction

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.handovers import actions, rules
from frontdoor.handovers.models import Handover, Turn
from tests.handovers.conftest import AT, KIND, later
from tests.races import overlapping
from tests.worlds import PETERBOROUGH, World


def test_of_two_who_accept_at_once_one_wins_and_the_other_hears_who_it_was(own_database: str, world: World) -> None:
    with transaction.atomic(), world.acting("social_worker") as by:
        slip = actions.send((KIND, uuid.uuid4()), to="assessment", summary="Assessment", why="It is met.", by=by, at=AT)

    def accept(role: str) -> Handover:
        with world.acting(role, of=PETERBOROUGH) as by:
            return actions.accept(slip.key, seen=1, by=by, at=later())

    won, lost = overlapping(
        lambda: accept("assessment_worker"), lambda: accept("assessment_manager"), expect=StepNotAllowed
    )
    assert isinstance(lost, StepNotAllowed)
    assert (won.state, won.version) == (rules.State.ACCEPTED, 2)
    with world.acting("social_worker"):
        (line,) = Turn.objects.filter(handover__key=slip.key, kind="accepted")
        assert (lost.who, lost.when) == (line.by_name, later())
        assert Handover.objects.get(key=slip.key).answered_by == won.answered_by


def test_of_two_who_hand_over_the_same_at_once_one_slip_is_left(own_database: str, world: World) -> None:
    subject = (KIND, uuid.uuid4())

    def send(second: bool) -> Handover:
        with world.acting("social_worker", second=second) as by:
            return actions.send(subject, to="mash", summary="Enquiry", why="Unclear.", by=by, at=AT)

    _, lost = overlapping(lambda: send(False), lambda: send(True), expect=IntegrityError)
    assert isinstance(lost, IntegrityError)
    with world.acting("social_worker"):
        assert Handover.objects.count() == 1
