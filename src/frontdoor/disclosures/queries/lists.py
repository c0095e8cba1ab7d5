"""The desk's list with its filters, what waits for one person, and what has arrived and nobody has begun."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdoor.access.queries import colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact
from frontdoor.disclosures.models import About, Answer, Request
from frontdoor.disclosures.queries.opening import may_approve
from frontdoor.disclosures.rules import kinds
from frontdoor.disclosures.rules.states import State
from frontdoor.shell.rules import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50
MINE = 50
SOON = timedelta(days=2)
RECENT = timedelta(days=92)
"""How far back the sweep looks for what has arrived: what is older was begun or is the past of before."""
ENDED = frozenset({"voided", "duplicate"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One request on a list.

    :param people: whom it is about
    :param holder: who works on it; empty where nobody does, or whoever did has left
    :param authority: the council whose record it is
    """

    key: UUID
    id: int
    authority: int
    receipt: str
    sub_type: str
    state: State
    asker: str
    people: tuple[str, ...]
    holder: str
    received_at: datetime
    due_at: datetime
    settled_at: datetime | None

    @property
    def cursor(self) -> tuple[datetime, int]:
        """Its place in the list of what is open."""
        return self.due_at, self.id

    @property
    def settled_cursor(self) -> tuple[datetime, int]:
        """Its place in the list of what is settled."""
        return self.settled_at or self.received_at, self.id


def arrived(*, by: Actor, at: datetime) -> list[UUID]:
    """Keys of requests for information that have arrived and that the desk does not have yet, the oldest first."""
    require(by, Permission.DISCLOSURE_PREPARE, authority=acting_council(by))
    come = Contact.objects.filter(category=kinds.CATEGORY, received_at__gte=at - RECENT, entered_at__lte=at)
    known = within(by, Request.objects.filter(received_at__gte=at - RECENT)).values("contact_id")
    found = within(by, come.exclude(state__in=ENDED).exclude(pk__in=known)).order_by("received_at", "id")
    return list(found.filter(sub_type__in=kinds.KINDS).values_list("key", flat=True)[:PAGE])


def _narrowed(which: str, *, by: Actor, at: datetime) -> QuerySet[Request]:
    """The requests of one filter: all open ones, late, due soon, mine, nobody's, waiting for a second person."""
    rows = within(by, Request.objects.select_related("contact").filter(settled_at=None))
    here = [each.id for each in colleagues(by=by, at=at)] if which == "free" else []
    narrow = {
        "late": Q(due_at__lt=at), "soon": Q(due_at__gte=at, due_at__lt=at + SOON), "mine": Q(holder=by.user_id),
        "free": ~Q(holder__in=here) | Q(holder=None), "second": Q(state=State.PROPOSED),
        "to_send": Q(state=State.APPROVED), "elsewhere": Q(state__in=(State.PASSED, State.REDIRECTED)),
    }  # fmt: skip
    return rows.filter(narrow[which]) if which in narrow else rows


def requests(
    *, which: str = "", sub_type: str = "", after: tuple[datetime, int] | None = None, limit: int = PAGE, by: Actor,
    at: datetime,
) -> Paged[Listed]:  # fmt: skip
    """One page of the desk's requests: those open by their due time, or the settled ones, the newest first; an entry.

    :param which: late, soon, mine, free, second, to_send, elsewhere, settled, or "" for all that are open
    :param sub_type: one kind alone
    :raises NotPermitted: `by` does not work on requests
    """
    require(by, Permission.DISCLOSURE_PREPARE, authority=acting_council(by))
    if which == "settled":
        found = within(by, Request.objects.select_related("contact").exclude(settled_at=None))
        later = Q(settled_at__lt=after[0]) | Q(settled_at=after[0], id__lt=after[1]) if after else Q()
        found = found.filter(later).order_by("-settled_at", "-id")
    else:
        found = _narrowed(which, by=by, at=at)
        later = Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]) if after else Q()
        found = found.filter(later).order_by("due_at", "id")
    if sub_type:
        found = found.filter(sub_type=sub_type)
    rows = cut(_listed(list(found[: limit + 1]), by=by, at=at), limit)
    trail.record("disclosures.requests", by=by, at=at, which=which, requests=[str(row.key) for row in rows])
    return rows


def _listed(found: list[Request], *, by: Actor, at: datetime) -> list[Listed]:
    people: dict[int, list[str]] = {row.pk: [] for row in found}
    for about in within(by, About.objects.filter(request__in=found, asked=True)).order_by("position"):
        people[about.request_id].append(about.name)
    here = {each.id for each in colleagues(by=by, at=at)} if found else set()
    known = names({row.holder for row in found if row.holder in here and row.holder is not None}, by=by)
    return [
        Listed(
            row.key, row.pk, row.authority_id, row.contact.receipt, row.sub_type, State(row.state), row.asker_agency,
            tuple(people[row.pk]), known.get(row.holder or 0, ""), row.received_at, row.due_at, row.settled_at,
        )
        for row in found
    ]  # fmt: skip


def waits_for(*, by: Actor, at: datetime) -> list[Listed]:
    """What waits for one person: theirs to work on or send, nobody's to take, another's to approve. My work notes it.

    :raises NotPermitted: `by` does not work on requests
    """
    require(by, Permission.DISCLOSURE_PREPARE, authority=acting_council(by))
    mine = Q(holder=by.user_id, state__in=(State.IN_WORK, State.APPROVED, State.REDIRECTED))
    if not by.may(Permission.DISCLOSURE_APPROVE):
        mine |= Q(state=State.WAITING)
    if may_approve(by=by, at=at):
        own = within(by, Answer.objects.filter(proposed_by=by.user_id or 0, back_at=None)).values("request_id")
        mine |= Q(state=State.PROPOSED) & ~Q(pk__in=own)
    found = within(by, Request.objects.select_related("contact").filter(settled_at=None)).filter(mine)
    return _listed(list(found.order_by("due_at", "id")[:MINE]), by=by, at=at)
