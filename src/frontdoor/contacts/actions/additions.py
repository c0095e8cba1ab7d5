"""What a sender adds to something that they sent stands beside it: a link between the two contacts, made by itself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.models import Contact, Link, Submission
from frontdoor.contacts.rules.senders import ADDED, NOBODY
from frontdoor.trail import actions as trail


@transaction.atomic
def join_additions(contact: Contact, *, by: Actor, at: datetime) -> int:
    """Lay a contact beside the one that its sender adds to, and beside those that add to it; doing it twice joins once.

    Jobs may be done in any order, so both ways are looked at. Only what one agency sent is joined so; whoever is
    deciding on the earlier one has not read this yet, and is told that it has changed.

    :returns: how many links are new
    :raises NotPermitted: `by` may not take in
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    sent = contact.submission
    if sent.agency is None:
        return 0
    pairs = [(contact, earlier) for earlier in _contacts([sent.body.get("earlier")], sent, by=by)]
    later = within(by, Submission.objects.filter(agency=sent.agency, received_at__gte=sent.received_at))
    keys = later.filter(body__earlier=str(sent.pk)).values_list("pk", flat=True)
    pairs += [(each, contact) for each in _contacts(list(keys), sent, by=by)]
    return sum(_joined(added, first, by=by, at=at) for added, first in pairs)


def _contacts(keys: Sequence[UUID | str | None], sent: Submission, *, by: Actor) -> list[Contact]:
    """The contacts that were made of these submissions of the same agency, in the order of their numbers."""
    wanted = [key for key in keys if key]
    if not wanted:
        return []
    found = Contact.objects.filter(submission_id__in=wanted, submission__agency=sent.agency)
    return list(within(by, found).order_by("id"))


def _joined(added: Contact, first: Contact, *, by: Actor, at: datetime) -> bool:
    standing = rows.contact_taken(first.key, by=by)
    if within(by, Link.objects.filter(contact=added, other=standing, kind="related")).exists():
        return False
    Link.objects.create(
        authority_id=added.authority_id, contact=added, other=standing, kind="related", why=ADDED, made_by=NOBODY,
        made_at=at,
    )  # fmt: skip
    rows.changed(standing, by=by, at=at)
    added.family = standing.family
    added.save(update_fields=["family"])
    trail.record("contacts.join_addition", subject=added, by=by, at=at, why=ADDED, other=standing.key)
    return True
