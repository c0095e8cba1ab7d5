"""A report that may not be genuine: it was marked as it came (`actions.intake`), and people settle it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require, unchanged
from frontdoor.contacts.actions.screening import mistakes, rows
from frontdoor.contacts.models import Contact, Doubt, Mistake
from frontdoor.contacts.rules import doors as rules
from frontdoor.contacts.rules import intake
from frontdoor.trail import actions as trail


def _taken(key: UUID | str, *, by: Actor) -> tuple[Doubt, Contact]:
    """The doubt and its contact, the contact locked first as every other step does.

    :raises NotFound: the council acted for has none of that key, or its contact is not made yet
    """
    contact_key = within(by, Doubt.objects.filter(pk=key)).values_list("submission__contacts__key", flat=True).first()
    if contact_key is None:
        raise NotFound
    contact = rows.contact_taken(contact_key, by=by)
    return within(by, Doubt.objects.select_for_update(of=("self",)).filter(pk=key)).get(), contact


def _asked(contact: Contact, by: Actor) -> bool:
    return within(by, Mistake.objects.filter(contact=contact, ended_at=None)).exists()


_ANSWERED = ["answer", "why", "answered_by", "answered_at", "version"]


@transaction.atomic
def say_genuine(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Contact:
    """Say that a marked report is genuine: it takes the place in the queue that it would have had.

    :param key: of the doubt
    :raises NotPermitted: `by` does not screen for this council
    :raises Conflict: it was answered since `by` saw it
    :raises StepNotAllowed: it is settled, or waits for a second person
    """
    doubt, contact = _taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=doubt.authority_id)
    person = rows.qualified(by, Permission.CONTACT_SCREEN)
    unchanged(seen, doubt.version)
    rules.check_open(doubt.answer, asked=_asked(contact, by), ended=contact.closed_at is not None)

    doubt.answer, doubt.why, doubt.version = rules.Answer.GENUINE, "", doubt.version + 1
    doubt.answered_by, doubt.answered_at = person, at
    doubt.save(update_fields=_ANSWERED)
    contact.danger_rank = intake.danger_rank(said=contact.danger_said, looked="", flagged=contact.flag_stands)
    rows.changed(contact, by=by, at=at)

    trail.record("contacts.say_genuine", subject=contact, by=by, at=at, marks=doubt.marks)
    return contact


@transaction.atomic
def say_not_genuine(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> Contact:
    """Say that a marked report is not genuine, and why: it stays, and its clocks run, until a second person agrees.

    It takes the way of what was entered by mistake: nothing is deleted, a manager agrees where a child is named or
    described, and whoever keeps it as a contact brings it back here.

    :param key: of the doubt
    :raises NotPermitted: `by` does not screen for this council
    :raises InvalidInput: no reason in one line
    :raises Conflict: it was answered since `by` saw it
    :raises StepNotAllowed: it is settled, waits for a second person, or something stands on it that protects a child
    """
    doubt, contact = _taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=doubt.authority_id)
    person = rows.qualified(by, Permission.CONTACT_SCREEN)
    unchanged(seen, doubt.version)
    rules.check_open(doubt.answer, asked=_asked(contact, by), ended=contact.closed_at is not None)
    line = rules.reason(why)

    doubt.answer, doubt.why, doubt.version = rules.Answer.NOT_GENUINE, line, doubt.version + 1
    doubt.answered_by, doubt.answered_at = person, at
    doubt.save(update_fields=_ANSWERED)
    mistakes.call_a_mistake(contact.key, seen=contact.version, why=line, by=by, at=at)

    trail.record("contacts.say_not_genuine", subject=contact, by=by, at=at, why=line, marks=doubt.marks)
    return contact
