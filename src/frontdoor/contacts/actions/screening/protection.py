"""Act now, write after: immediate protection or a strategy discussion in one action, which nothing may block."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.rules import moment_words
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.rows import Key
from frontdoor.contacts.models import Contact, Protection
from frontdoor.contacts.rules import screening as rules
from frontdoor.contacts.rules.beyond import PROTECTED
from frontdoor.contacts.rules.kinds import OVERSIGHT
from frontdoor.trail import actions as trail


@transaction.atomic
def protect(key: Key, *, kind: str, reason: str, with_whom: str, by: Actor, at: datetime) -> Protection:
    """Start immediate protection or a strategy discussion, from any contact at any step, with a reason and a name.

    Nothing in the record blocks it: no version, no state, nobody's hold; the row is not even locked. It works at
    receiving addresses for a child who is found here. What is filled in later is marked as recorded after, and a
    manager's oversight follows within the council's time.

    :param key: the contact's key
    :param kind: immediate_protection or strategy_discussion
    :raises NotFound: the council acted for has no such contact
    :raises NotPermitted: `by` is neither a social worker nor a manager
    :raises InvalidInput: no reason or no name
    """
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    require(by, Permission.CONTACT_PROTECT, authority=contact.authority_id)
    started_by = rows.person(by, Permission.CONTACT_PROTECT)
    rules.check_protection(kind, reason, with_whom)

    made = Protection.objects.create(
        authority_id=contact.authority_id, key=uuid4(), contact=contact, kind=kind, reason=reason.strip(),
        with_whom=with_whom.strip(), started_by=started_by, started_at=at,
    )  # fmt: skip
    subject = ("contacts.protection", made.key)
    clocks.start(OVERSIGHT, subject=subject, team_id=contact.team_id, label=contact.receipt, by=by, at=at)
    for hear in PROTECTED:
        hear(made, by=by, at=at)

    trail.record("contacts.protect", subject=contact, by=by, at=at, kind=kind, protection=made.key)
    return made


def _taken(key: Key, *, by: Actor) -> Protection:
    locked = Protection.objects.select_for_update(of=("self",), no_key=True)
    found = within(by, locked.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def write_after(key: Key, *, seen: int, text: str, by: Actor, at: datetime) -> Protection:
    """Fill in later what happened; it is marked as recorded after, with its time, and never replaces what stood.

    :param key: the protection's key
    :raises NotPermitted: `by` is neither a social worker nor a manager
    :raises Conflict: somebody else has written since `by` saw it
    """
    started = _taken(key, by=by)
    require(by, Permission.CONTACT_PROTECT, authority=started.authority_id)
    unchanged(seen, started.version, {"text": started.recorded_after})
    started.recorded_after = rules.written_after(started.recorded_after, text, when=moment_words(at), label=by.label)

    started.recorded_at, started.version = at, started.version + 1
    started.save(update_fields=["recorded_after", "recorded_at", "version"])

    trail.record("contacts.write_after", subject=started, by=by, at=at)
    return started


@transaction.atomic
def oversee(key: Key, *, seen: int, oversight: str, by: Actor, at: datetime) -> Protection:
    """A manager's oversight of protection that was started first: what they have seen and what they direct.

    :param key: the protection's key
    :raises NotPermitted: `by` is not a manager of this council
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it has been overseen, or `by` started it
    """
    started = _taken(key, by=by)
    require(by, Permission.CONTACT_DECIDE, authority=started.authority_id)
    unchanged(seen, started.version, {"oversight": started.recorded_after})
    if started.overseen_at is not None:
        raise StepNotAllowed("A manager has overseen this already.", when=started.overseen_at)
    rules.check_oversight(oversight, started_by=started.started_by, by=by.user_id)

    started.overseen_by, started.overseen_at, started.version = by.user_id, at, started.version + 1
    started.oversight = oversight.strip()
    started.save(update_fields=["overseen_by", "overseen_at", "oversight", "version"])
    clocks.stop(OVERSIGHT, subject=("contacts.protection", started.key), by=by, at=at)

    trail.record("contacts.oversee", subject=started, by=by, at=at)
    return started
