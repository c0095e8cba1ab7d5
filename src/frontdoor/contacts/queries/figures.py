"""The figures of this moment about contacts: counts over what is open alone, in one statement."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.rules.states import CHILD_KINDS, ContactState

UNDECIDED = (
    ContactState.RECEIVED, ContactState.LOOKED, ContactState.SCREENING, ContactState.WAITING, ContactState.RECOMMENDED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands open at this moment.

    :param unseen: nobody qualified has looked yet; another thing than being late
    :param mistaken: of what came today, agreed to be entered by mistake: counted there all the same
    """

    unseen: int = 0
    danger: int = 0
    late: int = 0
    with_manager: int = 0
    came_today: int = 0
    mistaken: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.unseen + other.unseen, self.danger + other.danger, self.late + other.late,
            self.with_manager + other.with_manager, self.came_today + other.came_today,
            self.mistaken + other.mistaken,
        )  # fmt: skip


def figures(*, since: datetime, by: Actor, at: datetime) -> Figures:
    """The council's open contacts counted.

    :param since: from when an arrival counts as of today: the last time the door closed
    :raises NotPermitted: `by` may not see figures
    """
    require(by, Permission.FIGURES_READ, authority=acting_council(by))
    open_now = within(by, Contact.objects.filter(_OPEN))
    found = open_now.aggregate(
        unseen=Count("id", filter=_counted("unseen", since, at)),
        danger=Count("id", filter=_counted("danger", since, at)),
        late=Count("id", filter=_counted("late", since, at)),
        with_manager=Count("id", filter=Q(state=ContactState.RECOMMENDED)),
    )
    came = within(by, Contact.objects.filter(_counted("came", since, at))).aggregate(
        came_today=Count("id"), mistaken=Count("id", filter=Q(state=ContactState.VOIDED))
    )
    return Figures(**found, **came)


_OPEN = Q(closed_at=None, state__in=UNDECIDED)
NAMES = ("came", "unseen", "danger", "late")
"""The figures of which `listed` gives the rows."""


def _counted(name: str, since: datetime, at: datetime) -> Q:
    """Which contacts a figure counts: the count and its list read the same words."""
    return {
        "came": Q(received_at__gte=since),
        "unseen": _OPEN & Q(looked=0),
        "danger": _OPEN & Q(danger_rank=0),
        "late": _OPEN & Q(due_at__lt=at),
    }[name]


Place = tuple[int, datetime, int, int]
"""Where a page of a figure's list ended: danger, due, council, contact."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One contact that a figure counts."""

    authority_id: int
    id: int
    key: UUID
    receipt: str
    received_at: datetime
    due_at: datetime
    danger_rank: int
    looked: bool
    decided: bool
    state: str
    children: tuple[str, ...]

    @property
    def place(self) -> Place:
        """Where it stands in a merged list."""
        return self.danger_rank, self.due_at, self.authority_id, self.id


def listed(
    name: str, *, since: datetime, by: Actor, at: datetime, after: Place | None = None, limit: int = 50
) -> list[Listed]:
    """The contacts that a figure counts, danger first, then the least time left; a page at a time, in two statements.

    It leaves no entry: whoever shows the rows does.

    :param name: one of `NAMES`
    :raises NotPermitted: `by` may not see figures, or may not read contacts
    """
    require(by, Permission.FIGURES_READ, authority=acting_council(by))
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = Contact.objects.defer("story").filter(_counted(name, since, at) & _beyond(after, acting_council(by)))
    rows = list(within(by, found).order_by("danger_rank", "due_at", "id")[:limit])
    children: dict[int, list[str]] = {row.pk: [] for row in rows}
    for person in within(by, Named.objects.filter(contact__in=rows, kind__in=CHILD_KINDS)).order_by("position"):
        children[person.contact_id].append(person.label)
    return [
        Listed(
            row.authority_id, row.pk, row.key, row.receipt, row.received_at, row.due_at, row.danger_rank,
            bool(row.looked), row.state not in UNDECIDED, row.get_state_display(), tuple(children[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def _beyond(after: Place | None, authority: int) -> Q:
    """The rows after a place, within one council, by (danger, due, council, contact)."""
    if after is None:
        return Q()
    rank, due, council, contact = after
    same = Q(danger_rank=rank, due_at=due)
    later = Q(danger_rank__gt=rank) | Q(danger_rank=rank, due_at__gt=due)
    if authority == council:
        return later | (same & Q(id__gt=contact))
    return later | same if authority > council else later
