"""The figures of this moment about contacts: counts over what is open alone, in one statement."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact
from frontdoor.contacts.rules.states import ContactState

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
    open_now = within(by, Contact.objects.filter(closed_at=None, state__in=UNDECIDED))
    found = open_now.aggregate(
        unseen=Count("id", filter=Q(looked=0)),
        danger=Count("id", filter=Q(danger_rank=0)),
        late=Count("id", filter=Q(due_at__lt=at)),
        with_manager=Count("id", filter=Q(state=ContactState.RECOMMENDED)),
    )
    came = within(by, Contact.objects.filter(received_at__gte=since)).aggregate(
        came_today=Count("id"), mistaken=Count("id", filter=Q(state=ContactState.VOIDED))
    )
    return Figures(**found, **came)
