"""Notices that wait for a first look: how many, which one comes next, and everything that its reader needs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission, acting_council, acting_person, require
from frontdoor.contacts.models import Claim, Contact, Matter, Named, Notice, Statement
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.rules.screening import WAITING
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.councils.queries import setting
from frontdoor.trail import actions as trail

CHANNEL = "police_notification"
MOST = 8
YEAR = timedelta(days=365)


def unseen(since: datetime, *, by: Actor) -> Q:
    """Notices that nobody has looked at and nobody else has before them.

    :param since: a claim made before counts no more
    """
    claims = Claim.objects.filter(contact=OuterRef("pk"), claimed_at__gt=since).exclude(user_id=acting_person(by))
    waiting = Q(closed_at=None, state__in=WAITING, looked=0, channel=CHANNEL)
    return waiting & Q(~Exists(within(by, claims)))


def belongs(contact: Contact) -> Q:
    """What belongs to the same incident or family."""
    same = Q(family=contact.family)
    return same | Q(event_id=contact.event_id) if contact.event_id else same


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for a first look: how many notices, how many are in somebody's hands, since when the oldest."""

    waiting: int
    claimed: int
    oldest: datetime | None


def waits(*, by: Actor, at: datetime) -> Waits:
    """How many notices wait for a first look."""
    _may_look(by)
    rows = within(by, Contact.objects.filter(closed_at=None, state__in=WAITING, looked=0, channel=CHANNEL))
    minutes = int(setting(rules.CLAIM_MINUTES.name, authority=acting_council(by), on=at).value)
    since = at - timedelta(minutes=minutes)
    others = within(by, Claim.objects.filter(contact__in=rows, claimed_at__gt=since)).exclude(user_id=acting_person(by))
    first = rows.order_by("received_at").values_list("received_at", flat=True).first()
    return Waits(rows.count(), others.count(), first)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier contact of the family, or another one of the incident."""

    contact: Contact
    children: tuple[Named, ...]
    outcomes: tuple[str, ...]
    grade: str = ""


@dataclass(frozen=True, slots=True)
class NoticeLook:
    """One notice as it is first looked at.

    :param notice: None where it came to us in another way than in a file or by the interface
    :param others: the other contacts of the incident
    :param earlier: what came about this family before, the newest first
    :param year: how many came about it within a year before
    """

    contact: Contact
    notice: Notice | None
    people: tuple[Named, ...]
    words: dict[int, tuple[str, ...]]
    others: tuple[Earlier, ...]
    earlier: tuple[Earlier, ...]
    year: int
    left: int


def _may_look(by: Actor) -> None:
    require(by, Permission.CONTACT_LOOK, authority=acting_council(by))
    if not by.qualified:
        raise NotPermitted(Permission.CONTACT_LOOK)


def open_notice(key: UUID | str, *, by: Actor, at: datetime) -> NoticeLook:
    """A notice that waits for a first look, with its incident and its family; opening it leaves an entry.

    :raises NotPermitted: `by` may not look
    :raises NotFound: none of that key waits for a look
    """
    _may_look(by)
    waiting = within(by, Contact.objects.filter(closed_at=None, state__in=WAITING, looked=0, channel=CHANNEL))
    contact = waiting.filter(key=key).select_related("event").first()
    if contact is None:
        raise NotFound
    notice = within(by, Notice.objects.filter(submission_id=contact.submission_id)).first()
    people = tuple(within(by, Named.objects.filter(contact=contact)).order_by("position"))
    said = within(by, Statement.objects.filter(contact=contact, kind="own_words")).order_by("id")
    words: dict[int, tuple[str, ...]] = {}
    for statement in said:
        words[statement.named_id or 0] = (*words.get(statement.named_id or 0, ()), statement.words)
    everyone = within(by, Contact.objects.exclude(pk=contact.pk).exclude(state="voided"))
    of_event = everyone.filter(event_id=contact.event_id or 0).order_by("id")
    others = list(of_event[:MOST]) if contact.event_id else []
    before = everyone.filter(family=contact.family, received_at__lt=contact.received_at).order_by("-received_at")
    family = list(before[:MOST])
    around = _told([*others, *family], by=by)
    shown = {row.contact.pk: row for row in around}
    trail.record("contacts.open_look", subject=contact, by=by, at=at)
    return NoticeLook(
        contact, notice, people, words,
        others=tuple(shown[row.pk] for row in others), earlier=tuple(shown[row.pk] for row in family),
        year=before.filter(received_at__gt=contact.received_at - YEAR).count(), left=waiting.count() - 1,
    )  # fmt: skip


def _told(contacts: list[Contact], *, by: Actor) -> list[Earlier]:
    """Contacts with their children, what was decided for each, and the police's grade: three statements for all."""
    ids = [each.pk for each in contacts]
    children: dict[int, list[Named]] = {}
    for child in within(by, Named.objects.filter(contact__in=ids, kind__in=CHILD_KINDS)).order_by("position"):
        children.setdefault(child.contact_id, []).append(child)
    outcomes: dict[int, list[str]] = {}
    for number, outcome in within(by, Matter.objects.filter(contact__in=ids)).values_list("contact_id", "outcome"):
        if outcome:
            outcomes.setdefault(number, []).append(outcome)
    sent = within(by, Notice.objects.filter(submission_id__in=[each.submission_id for each in contacts]))
    grades = dict(sent.values_list("submission_id", "grade"))
    return [
        Earlier(
            each, tuple(children.get(each.pk, ())), tuple(outcomes.get(each.pk, ())), grades.get(each.submission_id, "")
        )
        for each in contacts
    ]  # fmt: skip
