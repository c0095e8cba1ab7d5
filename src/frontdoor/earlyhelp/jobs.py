"""Background handlers of this room: load, one action."""

from datetime import datetime

from frontdoor.actors.rules import COURIER, Actor
from frontdoor.background.actions import job
from frontdoor.earlyhelp import actions


@job("earlyhelp.follow", by=COURIER)
def follow(*, by: Actor, at: datetime, handover: str, subject: str) -> None:
    """The hub accepted a slip: early help for its family opens, or its child joins what is open."""
    actions.open_from_slip(handover, by=by, at=at)
