"""What is owed for one contact of its kind, until when, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Settled
from frontdoor.contacts.rules import duties as rules
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty of a contact.

    :param since: from when its time runs
    :param told_at: when we were told: the second of the two measures
    :param settled: how it ended; None while it is owed
    """

    duty: rules.Duty
    since: datetime
    told_at: datetime
    settled: Settled | None
    settled_by: str


def owed(contact: Contact, *, by: Actor) -> list[Owed]:
    """What is owed for a contact of its kind. Part of opening it."""
    wanted = rules.duties_of(contact.sub_type)
    rows = {row.duty: row for row in within(by, Settled.objects.filter(contact=contact))} if wanted else {}
    known = names({row.by_user for row in rows.values()}, by=by) if rows else {}
    return [
        Owed(
            duty, duty.starts(received_at=contact.received_at, happened_at=contact.happened_at), contact.received_at,
            rows.get(duty.code), known.get(rows[duty.code].by_user, "") if duty.code in rows else "",
        )
        for duty in wanted
    ]  # fmt: skip


def open_duties(key: UUID | str, *, by: Actor, at: datetime) -> tuple[Contact, list[Owed]]:
    """One contact with what is owed for it; it leaves an entry.

    :raises NotFound: the council acted for has none of that key
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    trail.record("contacts.open_duties", subject=contact, by=by, at=at)
    return contact, owed(contact, by=by)
