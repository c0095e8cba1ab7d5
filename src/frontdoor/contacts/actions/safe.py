"""Rules about reaching people whom a contact names or who told us, and addresses that nobody must find."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_council, require
from frontdoor.contacts.actions.screening.rows import contact_taken
from frontdoor.contacts.models import Contact, Named, Referrer
from frontdoor.contacts.queries.safe import NAMED, REFERRER
from frontdoor.contacts.rules.intake import PersonGiven, folded, match_place
from frontdoor.letters import actions as letters
from frontdoor.letters.rules import Subject
from frontdoor.trail import actions as trail

TELLER = "referrer"
"""How a form names the person who told us: who they are stays in its compartment."""


def _whom(contact: Contact, whom: str, *, by: Actor) -> Subject:
    if whom == TELLER:
        key = within(by, Referrer.objects.filter(contact=contact).order_by("id")).values_list("key", flat=True).first()
        if key is None:
            raise NotFound
        return REFERRER, key
    found = within(by, Named.objects.filter(contact=contact, key=whom)).first()
    if found is None:
        raise NotFound
    return NAMED, found.key


@transaction.atomic
def set_rule(
    contact: UUID | str,
    *,
    whom: str,
    way: str,
    never: bool,
    why: str,
    begins: time | None = None,
    ends: time | None = None,
    code_word: str = "",
    review_on: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Set down how somebody of a contact may be reached.

    :param whom: key of somebody whom it names, or `TELLER`
    :raises NotFound: the council acted for has no such contact, or it names no such person
    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises InvalidInput: with a message by field
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    found = contact_taken(contact, by=by)
    letters.set_safe_contact(
        _whom(found, whom, by=by), way=way, never=never, why=why, begins=begins, ends=ends, code_word=code_word,
        review_on=review_on, by=by, at=at,
    )  # fmt: skip
    trail.record("contacts.set_rule", subject=found, by=by, at=at, way=way)


@transaction.atomic
def protect(
    contact: UUID | str, *, whose: Sequence[str], address: str = "", why: str, by: Actor, at: datetime
) -> list[Named]:
    """Protect where people of a contact live: sealed, and out of every plain column of theirs.

    :param whose: keys of the people who live there
    :param address: where it is not the one that stands beside each of them
    :raises NotFound: the council acted for has no such contact, or it names no such person
    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises InvalidInput: nobody chosen, no address known of somebody, or no reason
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    found = contact_taken(contact, by=by)
    locked = Named.objects.select_for_update(of=("self",), no_key=True).filter(contact=found, key__in=list(whose))
    people = list(within(by, locked).order_by("position"))
    if not people:
        raise InvalidInput(whose="Choose whose address it is")
    postcodes = {folded(person.postcode) for person in people if person.postcode}
    for person in people:
        known = ", ".join(part for part in (person.address, person.postcode) if part)
        if not (address.strip() or known):
            raise InvalidInput(address=f"No address is known of {person.label}. Write it here.")
        letters.protect((NAMED, person.key), address=address.strip() or known, why=why, by=by, at=at)
        _blank(person)
    if folded(found.postcode) in postcodes:
        found.postcode = ""
        found.save(update_fields=["postcode"])
    trail.record("contacts.protect_address", subject=found, by=by, at=at, people=[str(each.key) for each in people])
    return people


_WHERE = ("address", "postcode", "match_place", "match_postcode", "address_protected")


def _blank(person: Named) -> None:
    person.address = person.postcode = person.match_place = person.match_postcode = ""
    person.address_protected = True
    person.save(update_fields=_WHERE)


@transaction.atomic
def lift(person: UUID | str, *, why: str, by: Actor, at: datetime) -> Named:
    """A manager lifts the protection of an address: it stands again where it stood.

    :param person: key of somebody whom a contact names
    :raises NotFound: the council acted for has none, or the address is not protected
    :raises NotPermitted: `by` is no manager here
    :raises InvalidInput: no reason
    """
    require(by, Permission.LETTER_RELEASE, authority=acting_council(by))
    locked = Named.objects.select_for_update(of=("self",), no_key=True).select_related("contact")
    found = within(by, locked.filter(key=person)).first()
    if found is None:
        raise NotFound
    found.address, found.address_protected = (
        letters.lift_protection((NAMED, found.key), why=why, by=by, at=at)[:300],
        False,
    )
    given = PersonGiven(found.kind, family_name=found.family_name, address=found.address, postcode=found.postcode)
    found.match_place = match_place(given)
    found.save(update_fields=["address", "address_protected", "match_place"])
    trail.record("contacts.lift_protection", subject=found.contact, by=by, at=at, person=found.key)
    return found
