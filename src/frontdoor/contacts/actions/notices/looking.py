"""The first look at notices, one after the other: each is claimed, so that two people never read the same one."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotPermitted, Permission, acting_council, acting_person, require
from frontdoor.contacts.actions.screening.looks import look
from frontdoor.contacts.actions.screening.rows import Key, contact_taken, qualified
from frontdoor.contacts.models import Claim, Contact, FirstLook
from frontdoor.contacts.queries import notices as queries
from frontdoor.contacts.rules import notices as rules
from frontdoor.councils.queries import setting
from frontdoor.trail import actions as trail


@transaction.atomic
def begin(*, passed: Collection[UUID] = (), by: Actor, at: datetime) -> UUID | None:
    """Claim the next notice that nobody has looked at and nobody has before them.

    :param passed: keys that the reader has put off
    :returns: its key; None when none waits
    :raises NotPermitted: `by` may not look, or is not a registered social worker
    """
    _may_look(by)
    return _claim_next(passed, like=None, by=by, at=at)


def _may_look(by: Actor) -> None:
    require(by, Permission.CONTACT_LOOK, authority=acting_council(by))
    if not by.qualified:
        raise NotPermitted(Permission.CONTACT_LOOK)


@transaction.atomic
def look_and_next(
    key: Key, *, seen: int, danger: str, line: str, open_to: str = "", passed: Collection[UUID] = (), by: Actor,
    at: datetime,
) -> tuple[FirstLook, UUID | None]:  # fmt: skip
    """Record a first look and claim the next: what belongs to the same incident or family comes before the others.

    :raises NotPermitted: `by` is not a registered social worker
    :raises Conflict: it has changed since `by` saw it, perhaps because somebody else has looked
    :raises InvalidInput: no answer, or no line
    """
    _may_look(by)
    found = look(key, seen=seen, danger=danger, line=line, open_to=open_to, by=by, at=at)
    return found, _claim_next(passed, like=found.contact, by=by, at=at)


@transaction.atomic
def put_off(key: Key, *, passed: Collection[UUID] = (), by: Actor, at: datetime) -> UUID | None:
    """Leave a notice to others for now, and claim the next.

    :raises NotPermitted: `by` may not look
    """
    _may_look(by)
    contact = contact_taken(key, by=by)
    within(by, Claim.objects.filter(contact=contact, user_id=acting_person(by))).update(claimed_at=_LONG_AGO)
    trail.record("contacts.put_off_look", subject=contact, by=by, at=at)
    return _claim_next([*passed, contact.key], like=None, by=by, at=at)


_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _claim_next(passed: Collection[UUID], *, like: Contact | None, by: Actor, at: datetime) -> UUID | None:
    """Lock the next that waits, read again who has it now that it is locked, and note that it is ours."""
    minutes = int(setting(rules.CLAIM_MINUTES.name, authority=acting_council(by), on=at).value)
    since, skipped = at - timedelta(minutes=minutes), set(passed)
    while (contact := _next(skipped, like, since, by=by)) is not None:
        claim = within(by, Claim.objects.filter(contact=contact)).first()
        if claim is None or claim.user_id == by.user_id or claim.claimed_at <= since:
            _note(contact, claim, by=by, at=at)
            trail.record("contacts.claim_look", subject=contact, by=by, at=at)
            return contact.key
        skipped.add(contact.key)
    return None


def _next(skipped: Collection[UUID], like: Contact | None, since: datetime, *, by: Actor) -> Contact | None:
    free = Contact.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    waiting = within(by, free.filter(queries.unseen(since, by=by))).exclude(key__in=list(skipped))
    if like is not None:
        found = waiting.filter(queries.belongs(like)).order_by(*queries.ORDER).first()
        if found is not None:
            return found
    return waiting.order_by(*queries.ORDER).first()


def _note(contact: Contact, claim: Claim | None, *, by: Actor, at: datetime) -> None:
    user = qualified(by, Permission.CONTACT_LOOK)
    if claim is None:
        Claim.objects.create(authority_id=contact.authority_id, contact=contact, user_id=user, claimed_at=at)
        return
    claim.user_id, claim.claimed_at = user, at
    claim.save(update_fields=["user_id", "claimed_at"])
