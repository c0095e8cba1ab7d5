"""Who told us, for the one room that may answer them: found at the moment of sending, used and dropped."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.contacts.models import Contact, Named, Referrer
from frontdoor.contacts.queries.keeping import kept_of
from frontdoor.contacts.queries.safe import rows_of_referrer
from frontdoor.letters.rules import Recipient, Route

RISK = frozenset({"possible_perpetrator"})
"""Concerns about an adult for which nothing is sent to where that adult lives (domain 11.8)."""


def recipient(contact_key: UUID, referrer_key: UUID, *, by: Actor, at: datetime) -> Recipient:
    """The person to be told about a contact, with everything that may hold a sending back.

    :raises NotFound: the compartment has no such row
    """
    found = within(by, Referrer.objects.select_related("contact").filter(key=referrer_key)).first()
    if found is None or found.contact.key != contact_key:
        raise NotFound
    return as_recipient(found, list(within(by, Named.objects.filter(contact=found.contact))), by=by)


def as_recipient(referrer: Referrer, people: Sequence[Named], *, by: Actor) -> Recipient:
    """The person to be told, of rows that are at hand: the compartment's, and everybody whom the contact names."""
    return Recipient(
        kind=referrer.kind,
        identity=referrer.identity,
        route=Route(referrer.route),
        source=referrer.contact.source_code,
        name=referrer.name,
        email=referrer.email,
        phone=referrer.phone,
        address=referrer.address,
        route_note=referrer.route_note,
        notes=tuple(person.safe_contact for person in people if person.safe_contact),
        names=tuple(filter(None, (name for person in people for name in _names(person)))),
        unsafe=tuple(person.address for person in people if person.concern in RISK and person.address),
        rows=rows_of_referrer(referrer, by=by),
        keeps=lambda: kept_of([referrer.contact_id], by=by),
    )


def _names(person: Named) -> tuple[str, ...]:
    return person.given_name, person.family_name, person.known_as


def referrer_key(contact: Contact, *, by: Actor) -> UUID | None:
    """The key of the compartment's row: all that the rest of the record holds of the referrer."""
    return within(by, Referrer.objects.filter(contact=contact).order_by("id")).values_list("key", flat=True).first()
