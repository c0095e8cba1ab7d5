"""Into whose hands a contact goes: the next, a gift by a manager, back again. A family's contacts move together."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotPermitted,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.rows import Key
from frontdoor.contacts.models import Contact
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.rules.screening import WAITING
from frontdoor.trail import actions as trail


@transaction.atomic
def take_next(*, by: Actor, at: datetime) -> list[Contact]:
    """Take the next contact of the queue that is in nobody's hands, and with it all of its family's.

    Two people never get the same: the family's first row is locked or passed over, and what it shows is read again
    once it is locked.

    :returns: what was taken, the most pressing first; nothing when nothing waits
    :raises NotPermitted: `by` does not screen for this council
    """
    require(by, Permission.CONTACT_SCREEN, authority=acting_council(by))
    taker = rows.person(by, Permission.CONTACT_SCREEN)

    those, passed = queries.hands(by=by, at=at), set[UUID]()
    while (family := queries.next_free_family(those, passed, by=by)) is not None:
        contacts = _family_unless_locked(family, by=by)
        if contacts and not any(those.hold(contact) for contact in contacts):
            break
        passed.add(family)
    else:
        return []
    _hand_to(taker, contacts, by=by, at=at)

    for contact in contacts:
        trail.record("contacts.take_next", subject=contact, by=by, at=at)
    return sorted(contacts, key=lambda contact: (contact.danger_rank, contact.looked, contact.due_at, contact.pk))


def _family_unless_locked(family: UUID, *, by: Actor) -> list[Contact]:
    """A family's contacts, locked; none where somebody else has locked the first of them a moment ago."""
    waiting = within(by, Contact.objects.filter(family=family, closed_at=None, state__in=WAITING))
    first = waiting.order_by("id").values("pk")[:1]
    free = Contact.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    if within(by, free.filter(pk=first)).first() is None:
        return []
    return rows.all_taken(family, by=by)


def _hand_to(holder: int | None, contacts: Sequence[Contact], *, by: Actor, at: datetime) -> None:
    for contact in contacts:
        contact.holder = holder
        contact.held_at = contact.touched_at = at if holder is not None else None
        contact.version += 1
        rows.restate(contact, by=by)
        contact.save(update_fields=[*rows.CHANGED, "holder", "held_at"])
        subject = ("contacts.submission", contact.submission_id)
        clocks.reassign(subject=subject, team_id=contact.team_id, owner_id=holder, by=by)


def take_if_free(taker: int, family: Sequence[Contact], *, by: Actor, at: datetime) -> None:
    """Take a family's contacts, which the caller has locked, unless they are in somebody's hands. Part of an act."""
    those = queries.hands(by=by, at=at)
    if not any(those.hold(contact) for contact in family):
        _hand_to(taker, family, by=by, at=at)


@transaction.atomic
def give(key: Key, *, seen: int, to: int, by: Actor, at: datetime) -> list[Contact]:
    """Give a contact, and all of its family's, to a colleague who reaches the council today.

    :param to: the number of the colleague's account
    :raises NotPermitted: `by` may not share out work here
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it is no longer being screened
    :raises InvalidInput: nobody of that number screens for this council today
    """
    contact, family = rows.family_taken(key, by=by)
    require(by, Permission.CONTACT_ASSIGN, authority=contact.authority_id)
    unchanged(seen, contact.version)
    _being_screened(contact)
    if to not in queries.screeners(by=by, at=at):
        raise InvalidInput(to="Choose a colleague who screens for this council today")

    _hand_to(to, family, by=by, at=at)

    for each in family:
        trail.record("contacts.give", subject=each, by=by, at=at, to=to)
    return family


def _being_screened(contact: Contact) -> None:
    rows.still_open(contact)
    if contact.state not in WAITING:
        raise StepNotAllowed("This contact is with a manager or decided, and no longer being screened.")


@transaction.atomic
def give_back(key: Key, *, seen: int, why: str = "", by: Actor, at: datetime) -> None:
    """Put a contact, and all of its family's, back into the queue: one's own, or as a manager anybody's.

    :raises NotPermitted: it is in somebody else's hands and `by` may not share out work
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it is in nobody's hands
    """
    contact, family = rows.family_taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=contact.authority_id)
    unchanged(seen, contact.version)
    _being_screened(contact)
    if contact.holder is None:
        raise StepNotAllowed("This contact is in nobody's hands.")
    if contact.holder != by.user_id and not by.may(Permission.CONTACT_ASSIGN):
        raise NotPermitted(Permission.CONTACT_ASSIGN)

    held = [each for each in family if each.holder == contact.holder]
    _hand_to(None, held, by=by, at=at)

    for each in held:
        trail.record("contacts.give_back", subject=each, by=by, at=at, why=why)


@transaction.atomic
def keep(key: Key, *, by: Actor, at: datetime) -> None:
    """Say that one is still at it: what is in one's hands stays there for another while.

    :raises NotPermitted: `by` does not screen for this council
    :raises StepNotAllowed: it is not in `by`'s hands
    """
    contact = rows.contact_taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=contact.authority_id)
    if contact.holder is None or contact.holder != by.user_id:
        raise StepNotAllowed("This contact is not in your hands.")

    rows.touch(contact, by=by, at=at)
    contact.save(update_fields=["touched_at"])

    trail.record("contacts.keep", subject=contact, by=by, at=at)


@transaction.atomic
def hand_back_untouched(*, by: Actor, at: datetime) -> int:
    """Give back what nobody has touched for too long or whose holder has left, and join what came in for a family.

    The sweep does this each minute; lists do not wait for it, since they work out whose hands count by themselves.

    :returns: how many contacts were moved
    """
    require(by, Permission.CLOCK_KEEP, authority=acting_council(by))
    those = queries.hands(by=by, at=at)
    left = _unlocked(queries.held_in_vain(those, by=by), by=by)
    dropped = [contact for contact in left if contact.holder is not None and not those.hold(contact)]
    _hand_to(None, dropped, by=by, at=at)
    joined = _join(those, by=by, at=at)

    for contact in dropped:
        trail.record("contacts.hand_back", subject=contact, by=by, at=at, minutes=those.minutes)
    for contact in joined:
        trail.record("contacts.join_family", subject=contact, by=by, at=at, to=contact.holder)
    return len(dropped) + len(joined)


def _unlocked(found: Sequence[int], *, by: Actor) -> list[Contact]:
    """Those of some contacts that nobody is at this moment at work on, locked."""
    free = Contact.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return list(within(by, free.filter(pk__in=found)).order_by("id"))


def _join(those: queries.Hands, *, by: Actor, at: datetime) -> list[Contact]:
    """What came in for a family that somebody has in hand goes into the same hands."""
    holders = queries.newly_come(those, by=by)
    joined = [contact for contact in _unlocked(list(holders), by=by) if contact.holder is None]
    for contact in joined:
        _hand_to(holders[contact.pk], [contact], by=by, at=at)
    return joined
