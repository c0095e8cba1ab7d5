"""Background handlers of this room: load, one action."""

from datetime import datetime

from frontdoor.actors.rules import COURIER, MAILER, Actor
from frontdoor.background.actions import job
from frontdoor.familyhelp.actions import inviting, standing, stepping


@job("familyhelp.follow", by=COURIER)
def follow(*, by: Actor, at: datetime, handover: str, subject: str) -> None:
    """The hub answered a step-down: the family's help goes on there, or it is back with its team."""
    stepping.follow(handover, by=by, at=at)


@job("familyhelp.taken_up", by=COURIER)
def taken_up(*, by: Actor, at: datetime, handover: str, subject: str) -> None:
    """An assessment team accepted a child: under one plan the help of a family that was sent back goes on."""
    standing.taken_up(handover, by=by, at=at)


@job("familyhelp.invite", by=MAILER)
def invite(*, by: Actor, at: datetime, invitation: str) -> None:
    """Somebody is asked to a meeting, or it is cancelled for them: the e-mail goes once."""
    inviting.send(invitation, by=by, at=at)
