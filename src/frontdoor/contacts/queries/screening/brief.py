"""What a small page needs to know of a contact before a step: its number and version, and nobody's story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission
from frontdoor.clocks.rules import london_date
from frontdoor.contacts.models import Contact, Link, Named
from frontdoor.contacts.rules import screening as rules
from frontdoor.trail import actions as trail

MAY = (Permission.CONTACT_READ, Permission.CONTACT_TAKE, Permission.CONTACT_LOOK, Permission.CONTACT_PROTECT)
"""Any of these lets somebody take a step on a contact whose key they have, also where they may not read it."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A contact's number and version; the names of its people only where a form asks whose.

    :param people: key and name, as a list offers them
    """

    key: UUID
    receipt: str
    version: int
    people: tuple[tuple[str, str], ...] = ()


def _contact(key: UUID | str, *, by: Actor) -> Contact:
    if not any(by.may(permission) for permission in MAY):
        raise NotPermitted(Permission.CONTACT_READ)
    found = within(by, Contact.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def brief(key: UUID | str, *, by: Actor, people: bool = False, at: datetime | None = None) -> Brief:
    """A contact's number and version, for a page with one form; with its people, that is an opening of the record.

    :param at: needed with `people`: when they were shown
    :raises NotPermitted: `by` may do nothing with contacts here
    :raises NotFound: the council acted for has none of that key
    """
    contact = _contact(key, by=by)
    named = within(by, Named.objects.filter(contact=contact)).order_by("position") if people else ()
    if people and at is not None:
        trail.record("contacts.open_people", subject=contact, by=by, at=at)
    return Brief(
        contact.key, contact.receipt, contact.version, tuple((str(person.key), person.label) for person in named)
    )


def contact_of_link(key: UUID | str, *, by: Actor) -> Brief:
    """The contact that a link was made on.

    :raises NotPermitted: `by` may do nothing with contacts here
    :raises NotFound: the council acted for has no such link
    """
    contact = within(by, Link.objects.filter(key=key)).values_list("contact__key", flat=True).first()
    if contact is None:
        raise NotFound
    return brief(contact, by=by)


def told(contact: Contact, *, by: Actor) -> rules.Told:
    """What the rules need to know of a contact that somebody wants to end without a decision."""
    return told_of(contact, list(within(by, Named.objects.filter(contact=contact))))


def told_of(contact: Contact, people: Sequence[Named]) -> rules.Told:
    """The same, where the people of the contact have been read already."""
    texts = [contact.story, contact.where_now, contact.with_whom, contact.until_when]
    texts += [text for person in people for text in (person.description, person.relationship, person.school)]
    kinds = tuple(_kind(person, contact) for person in people)
    return rules.Told(contact.category, kinds, tuple(filter(None, texts)), contact.danger_said, contact.flag_stands)


def _kind(person: Named, contact: Contact) -> str:
    """What somebody is whose age is given, whatever they were entered as: under eighteen is a child."""
    on = london_date(contact.received_at)
    born = person.date_of_birth
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else person.approximate_age
    return "child" if years is not None and years < rules.ADULT else person.kind


def why_not_ended(key: UUID | str, *, by: Actor) -> str:
    """Why `by` may not close a call without a decision; empty when they may.

    :raises NotFound: the council acted for has none of that key
    """
    what = told(_contact(key, by=by), by=by)
    return rules.why_not_ended_at_all(what) if by.qualified else rules.why_not_ended_here(what)
