"""One family as its team opens it, and the list of the families in whose team somebody is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.earlyhelp.models import Agreement, Episode, Member
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.earlyhelp.rules.agreeing import Purpose, agreed
from frontdoor.earlyhelp.rules.states import State
from frontdoor.familyhelp.models import Practitioner
from frontdoor.familyhelp.queries.team import reached, team
from frontdoor.shell.rules import Paged, cut, london
from frontdoor.trail import actions as trail

PAGE = 50
MOST = 500
"""Families of one person in one council: nobody works with more."""
FAR = timedelta(days=400)
Place = tuple[datetime, int, int]


@dataclass(frozen=True, slots=True)
class Family:
    """One family that somebody opened.

    :param said: every word about agreement, in the order in which it was written down
    """

    episode: Episode
    members: tuple[Member, ...]
    said: tuple[Agreement, ...]
    team: tuple[Practitioner, ...]
    at: datetime

    @property
    def children(self) -> tuple[Member, ...]:
        return tuple(each for each in self.members if each.is_child)

    @property
    def standing(self) -> tuple[Practitioner, ...]:
        """Who is in the team now, whoever leads first."""
        return tuple(sorted((each for each in self.team if each.until is None), key=lambda each: not each.leads))

    @property
    def lead(self) -> Practitioner | None:
        return next((each for each in self.standing if each.leads), None)

    @property
    def label(self) -> str:
        """How a heading names the family: its children."""
        return ", ".join(label_of(each.named) for each in self.children) or "No child named"

    def agrees(self, purpose: Purpose = Purpose.HELP) -> bool:
        """Whether anybody's agreement to a purpose holds today."""
        return agreed(self.said, purpose, london(self.at).date())


def open_family(
    key: UUID | str, *, permission: Permission = Permission.FAMILY_HELP_READ, by: Actor, at: datetime
) -> Family:
    """Open a family that was taken on; the opening is recorded.

    :raises NotFound: absent, another council's, restricted, or not a family of theirs
    :raises NotPermitted: the permission is missing
    """
    row = reached(key, permission, by=by)
    found = Family(
        row, tuple(finding.members(row, by=by)), tuple(finding.said(row, by=by)), tuple(team(row, by=by)), at
    )
    trail.record("familyhelp.open", subject=row, by=by, at=at)
    return found


@dataclass(frozen=True, slots=True)
class Mine:
    """A family in whose team somebody is, on their list.

    :param lead: who leads it; empty where nobody does
    :param next: what is due first; empty where nothing is
    """

    key: UUID
    id: int
    authority: int
    reference: str
    children: tuple[str, ...]
    state: State
    leads: bool
    lead: str
    since: datetime
    next: str
    due_at: datetime | None

    @property
    def place(self) -> Place:
        """Its place in the list: what is due first stands first, and last what nothing is due of."""
        return self.due_at or self.since + FAR, self.authority, self.id

    @property
    def settled_place(self) -> Place:
        return self.place


def my_families(*, after: Place | None = None, limit: int = PAGE, by: Actor, at: datetime) -> Paged[Mine]:
    """One page of the open families in whose team `by` is now, what is due first in front; an entry.

    :param after: where a page of the merged list ended, perhaps in another council's row
    :raises NotPermitted: `by` does not read what is done with families
    """
    require(by, Permission.FAMILY_HELP_READ, authority=acting_council(by))
    mine = Practitioner.objects.select_related("episode").filter(user=by.user_id, until=None, episode__settled_at=None)
    rows = [row for row in within(by, mine).order_by("id")[:MOST] if row.user is not None]
    found = sorted(_listed(rows, by=by, at=at), key=lambda each: each.place)
    page = cut([each for each in found if after is None or each.place > after][: limit + 1], limit)
    trail.record("familyhelp.list", by=by, at=at, families=[str(row.key) for row in page])
    return page


def _listed(rows: list[Practitioner], *, by: Actor, at: datetime) -> list[Mine]:
    episodes = [row.episode for row in rows]
    children: dict[int, list[str]] = {each.pk: [] for each in episodes}
    people = Member.objects.select_related("named").filter(episode__in=episodes, is_child=True, same_as=None)
    for member in within(by, people).order_by("position", "id"):
        children[member.episode_id].append(label_of(member.named))
    leading = within(by, Practitioner.objects.filter(episode__in=episodes, leads=True, until=None))
    leads = dict(leading.values_list("episode_id", "name"))
    return [
        Mine(
            row.episode.key, row.episode.pk, row.authority_id, row.episode.reference,
            tuple(children[row.episode.pk]), State(row.episode.state), row.leads, leads.get(row.episode.pk, ""),
            row.since, "", None,
        )
        for row in rows
    ]  # fmt: skip
