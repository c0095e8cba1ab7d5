"""Which services somebody was told of about a contact, and how whoever told us would be sent a list."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Named, Pointer, Referrer
from frontdoor.contacts.rules.signposting import NOT_SENT
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import ROUTES, STATES


def pointers(contact: Contact, *, by: Actor) -> list[Pointer]:
    """What was told, the newest first."""
    return list(within(by, Pointer.objects.filter(contact=contact)).order_by("-at", "-id"))


def ways_sent(rows: Iterable[Pointer], *, by: Actor) -> dict[UUID, str]:
    """By which way each list went, and how far it is, in words, for whoever may read letters; never to whom."""
    keys = {row.letter for row in rows if row.letter}
    if not keys or not by.may(Permission.LETTER_READ):
        return {}
    found = within(by, Letter.objects.filter(key__in=keys)).values_list("key", "route", "state")
    return {key: f"{dict(ROUTES)[route]}: {dict(STATES)[state].lower()}" for key, route, state in found}


def sent_by(contact: UUID, *, by: Actor) -> str:
    """By which route whoever told us would be sent a list, in words; empty where none is sent. Never who it is."""
    row = within(by, Referrer.objects.filter(contact__key=contact)).order_by("id").values_list("kind", "route").first()
    if row is None or row[0] in NOT_SENT:
        return ""
    return codes.FEEDBACK_ROUTES[row[1]].label


def born(contact: UUID, *, by: Actor) -> list[date]:
    """The birth dates that are known of a contact's children: all that a search for services takes from it."""
    rows = Named.objects.filter(contact__key=contact, kind="child", date_of_birth__isnull=False)
    return [day for day in within(by, rows).values_list("date_of_birth", flat=True) if day]
