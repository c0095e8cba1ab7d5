"""The list of enquiries, the most urgent first: rating, time left, whether each child is safe, who has not answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.mash.models import Enquiry, Request, Subject
from frontdoor.mash.queries.enquiries.colours import colours
from frontdoor.mash.rules.asking.states import OPEN
from frontdoor.mash.rules.states import State
from frontdoor.shell.rules import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50
Place = tuple[int, datetime, int, int]
"""Where a page of the list ended: urgency, due, council, number."""


@dataclass(frozen=True, slots=True)
class Child:
    """A child on the list, with what is known of whether they are safe now."""

    name: str
    safe: str
    safe_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One enquiry on the list.

    :param colour: what its rating is called here; empty where it is not rated
    :param owing: agencies that were asked and have not answered
    :param holder: who works on it; empty where nobody does, or whoever did has left
    """

    key: UUID
    id: int
    authority: int
    reference: str
    rating: str
    colour: str
    urgency: int
    section47: bool
    state: State
    children: tuple[Child, ...]
    owing: tuple[str, ...]
    holder: str
    received_at: datetime
    opened_at: datetime
    due_at: datetime
    settled_at: datetime | None

    def late(self, at: datetime) -> bool:
        """Whether a decision is late; what is decided for every child is not."""
        return self.settled_at is None and self.state is not State.DECIDED and self.due_at < at

    @property
    def place(self) -> Place:
        """Its place in a list merged over councils."""
        return self.urgency, self.due_at, self.authority, self.id


def enquiries(
    *, which: str = "", after: Place | None = None, limit: int = PAGE, by: Actor, at: datetime
) -> Paged[Listed]:
    """One page of the council's enquiries, the most urgent first; or the last that were settled. It leaves an entry.

    :param which: mine, free, decide, late, unsafe, settled, or "" for all that are open
    :raises NotPermitted: `by` reads no enquiries
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    if which == "settled":
        found = within(by, Enquiry.objects.exclude(settled_at=None)).order_by("-settled_at", "-id")
    else:
        found = _after(_narrowed(which, by=by, at=at), after, acting_council(by)).order_by("urgency", "due_at", "id")
    rows = cut(_listed(list(found[: limit + 1]), by=by, at=at), limit)
    trail.record("mash.enquiries", by=by, at=at, which=which, enquiries=[str(row.key) for row in rows])
    return rows


def _narrowed(which: str, *, by: Actor, at: datetime) -> QuerySet[Enquiry]:
    rows = within(by, Enquiry.objects.filter(settled_at=None))
    here = [each.id for each in colleagues(by=by, at=at)] if which == "free" else []
    owed = Subject.objects.filter(is_child=True, same_as=None).filter(
        Q(safe_due_at__lt=at) | Q(safe__in=("no", "unknown"))
    )
    narrow = {
        "mine": Q(holder=by.user_id), "free": ~Q(holder__in=here) | Q(holder=None),
        "late": Q(due_at__lt=at) & ~Q(state=State.DECIDED), "decide": Q(state=State.RECOMMENDED),
        "unsafe": Q(pk__in=within(by, owed).values("enquiry_id")),
    }  # fmt: skip
    return rows.filter(narrow[which]) if which in narrow else rows


def _after(rows: QuerySet[Enquiry], after: Place | None, authority: int) -> QuerySet[Enquiry]:
    if after is None:
        return rows
    urgency, due_at, council, number = after
    same = Q(urgency=urgency, due_at=due_at)
    later = Q(urgency__gt=urgency) | Q(urgency=urgency, due_at__gt=due_at)
    if authority > council:
        later |= same
    elif authority == council:
        later |= same & Q(id__gt=number)
    return rows.filter(later)


def _listed(found: list[Enquiry], *, by: Actor, at: datetime) -> list[Listed]:
    if not found:
        return []
    children: dict[int, list[Child]] = {row.pk: [] for row in found}
    those = Subject.objects.select_related("named").filter(enquiry__in=found, is_child=True, same_as=None)
    for child in within(by, those).order_by("position", "id"):
        children[child.enquiry_id].append(Child(name_of(child), child.safe, child.safe_at, child.safe_due_at))
    owing: dict[int, list[str]] = {row.pk: [] for row in found}
    asked = Request.objects.select_related("desk").filter(enquiry__in=found, state__in=sorted(OPEN))
    for request in within(by, asked).order_by("due_at", "id"):
        owing[request.enquiry_id].append(request.desk.name)
    here = {each.id: each.name for each in colleagues(by=by, at=at)}
    called = colours(by=by, at=at)
    return [
        Listed(
            row.key, row.pk, row.authority_id, row.reference, row.rating,
            called[row.rating].name if row.rating in called and not State(row.state).unrated else "", row.urgency,
            row.section47, State(row.state), tuple(children[row.pk]), tuple(owing[row.pk]),
            here.get(row.holder or 0, ""), row.received_at, row.opened_at, row.due_at, row.settled_at,
        )
        for row in found
    ]  # fmt: skip


def name_of(subject: Subject) -> str:
    """How pages name a person of an enquiry: as the contact did."""
    return subject.named.label if subject.named else "Child not yet identified"


def waits_for(*, by: Actor, at: datetime) -> list[Listed]:
    """What waits for one person: what they hold, and what nobody holds in their team. My work notes it.

    Whoever decides finds there too what waits for a manager in their team, whoever holds it.

    :raises NotPermitted: `by` does not work on enquiries
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    here = [each.id for each in colleagues(by=by, at=at)]
    ours = Q(team_id__in=by.teams.get(acting_council(by), frozenset()))
    mine = Q(holder=by.user_id) | ours & (Q(holder=None) | ~Q(holder__in=here))
    if by.may(Permission.MASH_DECIDE):
        mine |= ours & Q(state=State.RECOMMENDED)
    rows = within(by, Enquiry.objects.filter(mine, settled_at=None)).order_by("urgency", "due_at", "id")
    return _listed(list(rows[:PAGE]), by=by, at=at)
