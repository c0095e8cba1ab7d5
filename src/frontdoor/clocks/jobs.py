"""The minute's work for one council; `config` runs it for each, since background is a neighbour of clocks."""

from datetime import datetime

from frontdoor.actors.rules import Actor
from frontdoor.clocks import actions


def sweep(*, by: Actor, at: datetime) -> None:
    """Sweep the clocks of the council acted for, as the system actor `clock-sweep`."""
    actions.sweep(by=by, at=at)
