"""Background handlers of this room: load, one action."""

from datetime import datetime

from frontdoor.actors.rules import CLOCK_SWEEP, COURIER, MAILER, Actor
from frontdoor.background.actions import job
from frontdoor.mash.actions import asking, enquiries
from frontdoor.mash.actions.deciding import carrying


@job("mash.follow", by=COURIER)
def follow(*, by: Actor, at: datetime, handover: str, subject: str) -> None:
    """A slip for this room was accepted: its enquiry opens, or its child joins the open one of the family."""
    enquiries.open_from_slip(handover, by=by, at=at)


@job("mash.hear", by=CLOCK_SWEEP)
def hear(*, by: Actor, at: datetime, request: str) -> None:
    """An agency opened a request, replied or confirmed: the request follows from what it wrote."""
    asking.hear(request, by=by, at=at)


@job("mash.chase", by=MAILER)
def chase(*, by: Actor, at: datetime, request: str) -> None:
    """Half of the time has gone: remind the agency's desk."""
    asking.chase(request, by=by, at=at)


@job("mash.escalate", by=MAILER)
def escalate(*, by: Actor, at: datetime, request: str) -> None:
    """The time has passed: tell the agency's named lead."""
    asking.escalate(request, by=by, at=at)


@job("mash.tell_joined", by=MAILER)
def tell_joined(*, by: Actor, at: datetime, request: str, people: int) -> None:
    """A request asks about somebody more: tell the agency's desk."""
    asking.tell_joined(request, people=people, by=by, at=at)


@job("mash.tell_stopped", by=MAILER)
def tell_stopped(*, by: Actor, at: datetime, request: str) -> None:
    """A request was stopped: tell the agency's desk."""
    asking.tell_stopped(request, by=by, at=at)


@job("mash.carry", by=COURIER)
def carry(*, by: Actor, at: datetime, handover: str, subject: str) -> None:
    """Something happened to a slip of a child of an enquiry: what was decided follows from how it stands."""
    carrying.follow(subject, by=by, at=at)
