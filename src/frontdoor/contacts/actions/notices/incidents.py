"""Many contacts of one incident: joined to one event in one act, with one reason, and one answer for each sender."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, require
from frontdoor.contacts.actions.screening.rows import changed, person
from frontdoor.contacts.models import Contact, Event, Link, Referrer
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.rules import screening
from frontdoor.contacts.rules.states import ENDED
from frontdoor.letters import actions as letters
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import State
from frontdoor.trail import actions as trail

MOST = 500
ANSWERED = "Answered once, with {} of the same incident."


@transaction.atomic
def join(keys: Sequence[UUID | str], *, why: str, by: Actor, at: datetime) -> Event:
    """Say that several contacts tell of one incident. Each child keeps a contact, a clock and a decision of their own.

    The event is that of the first that has one with the police's own number, else of any, else a new one. Whoever sent
    several of them is answered once, with the first that they sent. A link is undone one by one, as any link is.

    :raises NotPermitted: `by` does not screen for this council
    :raises NotFound: one of them is not the council's
    :raises InvalidInput: fewer than two, too many, or no reason
    """
    contacts = _taken(keys, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=contacts[0].authority_id)
    made_by = person(by, Permission.CONTACT_SCREEN)
    screening.check_link("same_event", why)

    lead, *others = sorted(contacts, key=lambda each: (each.received_at, each.pk))
    event = _event_of([lead, *others])
    linked = _linked(contacts, by=by)
    Link.objects.bulk_create(
        Link(
            authority_id=lead.authority_id, contact=each, other=lead, kind="same_event", why=why.strip(),
            made_by=made_by, made_at=at,
        )
        for each in others
        if frozenset({each.pk, lead.pk}) not in linked
    )  # fmt: skip
    for each in contacts:
        each.event = event
        changed(each, "event", by=by, at=at)
    _answer_once([lead, *others], by=by, at=at)

    trail.record_each("contacts.join", subjects=contacts, by=by, at=at, why=why.strip(), event=event.key)
    trail.record("contacts.join_event", subject=event, by=by, at=at, why=why.strip(), contacts=len(contacts))
    return event


def _taken(keys: Sequence[UUID | str], *, by: Actor) -> list[Contact]:
    """The contacts, locked in the order of their numbers as everybody locks them."""
    wanted = {str(key) for key in keys}
    if not 2 <= len(wanted) <= MOST:
        raise InvalidInput(contacts="Choose two contacts or more" if len(wanted) < 2 else f"Choose {MOST} or fewer")
    locked = Contact.objects.select_for_update(of=("self",), no_key=True)
    found = list(within(by, locked.filter(key__in=wanted)).order_by("id"))
    if len(found) != len(wanted):
        raise NotFound
    return found


def _event_of(contacts: Sequence[Contact]) -> Event:
    standing = [each.event for each in contacts if each.event is not None]
    if numbered := [event for event in standing if event.reference]:
        return numbered[0]
    if standing:
        return standing[0]
    lead = contacts[0]
    happened_at = next((each.happened_at for each in contacts if each.happened_at), None)
    label = f"Event told of first in {lead.receipt}"
    return Event.objects.create(authority_id=lead.authority_id, label=label, happened_at=happened_at)


def _linked(contacts: Sequence[Contact], *, by: Actor) -> set[frozenset[int]]:
    ids = [each.pk for each in contacts]
    rows = within(by, Link.objects.filter(contact__in=ids, other__in=ids, kind="same_event", ended_at=None))
    return {frozenset(pair) for pair in rows.values_list("contact_id", "other_id")}


def _answer_once(contacts: Sequence[Contact], *, by: Actor, at: datetime) -> None:
    """The first of each sender is answered for all; letters to them that have not gone out are not sent."""
    told = {row.contact_id: row for row in within(by, Referrer.objects.filter(contact__in=contacts)).order_by("-id")}
    leads: list[tuple[Contact, Referrer]] = []
    for contact in contacts:
        referrer = told.get(contact.pk)
        if referrer is None or contact.answered_with is not None:
            continue
        lead = next((lead for lead, first in leads if _one(first, referrer)), None)
        if lead is None:
            leads.append((contact, referrer))
        elif contact.state not in ENDED and not _leads(contact, by=by):
            contact.answered_with = lead.key
            contact.save(update_fields=["answered_with"])
            _send_no_more(contact, lead, by=by, at=at)


def _one(first: Referrer, second: Referrer) -> bool:
    pairs = [(each.name, each.agency, each.email, each.phone) for each in (first, second)]
    return rules.same_sender([first.identity, second.identity], *pairs)


def _leads(contact: Contact, *, by: Actor) -> bool:
    return within(by, Contact.objects.filter(answered_with=contact.key)).exists()


def _send_no_more(contact: Contact, lead: Contact, *, by: Actor, at: datetime) -> None:
    mine = Letter.objects.filter(subject_kind="contacts.contact", subject_key=contact.key, settled_at=None)
    for letter in within(by, mine.filter(state__in=(State.TO_SEND, State.HELD))).order_by("id"):
        letters.cancel(letter.key, seen=letter.version, why=ANSWERED.format(lead.receipt), by=by, at=at)
