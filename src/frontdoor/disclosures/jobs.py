"""Background handlers of this room: load, one action."""

from datetime import datetime

from frontdoor.actors.rules import COURIER, Actor
from frontdoor.background.actions import job
from frontdoor.disclosures import actions


@job("disclosures.follow", by=COURIER)
def follow(*, by: Actor, at: datetime, handover: str, subject: str) -> None:
    """Something happened to the slip of a request: the request follows from how it stands."""
    actions.follow(subject, by=by, at=at)
