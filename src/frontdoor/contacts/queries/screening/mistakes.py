"""Asking for what was entered by mistake: what waits for a second person, what was agreed, and how many there were."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import (
    Contact,
    Draft,
    Link,
    Matter,
    Mistake,
    Named,
    Protection,
    Question,
    SafetyCall,
)
from frontdoor.contacts.queries.screening.brief import told_of
from frontdoor.contacts.rules import mistakes as rules
from frontdoor.contacts.rules import telephone as calls
from frontdoor.contacts.rules.states import ENDED, STATES, MatterState
from frontdoor.trail import actions as trail

MOST = 100


def stands(contact: Contact, *, by: Actor) -> rules.Stands:
    """What stands on a contact that somebody calls a mistake. Part of the acts that say so and agree."""
    asked = within(by, Question.objects.filter(contact=contact, state="asked"))
    moved = within(by, Matter.objects.filter(contact=contact)).exclude(state=MatterState.OPEN)
    into = within(by, Link.objects.filter(other=contact, kind="duplicate", ended_at=None))
    ringing = within(by, SafetyCall.objects.filter(contact=contact, done_at=None))
    calling = within(by, Draft.objects.filter(form=calls.FORM, subject=str(contact.key), ended_at=None))
    return rules.Stands(
        ended=dict(STATES)[contact.state] if contact.state in ENDED else "",
        moved=moved.exists(),
        protected=within(by, Protection.objects.filter(contact=contact)).exists(),
        flagged=contact.flag_stands,
        leads=into.exists(),
        asked=asked.exists(),
        ringing=ringing.exists(),
        calling=calling.exists(),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """That a contact was entered by mistake, as a list shows it.

    :param child: it names or describes a child, so that a manager is the second person
    :param protected: protection was started on it since; it should stand again
    """

    key: UUID
    contact: UUID
    receipt: str
    received_at: datetime
    looked: bool
    people: tuple[str, ...]
    story: str
    child: bool
    protected: bool
    why: str
    asked_by: int
    asked_by_name: str
    asked_at: datetime
    agreed_by: str
    agreed_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    ended_why: str
    version: int


def mistakes(*, by: Actor, at: datetime) -> tuple[list[Said], list[Said]]:
    """What waits for a second person, the oldest first; and the latest that were agreed. One entry names them all.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    standing = within(by, Mistake.objects.filter(ended_at=None)).select_related("contact")
    waiting = list(standing.filter(agreed_at=None).order_by("asked_at", "id")[:MOST])
    agreed = list(standing.filter(agreed_at__isnull=False).order_by("-agreed_at", "id")[:MOST])
    trail.record("contacts.mistakes", by=by, at=at, shown=[str(row.key) for row in (*waiting, *agreed)])
    said = _said([*waiting, *agreed], by=by)
    return said[: len(waiting)], said[len(waiting) :]


def open_mistake(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Said:
    """One, with the contact that it is about; opening it leaves an entry.

    :raises NotPermitted: `by` may not read contacts
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = within(by, Mistake.objects.filter(key=key)).select_related("contact").first()
    if found is None:
        raise NotFound
    trail.record("contacts.open_mistake", subject=found.contact, by=by, at=at, why=why, mistake=key)
    return _said([found], by=by)[0]


def mistake_of(contact: Contact, *, by: Actor) -> Said | None:
    """What stands of it on one contact. Part of opening the contact."""
    found = within(by, Mistake.objects.filter(contact=contact, ended_at=None)).select_related("contact").first()
    return _said([found], by=by)[0] if found else None


def _said(rows: list[Mistake], *, by: Actor) -> list[Said]:
    known = names({each for row in rows for each in (row.asked_by, row.agreed_by, row.ended_by) if each}, by=by)
    contacts = [row.contact_id for row in rows]
    people: dict[int, list[Named]] = {number: [] for number in contacts}
    for person in within(by, Named.objects.filter(contact__in=contacts)).order_by("contact_id", "position"):
        people[person.contact_id].append(person)
    protected = set(within(by, Protection.objects.filter(contact__in=contacts)).values_list("contact_id", flat=True))
    return [
        Said(
            key=row.key, contact=row.contact.key, receipt=row.contact.receipt, received_at=row.contact.received_at,
            looked=bool(row.contact.looked), story=row.contact.story,
            people=tuple(each.label for each in people[row.contact_id]),
            child=rules.speaks_of_a_child(told_of(row.contact, people[row.contact_id])),
            protected=row.contact_id in protected,
            why=row.why, asked_by=row.asked_by, asked_by_name=known.get(row.asked_by, ""), asked_at=row.asked_at,
            agreed_by=known.get(row.agreed_by or 0, ""), agreed_at=row.agreed_at,
            ended_by=known.get(row.ended_by or 0, ""), ended_at=row.ended_at, ended_why=row.ended_why,
            version=row.version,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """How many contacts were called a mistake in a time, and what became of it.

    :param undone: turned down, taken back, or undone after it was agreed
    """

    said: int = 0
    agreed: int = 0
    undone: int = 0


def counted_mistakes(*, since: datetime, by: Actor) -> Counted:
    """What was said since an instant. Part of the list that shows it.

    :raises NotPermitted: `by` may not see figures
    """
    require(by, Permission.FIGURES_READ, authority=acting_council(by))
    standing, undone = Q(ended_at=None, agreed_at__isnull=False), Q(ended_at__isnull=False)
    said = within(by, Mistake.objects.filter(asked_at__gte=since))
    return Counted(
        **said.aggregate(said=Count("id"), agreed=Count("id", filter=standing), undone=Count("id", filter=undone))
    )
