"""Background handlers of this room: load, one action."""

from datetime import datetime

from frontdoor.actors.rules import COURIER, Actor
from frontdoor.background.actions import job
from frontdoor.referrals import actions


@job("referrals.follow", by=COURIER)
def follow(*, by: Actor, at: datetime, handover: str, subject: str) -> None:
    """Something happened to a slip that came for an assessment team: its referral follows from how it stands."""
    actions.follow(handover, by=by, at=at)
