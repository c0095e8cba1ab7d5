"""Where a child is this minute, and who rings whom back: a clock in minutes from the moment it is agreed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, require
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.actions.telephone.drafts import Key, going_on
from frontdoor.contacts.models import Contact, Draft, SafetyCall
from frontdoor.contacts.queries.telephone import account, usual_minutes
from frontdoor.contacts.rules.kinds import SAFETY_CALL
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.trail import actions as trail

SUBJECT = "contacts.safetycall"
AGREED_ANEW = "Agreed anew"


@transaction.atomic
def agree_safety_call(
    key: Key, *, seen: int, rings: str, whom: str, minutes: int | None, by: Actor, at: datetime
) -> SafetyCall:
    """Start the clock of a call back while the call goes on; the team sees it at once. Another one takes its place.

    :param rings: "us" or "them"
    :param minutes: within how many; None for the council's usual
    :raises InvalidInput: nobody said who rings
    """
    call = going_on(key, seen=seen, by=by)
    if rings not in ("us", "them"):
        raise InvalidInput(rings="Choose who rings back")
    made = start(call, rings=rings, whom=whom, minutes=minutes, by=by, at=at)
    trail.record("contacts.agree_safety_call", subject=made, by=by, at=at, call=call.key, due_at=made.due_at)
    return made


def start(call: Draft, *, rings: str, whom: str, minutes: int | None, by: Actor, at: datetime) -> SafetyCall:
    """The row and its clock. Part of the act that agrees a call back."""
    typed = call.data["typed"]
    due_at = at + timedelta(minutes=minutes or usual_minutes(by=by, at=at))
    locked = SafetyCall.objects.select_for_update(of=("self",))
    for standing in within(by, locked.filter(call=call.key, done_at=None)):
        close(standing, AGREED_ANEW, ended=Ended.REPLACED, by=by, at=at)
    made = SafetyCall(
        authority_id=call.authority_id, call=call.key, rings=rings, whom=whom.strip()[:300], started_by=account(by),
        started_at=at, due_at=due_at,
        **{name: " ".join(typed.get(name, "").split())[:300] for name in ("where_now", "with_whom", "until_when")},
    )  # fmt: skip
    clock_of(made, by=by, at=at)
    made.save(force_insert=True)
    return made


def clock_of(made: SafetyCall, *, label: str = "Call going on", by: Actor, at: datetime) -> None:
    """The clock of a call back, until the time that was agreed. Part of the act that makes the row."""
    team = team_for(Function.CONTACT_CENTRE, by=by, at=at)
    clocks.start_until(
        SAFETY_CALL, due_at=made.due_at, subject=(SUBJECT, made.key), team_id=team.pk, label=label, by=by, at=at
    )


def tie(call: Draft, contact: Contact, *, by: Actor) -> None:
    """Let the calls back of a telephone call belong to its contact. Part of the act that makes the contact."""
    for made in within(by, SafetyCall.objects.filter(call=call.key)):
        made.contact = contact
        made.save(update_fields=["contact"])
        clocks.relabel(contact.receipt, subject=(SUBJECT, made.key), by=by)


@transaction.atomic
def reached(key: UUID | str, *, outcome: str, by: Actor, at: datetime) -> SafetyCall:
    """Write down what came of a call back on which a child's safety hung; its clock stops.

    :param outcome: one line
    :raises InvalidInput: nothing was written
    :raises NotFound: the council acted for has no such call back
    :raises StepNotAllowed: it has been made
    """
    locked = SafetyCall.objects.select_for_update(of=("self",)).filter(key=key)
    made = within(by, locked).first()
    if made is None:
        raise NotFound
    require(by, Permission.CONTACT_TAKE, authority=made.authority_id)
    if made.done_at is not None:
        raise StepNotAllowed("This call has been made already.", when=made.done_at)
    if not outcome.strip():
        raise InvalidInput(outcome="Write in one line what came of it")
    close(made, outcome.strip()[:300], ended=Ended.DONE, by=by, at=at)
    trail.record("contacts.reached", subject=made, by=by, at=at)
    return made


def close(made: SafetyCall, outcome: str, *, ended: Ended, by: Actor, at: datetime) -> None:
    """End a call back with its clock. Part of the act that ends it."""
    made.done_at, made.done_by, made.outcome, made.version = at, by.user_id, outcome, made.version + 1
    made.save(update_fields=["done_at", "done_by", "outcome", "version"])
    clocks.stop(SAFETY_CALL, subject=(SUBJECT, made.key), ended=ended, by=by, at=at)
