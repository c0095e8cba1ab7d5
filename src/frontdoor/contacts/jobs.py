"""Background handlers of this room: load, one action."""

from datetime import datetime

from frontdoor.actors.rules import PUBLIC_INTAKE, Actor
from frontdoor.background.actions import job
from frontdoor.contacts import actions


@job("contacts.intake", by=PUBLIC_INTAKE)
def intake(*, by: Actor, at: datetime, submission: str) -> None:
    """Make the contact of a submission."""
    actions.take_in(submission, by=by, at=at)
