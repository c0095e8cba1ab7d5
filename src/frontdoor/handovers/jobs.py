"""What follows in the other council, as the courier: the copy's arrival, the answer's way back, a withdrawal."""

from datetime import datetime

from frontdoor.actors.rules import COURIER, Actor
from frontdoor.background.actions import job
from frontdoor.handovers import actions


@job("handovers.arrived", by=COURIER)
def arrived(*, by: Actor, at: datetime, copy: str) -> None:
    """A copy lies in the receiver's inbox: start its clock, tell the room that works with it."""
    actions.receive(copy, by=by, at=at)


@job("handovers.answered", by=COURIER)
def answered(*, by: Actor, at: datetime, notice: str) -> None:
    """The receiver has answered: close the giver's slip, or bring it back."""
    actions.close_slip(notice, by=by, at=at)


@job("handovers.recalled", by=COURIER)
def recalled(*, by: Actor, at: datetime, notice: str) -> None:
    """The giver has withdrawn the slip: mark the copies."""
    actions.recall(notice, by=by, at=at)
