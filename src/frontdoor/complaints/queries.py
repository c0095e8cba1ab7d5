"""Asking: the list with its filters, one complaint, who may own one, what has arrived, what waits for one person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import Colleague, colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.complaints.models import Complaint, Entry
from frontdoor.complaints.rules import KINDS, State
from frontdoor.contacts.models import Contact
from frontdoor.directions import queries as directions
from frontdoor.organisations.queries import teams
from frontdoor.shell.rules import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50
RECENT = timedelta(days=92)
"""How far back the sweep looks for what has arrived."""
ENDED = frozenset({"voided", "duplicate"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One complaint or compliment on a list; who complains is not on it."""

    key: UUID
    id: int
    number: str
    kind: str
    stage: str
    state: State
    team: str
    owner: str
    received_at: datetime
    due_at: datetime
    settled_at: datetime | None

    @property
    def cursor(self) -> tuple[datetime, int]:
        return self.due_at, self.id

    @property
    def settled_cursor(self) -> tuple[datetime, int]:
        return self.settled_at or self.received_at, self.id


def owners(*, by: Actor, at: datetime) -> list[Colleague]:
    """Whoever may answer for a complaint here today, by name."""
    return [each for each in colleagues(by=by, at=at) if each.may(Permission.COMPLAINT_KEEP)]


def arrived(*, by: Actor, at: datetime) -> list[Contact]:
    """Contacts that came as a complaint or compliment and were not taken in here yet, the oldest first."""
    require(by, Permission.COMPLAINT_TAKE, authority=acting_council(by))
    come = Contact.objects.filter(sub_type__in=dict(KINDS), received_at__gte=at - RECENT, entered_at__lte=at)
    known = within(by, Complaint.objects.exclude(contact=None)).values("contact_id")
    return list(within(by, come.exclude(state__in=ENDED).exclude(pk__in=known)).order_by("received_at", "id")[:PAGE])


def _not_about(by: Actor) -> Q:
    """Nobody sees what is about themselves."""
    return Q(about_user=None) | ~Q(about_user=by.user_id)


def complaints(
    *, which: str = "", kind: str = "", after: tuple[datetime, int] | None = None, limit: int = PAGE, by: Actor,
    at: datetime,
) -> Paged[Listed]:  # fmt: skip
    """One page of complaints and compliments: the open ones by their due time, or the settled, newest first; an entry.

    :param which: late, mine, free, settled, or "" for all that are open
    :param kind: complaint or compliment alone
    :raises NotPermitted: `by` does not work on complaints
    """
    require(by, Permission.COMPLAINT_KEEP, authority=acting_council(by))
    found = within(by, Complaint.objects.filter(_not_about(by)))
    found = found.filter(kind=kind) if kind else found
    if which == "settled":
        later = Q(settled_at__lt=after[0]) | Q(settled_at=after[0], id__lt=after[1]) if after else Q()
        found = found.exclude(settled_at=None).filter(later).order_by("-settled_at", "-id")
    else:
        narrow = {"late": Q(due_at__lt=at), "mine": Q(owner=by.user_id), "free": Q(owner=None)}.get(which, Q())
        later = Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]) if after else Q()
        found = found.filter(narrow, later, settled_at=None).order_by("due_at", "id")
    rows = cut(_listed(list(found[: limit + 1]), by=by, at=at), limit)
    trail.record("complaints.list", by=by, at=at, which=which, complaints=[str(row.key) for row in rows])
    return rows


def _listed(found: list[Complaint], *, by: Actor, at: datetime) -> list[Listed]:
    here = {each.id: each.name for each in colleagues(by=by, at=at)} if found else {}
    ours = {team.pk: team.name for team in teams(by=by, at=at)} if found else {}
    return [
        Listed(
            row.key, row.pk, row.reference, row.get_kind_display(),
            row.get_stage_display() if row.kind == "complaint" else "", State(row.state), ours.get(row.team_id, ""),
            here.get(row.owner or 0, ""), row.received_at, row.due_at, row.settled_at,
        )
        for row in found
    ]  # fmt: skip


def waits_for(*, by: Actor, at: datetime) -> list[Listed]:
    """What waits for one manager: theirs, and what nobody answers for. My work notes it.

    :raises NotPermitted: `by` does not work on complaints
    """
    require(by, Permission.COMPLAINT_KEEP, authority=acting_council(by))
    wanted = Q(owner=by.user_id) | Q(owner=None)
    found = within(by, Complaint.objects.filter(_not_about(by), wanted, settled_at=None))
    return _listed(list(found.order_by("due_at", "id")[:PAGE]), by=by, at=at)


@dataclass(frozen=True, slots=True)
class Opened:
    """One complaint as its page shows it.

    :param actions: what was directed because of it
    """

    complaint: Complaint
    entries: tuple[Entry, ...]
    actions: tuple[directions.Directed, ...]
    team: str
    names: dict[int, str]


def open_complaint(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """Open one complaint or compliment; it leaves one entry. Whom it is about never finds it.

    :param why: the reason, where one is asked
    :raises NotPermitted: `by` does not work on complaints
    :raises NotFound: the council acted for has none of that key, or it is about `by`
    """
    require(by, Permission.COMPLAINT_KEEP, authority=acting_council(by))
    wanted = Complaint.objects.select_related("contact", "about_contact").filter(_not_about(by), key=key)
    complaint = within(by, wanted).first()
    if complaint is None:
        raise NotFound
    entries = tuple(within(by, Entry.objects.select_related("contact").filter(complaint=complaint)).order_by("id"))
    people = {entry.by_user for entry in entries} | {complaint.owner, complaint.about_user}
    given = directions.for_subject("complaints.complaint", complaint.key, by=by, at=at)
    opened = Opened(
        complaint, entries, tuple(given),
        next((team.name for team in teams(by=by, at=at) if team.pk == complaint.team_id), ""),
        names({number for number in people if number is not None}, by=by),
    )  # fmt: skip
    trail.record("complaints.open", subject=complaint, by=by, at=at, why=why)
    return opened


def open_contact(key: UUID | str, *, by: Actor, at: datetime) -> tuple[Contact, str]:
    """The contact of which a complaint is made, and the number of the one that was made already; it leaves an entry.

    :raises NotFound: the council acted for has none of that key
    :raises NotPermitted: `by` may not take complaints
    """
    require(by, Permission.COMPLAINT_TAKE, authority=acting_council(by))
    found = within(by, Contact.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("complaints.open_contact", subject=found, by=by, at=at)
    return found, number_of(found.key, by=by)


def number_of(contact: UUID | str, *, by: Actor) -> str:
    """The number of the complaint that came in a contact, for whoever took that in; empty where there is none.

    Part of opening the contact: nothing of the complaint is shown but that it is there.

    :raises NotPermitted: `by` may not take complaints
    """
    require(by, Permission.COMPLAINT_TAKE, authority=acting_council(by))
    found = within(by, Complaint.objects.filter(contact__key=contact)).first()
    return found.reference if found else ""
