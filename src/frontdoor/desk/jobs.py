"""Background handlers of the desk: load, one action."""

from datetime import datetime

from frontdoor.actors.rules import MAILER, Actor
from frontdoor.background.actions import job
from frontdoor.desk import actions


@job("desk.message", by=MAILER)
def message(*, by: Actor, at: datetime, message: str) -> None:
    """Tell somebody by message that notices wait for them."""
    actions.send_message(message, by=by, at=at)
