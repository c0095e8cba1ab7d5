"""Background handlers of this room: load, one action."""

from datetime import datetime

from frontdoor.actors.rules import COURIER, PUBLIC_INTAKE, Actor
from frontdoor.background.actions import job
from frontdoor.contacts import actions
from frontdoor.contacts.actions import additions, coming_back, passing_on, telephone, trials
from frontdoor.contacts.actions import notices as police


@job("contacts.intake", by=PUBLIC_INTAKE)
def intake(*, by: Actor, at: datetime, submission: str) -> None:
    """Make the contact of a submission; a test message only notes that it came."""
    if not trials.arrive(submission, by=by, at=at):
        additions.join_additions(actions.take_in(submission, by=by, at=at), by=by, at=at)


@job("contacts.notices", by=PUBLIC_INTAKE)
def notices(*, by: Actor, at: datetime, batch: str, after: int) -> None:
    """Make the next contacts of a batch of police notices."""
    police.take_in_some(batch, after=after, by=by, at=at)


@job("contacts.follow", by=COURIER)
def follow(*, by: Actor, at: datetime, handover: str, subject: str) -> None:
    """Something happened to a slip of a child's matter: the matter follows from how it stands."""
    coming_back.follow(subject, by=by, at=at)


@job("contacts.keep", by=COURIER)
def keep(*, by: Actor, at: datetime, handover: str, subject: str) -> None:
    """What was passed to another council was taken back: take it in here."""
    coming_back.keep(handover, by=by, at=at)


@job("contacts.receive_copy", by=COURIER)
def receive_copy(*, by: Actor, at: datetime, copy: str) -> None:
    """Another council has passed a report: make the contact of it."""
    passing_on.receive_copy(copy, by=by, at=at)


@job("contacts.leave_call", by=COURIER)
def leave_call(*, by: Actor, at: datetime, call: str, seen: int, to: int) -> None:
    """A telephone call goes on in another council: end it here."""
    telephone.leave(call, seen=seen, to=to, by=by, at=at)
