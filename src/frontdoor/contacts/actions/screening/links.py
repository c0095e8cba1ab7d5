"""Contacts that belong together: duplicates, the same event, siblings, related concerns; and undoing it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.rows import Key
from frontdoor.contacts.models import Contact, Event, Link, Matter
from frontdoor.contacts.rules import screening as rules
from frontdoor.contacts.rules.kinds import DECISION
from frontdoor.contacts.rules.states import ContactState, MatterState, Step, after
from frontdoor.trail import actions as trail


@transaction.atomic
def link(key: Key, other_key: Key, *, seen: int, kind: str, why: str, by: Actor, at: datetime) -> Link:
    """Say that two contacts belong together.

    A duplicate is closed into the contact that came first; it keeps its own received time, source and referrer, who is
    still owed an answer. The same event told by several sources is one event. Siblings and related concerns are shown
    beside each other and change nothing.

    :param other_key: the contact that it belongs to; for a duplicate, the one that leads
    :raises NotPermitted: `by` does not screen for this council
    :raises Conflict: the first contact has changed since `by` saw it
    :raises StepNotAllowed: they are linked so already; a duplicate that came first, was decided or never looked at
    """
    matters = _matters(key, by=by)
    contact, other = _pair(key, other_key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=contact.authority_id)
    made_by = rows.person(by, Permission.CONTACT_SCREEN)
    unchanged(seen, contact.version)
    rules.check_link(kind, why)
    _not_linked(contact, other, kind, by=by)
    if kind == "duplicate":
        rows.still_open(contact)
        rules.check_duplicate(
            contact.received_at, other.received_at, looked=bool(contact.looked), lead_open=other.closed_at is None
        )

    made = Link.objects.create(
        authority_id=contact.authority_id, contact=contact, other=other, kind=kind, why=why.strip(), made_by=made_by,
        made_at=at,
    )  # fmt: skip
    if kind == "duplicate":
        _close_into(contact, matters, by=by, at=at)
    if kind == "same_event":
        _share_event(contact, other)
    _grounds_changed(contact, other, by=by, at=at)

    trail.record("contacts.link", subject=contact, by=by, at=at, why=why.strip(), kind=kind, other=other.key)
    return made


def _matters(key: Key, *, by: Actor) -> list[Matter]:
    """A contact's matters, locked before the contact itself: the order in which a decision takes them."""
    locked = Matter.objects.select_for_update(of=("self",), no_key=True)
    return list(within(by, locked.filter(contact__key=key)).order_by("id"))


def _pair(key: Key, other_key: Key, *, by: Actor) -> tuple[Contact, Contact]:
    locked = Contact.objects.select_for_update(of=("self",), no_key=True)
    found = {str(row.key): row for row in within(by, locked.filter(key__in=[key, other_key])).order_by("id")}
    if str(key) not in found or str(other_key) not in found:
        raise NotFound
    if str(key) == str(other_key):
        raise InvalidInput(other="Choose another contact than this one")
    return found[str(key)], found[str(other_key)]


def _not_linked(contact: Contact, other: Contact, kind: str, *, by: Actor) -> None:
    both = Q(contact=contact, other=other) | Q(contact=other, other=contact)
    standing = within(by, Link.objects.filter(both, kind=kind, ended_at=None)).first()
    if standing is not None:
        raise StepNotAllowed("These two are linked so already.", when=standing.made_at)


def _close_into(contact: Contact, matters: list[Matter], *, by: Actor, at: datetime) -> None:
    """Close a duplicate: the lead's clocks run on for both; only the referrer's acknowledgement stays its own."""
    if any(matter.state != MatterState.OPEN for matter in matters):
        raise StepNotAllowed("Something has been recommended or decided on this contact, so it is not closed so.")
    for matter in matters:
        matter.state, matter.version = after(matter.state, Step.CLOSE), matter.version + 1
        matter.save(update_fields=["state", "version"])
    contact.state, contact.closed_at, contact.closed_by = ContactState.DUPLICATE, at, by.user_id
    contact.holder = None
    contact.save(update_fields=["state", "closed_at", "closed_by", "holder"])
    subject = ("contacts.submission", contact.submission_id)
    clocks.stop(DECISION, subject=subject, ended=Ended.NOT_NEEDED, by=by, at=at)


def _share_event(contact: Contact, other: Contact) -> None:
    event = other.event or contact.event
    if event is None:
        happened_at = other.happened_at or contact.happened_at
        label = f"Event told of first in {other.receipt}"
        event = Event.objects.create(authority_id=contact.authority_id, label=label, happened_at=happened_at)
    for each in (contact, other):
        if each.event_id != event.pk:
            each.event = event
            each.save(update_fields=["event"])


def _grounds_changed(*contacts: Contact, by: Actor, at: datetime) -> None:
    for contact in contacts:
        rows.changed(contact, by=by, at=at)


@transaction.atomic
def unlink(key: Key, *, why: str, by: Actor, at: datetime) -> Link:
    """Undo a link. A duplicate is opened again with its first time: nothing restarts the clock of its journey.

    :param key: the link's key
    :raises NotPermitted: `by` does not screen for this council
    :raises StepNotAllowed: it has been undone
    :raises InvalidInput: no reason
    """
    pair = within(by, Link.objects.filter(key=key)).values_list("contact__key", "other__key").first()
    if pair is None:
        raise NotFound
    matters = _matters(pair[0], by=by)
    contact, other = _pair(*pair, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=contact.authority_id)
    rules.check_undo(why)
    made = within(by, Link.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).get()
    if made.ended_at is not None:
        raise StepNotAllowed("This link has been undone already.", when=made.ended_at)

    made.ended_at = at
    made.save(update_fields=["ended_at"])
    if made.kind == "duplicate":
        _open_again(contact, matters, by=by)
    if made.kind == "same_event":
        _leave_event(contact, other, by=by)
    _grounds_changed(contact, other, by=by, at=at)

    trail.record("contacts.unlink", subject=contact, by=by, at=at, why=why.strip(), kind=made.kind, other=other.key)
    return made


def _open_again(contact: Contact, matters: list[Matter], *, by: Actor) -> None:
    for matter in matters:
        matter.state, matter.version = MatterState.OPEN, matter.version + 1
        matter.save(update_fields=["state", "version"])
    contact.state, contact.closed_at, contact.closed_by = ContactState.LOOKED, None, None
    contact.save(update_fields=["state", "closed_at", "closed_by"])
    clocks.start(
        DECISION, subject=("contacts.submission", contact.submission_id), team_id=contact.team_id,
        label=contact.receipt, by=by, at=contact.received_at,
    )  # fmt: skip


def _leave_event(contact: Contact, other: Contact, *, by: Actor) -> None:
    """Whatever is linked to an event by no other link leaves it, unless its sender gave the number of that event."""
    for each in (contact, other):
        named = each.submission.body.get("event_reference")
        if each.event is not None and named and each.event.reference == named:
            continue
        linked = Q(contact=each) | Q(other=each)
        if not within(by, Link.objects.filter(linked, kind="same_event", ended_at=None)).exists():
            each.event = None
            each.save(update_fields=["event"])
