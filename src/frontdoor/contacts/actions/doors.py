"""A report that may not be genuine: it was marked as it came (`actions.intake`), and people settle it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, require, unchanged
from frontdoor.contacts.actions.screening import looks, mistakes, rows
from frontdoor.contacts.models import Contact, Doubt, Mistake
from frontdoor.contacts.queries import doors as queries
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


@transaction.atomic
def say_alike_not_genuine(seen: Mapping[str, int], *, why: str, by: Actor, at: datetime) -> list[Contact]:
    """Say of several reports that are alike that none is genuine, with one reason: each stays until another agrees.

    Whoever says so has read each: where nobody qualified had looked, that is its first look. Nobody is kept from
    reporting, and each is settled or kept by itself afterwards.

    :param seen: keys of doubts, each with the version that was seen; the first is the one that the others are like
    :raises NotPermitted: `by` does not screen for this council
    :raises NotFound: the council acted for has none of one of these keys
    :raises InvalidInput: no reason; none or too many are chosen; one may speak of danger or is not like the first
    :raises Conflict: one was answered since `by` saw it; then none is settled
    :raises StepNotAllowed: one is settled, waits for a second person, or something stands on it that protects a child
    """
    first = next(iter(seen), None)
    found = {str(each.key): each for each in queries.alike(first, by=by, at=at)} if first else {}
    rules.check_together([found[key].report for key in seen if key in found])
    if set(seen) - set(found):
        raise InvalidInput(which="One of these is settled already, or is not like the others. Read them again")
    rules.reason(why)
    made = []
    for key in sorted(seen):
        _look(found[key], len(seen), by=by, at=at)
        made.append(say_not_genuine(key, seen=seen[key], why=why, by=by, at=at))
    trail.record("contacts.say_alike_not_genuine", by=by, at=at, shown=[str(each.key) for each in made])
    return made


def _look(each: queries.Doubted, together: int, *, by: Actor, at: datetime) -> None:
    """The first look of a report that was read with others like it, where nobody qualified had looked."""
    if each.looked:
        return
    contact = rows.contact_taken(each.contact, by=by)
    line = f"Read with {together - 1} like it: perhaps not genuine." if together > 1 else "Perhaps not genuine."
    looks.look(contact.key, seen=contact.version, danger="no", line=line, by=by, at=at)


@transaction.atomic
def agree_alike(seen: Mapping[str, int], *, by: Actor, at: datetime) -> list[Contact]:
    """Agree as the second person that several reports are not genuine, which one person called so in one act.

    Each can be opened again by itself, by anybody who screens.

    :param seen: keys of what was said (`Mistake`), each with the version that was seen
    :raises InvalidInput: none or too many are chosen
    :raises NotPermitted: a child is named or described and `by` is no manager
    :raises Conflict: one has changed since `by` saw it; then none is agreed to
    :raises StepNotAllowed: `by` said it, it is settled, or something stands in the way
    """
    if not 0 < len(seen) <= rules.MOST_AT_ONCE:
        raise InvalidInput(which="Choose at least one report")
    made = [mistakes.agree_mistake(key, seen=seen[key], by=by, at=at) for key in sorted(seen)]
    trail.record("contacts.agree_alike", by=by, at=at, shown=[str(each.key) for each in made])
    return made
