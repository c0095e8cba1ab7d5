"""What somebody had in hand: people of contacts on which they worked, and of what follows from those contacts."""

from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Contact, Named
from frontdoor.earlyhelp.models import Episode
from frontdoor.mash.models import Enquiry
from frontdoor.matching.models import Link
from frontdoor.referrals.models import Referral
from frontdoor.trail.models import Entry

MOST = 20_000
"""Entries of one account that are looked at: a fortnight's work is far less."""


def in_hand(user: int, people: set[int], *, since: datetime, until: datetime | None = None, by: Actor) -> set[int]:
    """Which of these people a contact names, whoever was thought to be them, on which somebody worked since then."""
    links = within(by, Link.objects.filter(person__in=people, subject_kind=Named._meta.label_lower))
    named: dict[object, set[int]] = {}
    for key, person in links.values_list("subject_key", "person_id"):
        named.setdefault(key, set()).add(person)
    rows = within(by, Named.objects.filter(key__in=list(named))).values_list("key", "contact_id", "contact__key")
    of_contact: dict[int, set[int]] = {}
    keys: dict[str, set[int]] = {}
    for key, contact, contact_key in rows:
        of_contact.setdefault(contact, set()).update(named[key])
        keys.setdefault(str(contact_key), set()).update(named[key])
    held = within(by, Contact.objects.filter(pk__in=list(of_contact), holder=user)).values_list("pk", flat=True)
    enquiries = within(by, Enquiry.objects.filter(contact__in=list(of_contact))).values_list("key", "contact_id")
    referrals = within(by, Referral.objects.filter(contact__in=list(of_contact))).values_list("key", "contact_id")
    helped = within(by, Episode.objects.filter(contact__in=list(of_contact))).values_list("key", "contact_id")
    for beside, contact in (*enquiries, *referrals, *helped):
        keys.setdefault(str(beside), set()).update(of_contact[contact or 0])
    touched = Entry.objects.filter(actor=f"user:{user}", subject_key__in=list(keys), at__gte=since)
    worked = set(within(by, touched).values_list("subject_key", flat=True)[:MOST])
    return {person for key in worked for person in keys[key]} | {person for pk in held for person in of_contact[pk]}
