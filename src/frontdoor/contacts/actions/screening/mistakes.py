"""A contact that was entered by mistake: one person says so, another agrees; it is kept, found and counted, and undone.

Nothing is deleted: the submission, its receipt in the chain and every row of the contact stay as they are.
"""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.actions import duties
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.opening import open_again
from frontdoor.contacts.actions.screening.rows import Key
from frontdoor.contacts.actions.telling import acknowledge
from frontdoor.contacts.models import Contact, Matter, Mistake
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.rules import mistakes as rules
from frontdoor.contacts.rules.states import ContactState, Step, after
from frontdoor.letters import actions as letters
from frontdoor.letters import queries as letter_queries
from frontdoor.letters.rules import kinds as letter_kinds
from frontdoor.trail import actions as trail


@transaction.atomic
def call_a_mistake(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Mistake:
    """Say that a contact was entered by mistake. It stays where it is, its clocks run, until another person agrees.

    :param key: the contact's key
    :raises NotPermitted: `by` may not take contacts here
    :raises Conflict: the contact has changed since `by` saw it
    :raises StepNotAllowed: somebody said so already, or what stands on it shows that it is none
    """
    contact = rows.contact_taken(key, by=by)
    require(by, rules.ASKS, authority=contact.authority_id)
    asked_by = rows.person(by, rules.ASKS)
    unchanged(seen, contact.version)
    rules.check_why(why)
    if reason := rules.why_none(queries.stands(contact, by=by)):
        raise StepNotAllowed(reason)
    standing = within(by, Mistake.objects.filter(contact=contact, ended_at=None)).first()
    if standing is not None:
        raise StepNotAllowed("Somebody has said so already. Another person has to agree.", when=standing.asked_at)

    made = Mistake.objects.create(
        authority_id=contact.authority_id, contact=contact, why=why.strip(), asked_by=asked_by, asked_at=at
    )
    rows.changed(contact, by=by, at=at)

    trail.record("contacts.call_a_mistake", subject=contact, by=by, at=at, why=why.strip())
    return made


def _taken(key: Key, *, by: Actor) -> tuple[Mistake, list[Matter]]:
    """What was said, its contact and that contact's matters, locked in the order in which a decision locks them."""
    contact_key = within(by, Mistake.objects.filter(key=key)).values_list("contact__key", flat=True).first()
    if contact_key is None:
        raise NotFound
    locked = Matter.objects.select_for_update(of=("self",), no_key=True)
    matters = list(within(by, locked.filter(contact__key=contact_key)).order_by("id"))
    contact = rows.contact_taken(contact_key, by=by)
    said = within(by, Mistake.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).get()
    said.contact = contact
    return said, matters


def _standing(said: Mistake) -> None:
    if said.ended_at is not None:
        raise StepNotAllowed("This was settled: the contact is no mistake.", when=said.ended_at)


@transaction.atomic
def agree_mistake(key: Key, *, seen: int, by: Actor, at: datetime) -> Contact:
    """Agree that a contact was entered by mistake: it leaves every queue, and its clocks stop with that reason.

    :param key: of what was said (`Mistake`)
    :raises NotPermitted: a child is named or described and `by` is no manager, or `by` is no social worker
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: `by` said it, it is settled, nobody qualified has looked, or something stands in the way
    """
    said, matters = _taken(key, by=by)
    contact = said.contact
    told = queries.told(contact, by=by)
    needed = rules.agrees(told)
    require(by, needed, authority=said.authority_id)
    agreed_by = rows.qualified(by, needed)
    unchanged(seen, said.version)
    _standing(said)
    if said.agreed_at is not None:
        raise StepNotAllowed("Somebody has agreed already.", when=said.agreed_at)
    rules.check_second(said.asked_by, by=by, looked=bool(contact.looked), told=told)
    if reason := rules.why_none(queries.stands(contact, by=by)):
        raise StepNotAllowed(reason)

    said.agreed_by, said.agreed_at, said.version = agreed_by, at, said.version + 1
    said.save(update_fields=["agreed_by", "agreed_at", "version"])
    _void(contact, matters, by=by, at=at)

    trail.record("contacts.agree_mistake", subject=contact, by=by, at=at, why=said.why, said_by=said.asked_by)
    return contact


_CLOSED = ["state", "closed_at", "closed_by", "holder", "version"]


def _void(contact: Contact, matters: list[Matter], *, by: Actor, at: datetime) -> None:
    """Close what hangs on it; a wish to be rung back is owed to somebody whatever we typed, so it stays."""
    for matter in matters:
        matter.state, matter.version = after(matter.state, Step.CLOSE), matter.version + 1
        matter.save(update_fields=["state", "version"])
    contact.state, contact.closed_at, contact.closed_by = ContactState.VOIDED, at, by.user_id
    contact.holder, contact.version = None, contact.version + 1
    contact.save(update_fields=_CLOSED)
    clocks.stop(subject=("contacts.submission", contact.submission_id), ended=Ended.MISTAKE, by=by, at=at)
    duties.call_off(contact, by=by, at=at)
    for letter in letter_queries.of_subject(("contacts.contact", contact.key), by=by, at=at):
        if letter.state in letter_kinds.STEPS[letter_kinds.Step.CANCEL][0]:
            letters.cancel(letter.key, seen=letter.version, why="The contact was entered by mistake", by=by, at=at)


@transaction.atomic
def keep_as_contact(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Contact:
    """Say that it is no mistake: whoever said so takes it back, another turns it down, or what was agreed is undone.

    To take a child out of sight takes two people; to bring one back takes one. The contact stands again with its first
    time: nothing restarts the clock of its journey.

    :param key: of what was said (`Mistake`)
    :raises NotPermitted: `by` neither said it nor screens for this council
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it was settled already
    """
    said, matters = _taken(key, by=by)
    takes_back = said.asked_by == by.user_id and said.agreed_at is None
    require(by, rules.ASKS if takes_back else Permission.CONTACT_SCREEN, authority=said.authority_id)
    ended_by = rows.person(by, rules.ASKS)
    unchanged(seen, said.version)
    rules.check_why(why)
    _standing(said)

    said.ended_by, said.ended_at, said.ended_why, said.version = ended_by, at, why.strip(), said.version + 1
    said.save(update_fields=["ended_by", "ended_at", "ended_why", "version"])
    if said.agreed_at is not None:
        open_again(said.contact, matters, stopped=Ended.MISTAKE, by=by, at=at)
        acknowledge(said.contact, by=by, at=at)
        duties.follow(said.contact, by=by, at=at)
    rows.changed(said.contact, by=by, at=at)

    trail.record("contacts.keep_as_contact", subject=said.contact, by=by, at=at, why=why.strip())
    return said.contact
