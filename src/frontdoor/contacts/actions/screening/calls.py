"""Calls that were asked for, and calls that name no child and end with a click."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.rows import Key
from frontdoor.contacts.models import Attempt, CallBack, Contact, Matter
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.rules import screening as rules
from frontdoor.contacts.rules.kinds import CALL_BACK, DECISION, FIRST_LOOK, FIRST_LOOK_DANGER
from frontdoor.contacts.rules.states import ContactState, Step, after
from frontdoor.letters.rules import ACKNOWLEDGE
from frontdoor.trail import actions as trail


def _call_back(key: Key, *, by: Actor) -> CallBack:
    locked = CallBack.objects.select_for_update(of=("self",), no_key=True)
    found = within(by, locked.filter(pk=key)).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def try_call_back(key: Key, *, outcome: str, note: str = "", by: Actor, at: datetime) -> Attempt:
    """Log one try at a call that was asked for; the clock runs on until somebody has spoken.

    :param key: the call-back's id
    :raises NotPermitted: `by` may not advise
    :raises StepNotAllowed: the call has been made
    """
    wish = _call_back(key, by=by)
    require(by, Permission.CONTACT_ADVISE, authority=wish.authority_id)
    tried_by = rows.qualified(by, Permission.CONTACT_ADVISE)
    _not_done(wish)
    rules.check_attempt("The person who asked", outcome, note)

    made = Attempt.objects.create(
        authority_id=wish.authority_id, contact_id=wish.contact_id, call_back=wish, whom="The person who asked",
        outcome=outcome, note=note.strip(), tried_by=tried_by, tried_at=at,
    )  # fmt: skip

    trail.record("contacts.try_call_back", subject=("contacts.callback", wish.pk), by=by, at=at, outcome=outcome)
    return made


def _not_done(wish: CallBack) -> None:
    if wish.done_at is not None:
        raise StepNotAllowed("This call has been made already.", when=wish.done_at)


@transaction.atomic
def called_back(key: Key, *, outcome: str, by: Actor, at: datetime) -> CallBack:
    """A qualified social worker has spoken to whoever asked for a call, or it can no longer be made.

    :param key: the call-back's id
    :param outcome: one line
    :raises NotPermitted: `by` is not a social worker of this council
    :raises StepNotAllowed: the call has been made
    """
    wish = _call_back(key, by=by)
    require(by, Permission.CONTACT_ADVISE, authority=wish.authority_id)
    done_by = rows.qualified(by, Permission.CONTACT_ADVISE)
    _not_done(wish)
    rules.check_call_back(outcome)

    wish.done_at, wish.done_by, wish.outcome = at, done_by, outcome.strip()
    wish.save(update_fields=["done_at", "done_by", "outcome"])
    clocks.stop(CALL_BACK, subject=("contacts.callback", wish.pk), by=by, at=at)

    trail.record("contacts.called_back", subject=("contacts.callback", wish.pk), by=by, at=at)
    return wish


@transaction.atomic
def end_call(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Contact:
    """Close a call that names and describes no child: a wrong number, an abandoned call, advice in general.

    A contact officer closes nothing that names or describes a child, advice included. A registered social worker may
    judge that words which sound like a child's are none; what names a child is recommended and decided.

    :raises NotPermitted: `by` may not take contacts here
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: a child is named or described, or it is closed
    """
    matters = list(
        within(by, Matter.objects.select_for_update(of=("self",), no_key=True).filter(contact__key=key)).order_by("id")
    )
    contact = rows.contact_taken(key, by=by)
    require(by, Permission.CONTACT_TAKE, authority=contact.authority_id)
    closed_by = rows.person(by, Permission.CONTACT_TAKE)
    unchanged(seen, contact.version)
    rows.still_open(contact)
    if not why.strip():
        raise InvalidInput(why="Write in a few words why it ends here")
    told = queries.told(contact, by=by)
    reason = rules.why_not_ended_at_all(told) if by.qualified else rules.why_not_ended_here(told)
    if reason:
        raise StepNotAllowed(reason)

    for matter in matters:
        matter.state, matter.version = after(matter.state, Step.CLOSE), matter.version + 1
        matter.save(update_fields=["state", "version"])
    contact.state, contact.closed_at, contact.closed_by = ContactState.CLOSED, at, closed_by
    contact.version += 1
    contact.save(update_fields=["state", "closed_at", "closed_by", "version"])
    ended = (FIRST_LOOK, FIRST_LOOK_DANGER, DECISION, ACKNOWLEDGE)
    subject = ("contacts.submission", contact.submission_id)
    clocks.stop(*ended, subject=subject, ended=Ended.NOT_NEEDED, by=by, at=at)

    trail.record("contacts.end_call", subject=contact, by=by, at=at, why=why.strip(), category=contact.category)
    return contact
