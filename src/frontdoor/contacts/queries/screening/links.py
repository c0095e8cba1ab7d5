"""What a contact is linked to, and what may belong to it by exact matching; a person decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Contact, Link, Named
from frontdoor.contacts.rules.senders import NOBODY
from frontdoor.contacts.rules.states import CHILD_KINDS, STATES

MOST = 20


@dataclass(frozen=True, slots=True)
class Linked:
    """One link of a contact, seen from it.

    :param leads: for a duplicate, whether the contact that is looked at is the one that leads
    """

    key: UUID
    kind: str
    words: str
    why: str
    contact: UUID
    receipt: str
    received_at: datetime
    state: str
    leads: bool
    made_by: str
    made_at: datetime


def links(contact: Contact, *, by: Actor) -> list[Linked]:
    """The links of a contact that stand, both ways. Part of opening the contact."""
    both = Link.objects.filter(Q(contact=contact) | Q(other=contact), ended_at=None)
    rows = list(within(by, both).select_related("contact", "other").order_by("made_at", "id"))
    known = {NOBODY: "The sender", **names({row.made_by for row in rows}, by=by)}
    made = []
    for row in rows:
        leads = row.other_id == contact.pk
        far = row.contact if leads else row.other
        made.append(
            Linked(
                row.key, row.kind, row.get_kind_display(), row.why, far.key, far.receipt, far.received_at,
                dict(STATES)[far.state], leads, known.get(row.made_by, ""), row.made_at,
            )
        )  # fmt: skip
    return made


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A contact that may belong to this one, and every reason that can be printed."""

    key: UUID
    receipt: str
    received_at: datetime
    state: str
    kind: str
    reasons: tuple[str, ...]


def suggestions(contact: Contact, *, by: Actor) -> list[Suggestion]:
    """Contacts that may belong to this one, by exact matching alone, the newest first; those linked are left out.

    The same words within a day; a child of the same full name and birth date; the same family.
    """
    reasons: dict[int, list[str]] = {}
    for said, rows in (
        (SAME_WORDS, _same_words(contact, by=by)),
        (SAME_CHILD, _same_child(contact, by=by)),
        (SAME_FAMILY, _same_family(contact, by=by)),
    ):
        for row in rows:
            reasons.setdefault(row, []).append(said)
    for row in (contact.pk, *_linked(contact, by=by)):
        reasons.pop(row, None)
    found = within(by, Contact.objects.filter(pk__in=list(reasons))).exclude(state="voided").order_by("-received_at")
    return [
        Suggestion(
            row.key, row.receipt, row.received_at, row.get_state_display(),
            "duplicate" if SAME_WORDS in reasons[row.pk] else "related", tuple(reasons[row.pk]),
        )
        for row in found[:MOST]
    ]  # fmt: skip


SAME_WORDS = "the same words, within a day"
SAME_CHILD = "a child of the same full name and birth date"
SAME_FAMILY = "the same family name and address, or the same child"


def _same_words(contact: Contact, *, by: Actor) -> list[int]:
    day = timedelta(days=1)
    near = Contact.objects.filter(received_at__range=(contact.received_at - day, contact.received_at + day))
    same = near.filter(submission__authority_id=contact.authority_id, submission__digest=contact.submission.digest)
    return list(within(by, same).values_list("pk", flat=True)[:MOST])


def _same_child(contact: Contact, *, by: Actor) -> list[int]:
    named = Named.objects.filter(contact=contact, kind__in=CHILD_KINDS, date_of_birth__isnull=False).exclude(
        match_name=""
    )
    children = within(by, named).values_list("match_name", "date_of_birth")
    same = Q()
    for match_name, born in children:
        same |= Q(match_name=match_name, date_of_birth=born)
    if not same:
        return []
    rows = within(by, Named.objects.filter(same, kind__in=CHILD_KINDS)).order_by("-id")
    return list(rows.values_list("contact_id", flat=True)[:MOST])


def _same_family(contact: Contact, *, by: Actor) -> list[int]:
    family = within(by, Contact.objects.filter(family=contact.family)).order_by("-received_at")
    return list(family.values_list("pk", flat=True)[:MOST])


def _linked(contact: Contact, *, by: Actor) -> set[int]:
    standing = within(by, Link.objects.filter(Q(contact=contact) | Q(other=contact), ended_at=None))
    return {number for pair in standing.values_list("contact_id", "other_id") for number in pair}
