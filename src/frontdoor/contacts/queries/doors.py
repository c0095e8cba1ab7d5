"""Reports that may not be genuine, as those who settle them read them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Doubt, Mistake, Named
from frontdoor.contacts.rules import doors as rules
from frontdoor.shell.rules import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50


@dataclass(frozen=True, slots=True)
class Doubted:
    """A report that may not be genuine.

    :param reasons: why it was marked, in words
    :param asked: the key of what a second person is asked to agree to; None while nobody is asked
    :param answer: what was said of it, in words; empty while nobody has looked
    """

    key: UUID
    contact: UUID
    receipt: str
    received_at: datetime
    due_at: datetime
    danger: str
    looked: bool
    people: tuple[str, ...]
    story: str
    reasons: tuple[str, ...]
    asked: UUID | None
    answer: str
    why: str
    answered_by: str
    answered_at: datetime | None
    closed: bool
    version: int
    marks: str = ""
    danger_said: str = "unknown"
    loud: bool = False
    mistake_version: int = 0

    @property
    def report(self) -> rules.Report:
        """What says whether it may be settled with others."""
        return rules.Report(
            " ".join((self.story, *self.people)), self.marks, self.received_at, self.danger_said, self.loud
        )

    @property
    def cursor(self) -> tuple[datetime, str]:
        return self.received_at, str(self.key)


def doubts(
    *, by: Actor, at: datetime, after: tuple[datetime, str] | None = None, limit: int = PAGE, count: bool = False
) -> Paged[Doubted]:
    """What waits for somebody to say whether it is genuine, the oldest first. One entry names the page.

    :param after: the cursor of the last page's last row
    :param count: say how many there are in all
    :raises NotPermitted: `by` does not screen for this council
    """
    require(by, Permission.CONTACT_SCREEN, authority=acting_council(by))
    open_ones = within(by, Doubt.objects.exclude(answer=rules.Answer.GENUINE)).filter(
        submission__contacts__closed_at=None, submission__contacts__isnull=False
    )
    total = open_ones.count() if count else None
    if after:
        open_ones = open_ones.filter(Q(marked_at__gt=after[0]) | Q(marked_at=after[0], pk__gt=UUID(after[1])))
    rows = _rows(list(open_ones.order_by("marked_at", "pk")[: limit + 1]), by=by)
    page = cut(rows, limit, total)
    trail.record("contacts.doubts", by=by, at=at, shown=[str(row.contact) for row in page])
    return page


def dangerous(*, by: Actor, at: datetime, limit: int = PAGE) -> Paged[Doubted]:
    """What nobody has said anything of and may speak of danger: read first, and by itself. One entry names them.

    :raises NotPermitted: `by` does not screen for this council
    """
    require(by, Permission.CONTACT_SCREEN, authority=acting_council(by))
    waiting = within(by, Doubt.objects.filter(answer="", submission__contacts__closed_at=None))
    speaks = Q(submission__contacts__danger_said="yes") | Q(submission__contacts__story__iregex=_SPEAKS)
    rows = _rows(list(waiting.filter(speaks).order_by("marked_at", "pk")[: limit + 1]), by=by)
    page = cut(rows, limit)
    trail.record("contacts.dangerous_doubts", by=by, at=at, shown=[str(row.contact) for row in page])
    return page


_SPEAKS = rf"\m{rules.DANGER_PATTERN}"
_NEAR = timedelta(hours=1)


def alike(key: UUID | str, *, by: Actor, at: datetime) -> list[Doubted]:
    """One report, and those that may be settled in one act with it; it alone where it may speak of danger.

    :raises NotPermitted: `by` does not screen for this council
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_SCREEN, authority=acting_council(by))
    (one,) = _rows(list(within(by, Doubt.objects.filter(pk=key))), by=by) or (None,)
    if one is None:
        raise NotFound
    like = within(
        by, Doubt.objects.filter(submission__contacts__closed_at=None).exclude(pk=key).exclude(answer="genuine")
    )
    near = Q(marks=one.marks, marked_at__gte=one.received_at - _NEAR, marked_at__lte=one.received_at + _NEAR)
    same = Q(submission__contacts__story=one.story) if one.story else Q(pk=None)
    others = _rows(list(like.filter(near | same).order_by("marked_at", "pk")[: rules.MOST_AT_ONCE * 4]), by=by)
    found = [one, *(each for each in others if each.asked is None and rules.alike(one.report, each.report))]
    found = found[: rules.MOST_AT_ONCE]
    trail.record("contacts.doubts_alike", by=by, at=at, shown=[str(each.contact) for each in found])
    return found


