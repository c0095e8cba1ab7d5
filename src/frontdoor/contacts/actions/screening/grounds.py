"""Agreement, and the lawful basis for using and sharing: two records, never taken for one another (domain 1.5)."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require, unchanged
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.rows import Key
from frontdoor.contacts.models import Agreement, Contact, LawfulBasis, Named
from frontdoor.contacts.rules import screening as rules
from frontdoor.trail import actions as trail


@transaction.atomic
def record_agreement(
    key: Key, *, seen: int, purpose: str, status: str, given_by: str = "", reason_not_sought: str = "",
    person: Key = "", by: Actor, at: datetime,
) -> Agreement:  # fmt: skip
    """Write down whether somebody agrees to a service or a referral. A new record stands beside the earlier ones.

    :param person: the key of the person of this contact whose agreement it is
    :raises NotPermitted: `by` does not screen for this council
    :raises Conflict: the contact has changed since `by` saw it
    :raises InvalidInput: it is not said to what, or why it was not sought
    """
    contact = rows.contact_taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=contact.authority_id)
    unchanged(seen, contact.version)
    rules.check_agreement(purpose, status, given_by, reason_not_sought)

    made = Agreement.objects.create(
        authority_id=contact.authority_id, contact=contact, named=_person(contact, person, by=by),
        purpose=purpose.strip(), status=status, given_by=given_by.strip(), reason_not_sought=reason_not_sought.strip(),
        recorded_by=by.user_id, recorded_at=at,
    )  # fmt: skip
    rows.changed(contact, by=by, at=at)

    trail.record("contacts.record_agreement", subject=contact, by=by, at=at, status=status)
    return made


def _person(contact: Contact, key: Key, *, by: Actor) -> Named | None:
    if not key:
        return None
    found = within(by, Named.objects.filter(key=key, contact=contact)).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def record_basis(
    key: Key, *, seen: int, purpose: str, basis: str, necessity: str, proportionality: str, by: Actor, at: datetime
) -> LawfulBasis:
    """Write down on which basis information is used or shared: what for, why it is necessary, why no more than needed.

    :raises NotPermitted: `by` does not screen for this council
    :raises Conflict: the contact has changed since `by` saw it
    :raises InvalidInput: a part is missing
    """
    contact = rows.contact_taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=contact.authority_id)
    decided_by = rows.person(by, Permission.CONTACT_SCREEN)
    unchanged(seen, contact.version)
    rules.check_basis(purpose, basis, necessity, proportionality)

    made = LawfulBasis.objects.create(
        authority_id=contact.authority_id, contact=contact, purpose=purpose.strip(), basis=basis,
        necessity=necessity.strip(), proportionality=proportionality.strip(), decided_by=decided_by, decided_at=at,
    )  # fmt: skip
    rows.changed(contact, by=by, at=at)

    trail.record("contacts.record_basis", subject=contact, by=by, at=at, basis=basis)
    return made
