"""What rested on a wrong record: decisions, letters and slips about children who were linked with it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Contact, Decision, Matter, Named
from frontdoor.handovers.models import Handover
from frontdoor.letters.models import Letter
from frontdoor.matching.rules.joining_telling import Act, Did

Subjects = Sequence[tuple[str, UUID]]
CONTACT = "contacts.contact"


def decided(subjects: Subjects, *, since: datetime, until: datetime, by: Actor) -> Iterable[Act]:
    """Decisions that were made meanwhile about a child who was linked with the record: each is reviewed."""
    children = [key for kind, key in subjects if kind == Named._meta.label_lower]
    made = Decision.objects.filter(matter__child__key__in=children, made_at__gt=since, made_at__lte=until)
    rows = within(by, made).order_by("made_at", "id").values_list(
        "made_at", "made_by", "matter__contact__receipt", "matter__contact__key"
    )  # fmt: skip
    return [Act(Did.DECIDED, at, user, number=receipt, kind=CONTACT, key=key) for at, user, receipt, key in rows]


def sent(subjects: Subjects, *, since: datetime, until: datetime, by: Actor) -> Iterable[Act]:
    """Letters that went out meanwhile about such a child. Whom they went to is not said: it stands with the letter."""
    children = [key for kind, key in subjects if kind == Named._meta.label_lower]
    contacts = within(by, Contact.objects.filter(people__key__in=children)).values_list("key", "receipt").distinct()
    receipts = dict(contacts)
    went = Letter.objects.filter(
        subject_kind=CONTACT, subject_key__in=list(receipts), sent_at__gt=since, sent_at__lte=until
    )
    rows = within(by, went).order_by("sent_at", "id").values_list("sent_at", "made_by", "subject_key")
    found = []
    for at, user, key in rows:
        if at is not None:
            told = Act(Did.WAS_SENT, at, who="Whoever the letter was for", number=receipts[key], kind=CONTACT, key=key)
            found += [replace(told, what=Did.SENT, who="", user_id=user), told] if user else [told]
    return found


def handed(subjects: Subjects, *, since: datetime, until: datetime, by: Actor) -> Iterable[Act]:
    """Slips that went meanwhile about such a child: by whom, and of which contact."""
    children = [key for kind, key in subjects if kind == Named._meta.label_lower]
    matters = within(by, Matter.objects.filter(child__key__in=children)).values_list(
        "key", "contact__receipt", "contact__key"
    )
    whose = {matter: (receipt, key) for matter, receipt, key in matters}
    went = Handover.objects.filter(subject_key__in=list(whose), first_sent_at__gt=since, first_sent_at__lte=until)
    rows = within(by, went).order_by("first_sent_at", "id").values_list("first_sent_at", "from_user", "subject_key")
    return [
        Act(Did.HANDED, at, user, number=whose[matter][0], kind=CONTACT, key=whose[matter][1])
        for at, user, matter in rows
        if user is not None
    ]
