"""The list of a council's referrals, late first, narrowed as asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdoor.access.queries import colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.organisations.queries import teams
from frontdoor.referrals.models import Referral
from frontdoor.referrals.queries.opening import KIND, visible
from frontdoor.referrals.rules.states import State
from frontdoor.shell.rules import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50
WHICH = {
    "": "All that are open",
    "mine": "With me",
    "late": "Late",
    "not_accepted": "Not accepted yet",
    "not_picked": "Nobody has picked up",
    "not_seen": "Child not seen",
    "not_alone": "Seen, not alone",
    "twice": "The same child twice",
    "closed": "Closed",
}
"""How the list may be narrowed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One referral on a list.

    :param worker: empty where nobody has it, or whoever had it has left
    :param first: the running clock that is due first; None where none runs
    """

    key: UUID
    id: int
    authority: int
    label: str
    child: str
    urgent: bool
    section47: bool
    counts: str
    state: State
    team: str
    worker: str
    began_at: datetime
    due_at: datetime
    settled_at: datetime | None
    visited_at: datetime | None
    seen_at: datetime | None
    alone_at: datetime | None
    unseen: bool
    not_alone: bool
    first: Shown | None

    @property
    def settled_place(self) -> tuple[datetime, int, int]:
        """Its place in the list of what is closed."""
        return self.settled_at or self.began_at, self.authority, self.id

    @property
    def place(self) -> tuple[datetime, int, int]:
        """Its place in the list of what is open, also merged over councils."""
        return self.due_at, self.authority, self.id


def _narrowed(which: str, *, by: Actor, at: datetime) -> QuerySet[Referral]:
    rows = visible(Referral.objects.select_related("named"), by=by)
    if which == "closed":
        return rows.exclude(settled_at=None)
    here = [each.id for each in colleagues(by=by, at=at)] if which == "not_picked" else []
    narrow = {
        "mine": Q(worker=by.user_id), "late": Q(due_at__lt=at),
        "not_accepted": Q(state__in=(State.OFFERED, State.BACK)),
        "not_picked": Q(state=State.ACCEPTED) | (Q(state=State.IN_WORK) & ~Q(worker__in=here)),
        "not_seen": Q(unseen_since__isnull=False),
        "not_alone": Q(seen_at__isnull=False, alone_since__isnull=False, unseen_since=None),
        "twice": Q(same_as__isnull=False),
    }  # fmt: skip
    return rows.filter(narrow.get(which, Q()), settled_at=None)


def referrals(
    *, which: str = "", after: tuple[datetime, int, int] | None = None, limit: int = PAGE, by: Actor, at: datetime,
) -> Paged[Listed]:  # fmt: skip
    """One page of the council's referrals: open ones by what is due first, or the last ones settled; an entry.

    :param which: a key of `WHICH`
    :param after: where a page of the merged list ended, perhaps in another council's referral
    :raises NotPermitted: `by` does not read referrals
    """
    require(by, Permission.REFERRAL_READ, authority=acting_council(by))
    rows = within(by, _narrowed(which, by=by, at=at))
    if which == "closed":
        found = list(rows.order_by("-settled_at", "-id")[:limit])
        listed = cut(_listed(found, by=by, at=at), limit)
    else:
        found = list(rows.filter(clocks.beyond(after, acting_council(by))).order_by("due_at", "id")[: limit + 1])
        listed = cut(_listed(found, by=by, at=at), limit)
    trail.record("referrals.list", by=by, at=at, which=which, referrals=[str(row.key) for row in listed])
    return listed


def _listed(found: Sequence[Referral], *, by: Actor, at: datetime) -> list[Listed]:
    if not found:
        return []
    here = {each.id for each in colleagues(by=by, at=at)}
    known = names({row.worker for row in found if row.worker is not None and row.worker in here}, by=by)
    ours = {team.pk: team.name for team in teams(by=by, at=at)}
    running = clocks.for_subjects(KIND, [row.key for row in found], by=by, at=at)
    return [
        Listed(
            row.key, row.pk, row.authority_id, row.label, row.named.label if row.named else "No child named",
            row.urgent, row.section47, row.counts, State(row.state), ours.get(row.team_id, ""),
            known.get(row.worker or 0, ""), row.began_at, row.due_at, row.settled_at, row.visited_at, row.seen_at,
            row.alone_at, row.unseen_since is not None, row.alone_since is not None,
            next(iter(running.get(str(row.key), [])), None),
        )
        for row in found
    ]  # fmt: skip


def waits_for(*, by: Actor, at: datetime, most: int = 50) -> list[Listed]:
    """What is with one person, and what their team has and nobody has picked up; for my work, which records it."""
    mine = by.teams.get(acting_council(by), frozenset())
    wanted = Q(worker=by.user_id) | Q(worker=None, team_id__in=mine, state=State.ACCEPTED)
    rows = visible(Referral.objects.select_related("named").filter(wanted, settled_at=None), by=by)
    return _listed(list(within(by, rows).order_by("due_at", "id")[:most]), by=by, at=at)