def asked_together(key: UUID | str, *, by: Actor, at: datetime) -> list[Doubted]:
    """What one person called not genuine in one act, of which this is one, and a second person has not settled yet.

    :raises NotPermitted: `by` does not screen for this council
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_SCREEN, authority=acting_council(by))
    one = within(by, Doubt.objects.filter(pk=key)).first()
    if one is None:
        raise NotFound
    same = Doubt.objects.filter(why=one.why, answered_by=one.answered_by, answered_at=one.answered_at)
    rows = _rows(list(within(by, same).order_by("marked_at", "pk")[: rules.MOST_AT_ONCE]), by=by)
    found = [each for each in rows if each.asked is not None and not each.closed]
    trail.record("contacts.doubts_asked", by=by, at=at, shown=[str(each.contact) for each in found])
    return found


def open_doubt(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Doubted:
    """One of them, with what was written; opening it leaves an entry.

    :raises NotPermitted: `by` does not screen for this council
    :raises NotFound: the council acted for has none of that key, or its contact is not made yet
    """
    require(by, Permission.CONTACT_SCREEN, authority=acting_council(by))
    found = _rows(list(within(by, Doubt.objects.filter(pk=key))), by=by)
    if not found:
        raise NotFound
    trail.record("contacts.open_doubt", subject=("contacts.contact", found[0].contact), by=by, at=at, why=why)
    return found[0]


def doubt_of(contact: Contact, *, by: Actor) -> Doubted | None:
    """What was marked of one contact, as long as nobody has found it genuine. Part of opening the contact."""
    found = within(by, Doubt.objects.filter(submission=contact.submission_id)).exclude(answer=rules.Answer.GENUINE)
    rows = _rows(list(found), by=by)
    return rows[0] if rows else None


def _rows(found: list[Doubt], *, by: Actor) -> list[Doubted]:
    made = within(by, Contact.objects.filter(submission__in=[row.submission_id for row in found]))
    contacts = {contact.submission_id: contact for contact in made}
    numbers = [contact.pk for contact in contacts.values()]
    people: dict[int, list[str]] = {number: [] for number in numbers}
    for person in within(by, Named.objects.filter(contact__in=numbers)).order_by("contact_id", "position"):
        people[person.contact_id].append(person.label)
    standing = within(by, Mistake.objects.filter(contact__in=numbers, ended_at=None))
    asked = {number: (key, version) for number, key, version in standing.values_list("contact_id", "key", "version")}
    known = names({row.answered_by for row in found if row.answered_by}, by=by)
    return [
        Doubted(
            key=row.pk, contact=contact.key, receipt=contact.receipt, received_at=row.marked_at, due_at=contact.due_at,
            danger=contact.get_danger_said_display(), looked=bool(contact.looked), people=tuple(people[contact.pk]),
            story=contact.story, reasons=rules.in_words(row.marks), asked=asked.get(contact.pk, (None, 0))[0],
            answer=row.get_answer_display(), why=row.why, answered_by=known.get(row.answered_by or 0, ""),
            answered_at=row.answered_at, closed=contact.closed_at is not None, version=row.version,
            marks=row.marks, danger_said=contact.danger_said, loud=contact.flag_stands or contact.danger_rank == 0,
            mistake_version=asked.get(contact.pk, (None, 0))[1],
        )
        for row in found
        if (contact := contacts.get(row.submission_id)) is not None
    ]  # fmt: skip
