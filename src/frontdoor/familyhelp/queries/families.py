"""One family as its team opens it, and the list of the families in whose team somebody is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.earlyhelp.models import Agreement, Episode, Member, StepUp
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.earlyhelp.rules.agreeing import Purpose, agreed
from frontdoor.earlyhelp.rules.states import State
from frontdoor.familyhelp.models import Check, Meeting, Plan, PlanAction, Practitioner
from frontdoor.familyhelp.queries.standing import CHECK
from frontdoor.familyhelp.queries.team import reached, team
from frontdoor.familyhelp.rules.checking import DUE, Which
from frontdoor.familyhelp.rules.team import OF_THE_COUNCIL, is_told
from frontdoor.shell.rules import Paged, cut, london
from frontdoor.trail import actions as trail

PAGE = 50
MOST = 500
"""Families of one person in one council: nobody works with more."""
FAR, SOON = timedelta(days=400), timedelta(days=7)
LONDON = ZoneInfo("Europe/London")
FOREVER, LAST = datetime.max.replace(tzinfo=UTC), time(23, 59)
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
    step_ups: tuple[StepUp, ...]
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
    def told(self) -> tuple[Practitioner, ...]:
        """Who of them may be told of it now: of another agency only while the family agrees."""
        shares = self.agrees(Purpose.SHARING)
        return tuple(each for each in self.standing if is_told(own=each.own, shares=shares))

    @property
    def unled(self) -> bool:
        """Whether somebody of this council has to lead: who leads is of an agency that may not be told."""
        return self.lead is not None and self.lead not in self.told

    @property
    def label(self) -> str:
        """How a heading names the family: its children."""
        return label_of_children(self.members)

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
    row = reached(key, permission, by=by, at=at)
    found = Family(
        row,
        tuple(finding.members(row, by=by)),
        tuple(finding.said(row, by=by)),
        tuple(team(row, by=by)),
        tuple(within(by, StepUp.objects.select_related("contact").filter(episode=row)).order_by("id")),
        at,
    )
    trail.record("familyhelp.open", subject=row, by=by, at=at)
    return found


def children_of(episode: Episode, *, by: Actor) -> str:
    """How a page names a family that its reader has opened: its children."""
    return label_of_children(finding.members(episode, by=by))


def label_of_children(members: Iterable[Member]) -> str:
    """The children among the people of a family, in words."""
    return ", ".join(label_of(each.named) for each in members if each.is_child) or "No child named"


@dataclass(frozen=True, slots=True)
class Mine:
    """A family in whose team somebody is, on their list.

    :param lead: who leads it; empty where nobody does
    :param next: what is due first; empty where nothing is
    :param asks: whether that is to ask how it goes
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
    asks: bool

    @property
    def place(self) -> Place:
        """Its place in the list: what is due first stands first, and last what nothing is due of."""
        return self.due_at or self.since + FAR, self.authority, self.id

    @property
    def settled_place(self) -> Place:
        return self.place


def my_families(*, after: Place | None = None, limit: int = PAGE, by: Actor, at: datetime) -> Paged[Mine]:
    """One page of the families in whose team `by` is now, what is due first in front; an entry.

    Those that are open, and those whose help has ended while somebody is still to ask how it goes.

    :param after: where a page of the merged list ended, perhaps in another council's row
    :raises NotPermitted: `by` does not read what is done with families
    """
    require(by, Permission.FAMILY_HELP_READ, authority=acting_council(by))
    found = _mine(by=by, at=at)
    page = cut([each for each in found if after is None or each.place > after][: limit + 1], limit)
    trail.record("familyhelp.list", by=by, at=at, families=[str(row.key) for row in page])
    return page


def _mine(*, by: Actor, at: datetime) -> list[Mine]:
    asked = within(by, Check.objects.filter(state=DUE)).values("episode")
    mine = Practitioner.objects.select_related("episode").filter(user=by.user_id, until=None)
    mine = mine.filter(Q(episode__settled_at=None) | Q(episode__in=asked))
    rows = [row for row in within(by, mine).order_by("id")[:MOST] if row.user is not None]
    shares = finding.agreeing({row.episode_id for row in rows if not row.own}, Purpose.SHARING, by=by, at=at)
    rows = [row for row in rows if is_told(own=row.own, shares=row.episode_id in shares)]
    return sorted(_listed(rows, by=by, at=at), key=lambda each: each.place)


def due_soon(*, by: Actor, at: datetime) -> list[Mine]:
    """Of somebody's families those of which something is late, or due within a week; my work notes it."""
    return [each for each in _mine(by=by, at=at) if each.due_at is not None and each.due_at <= at + SOON]


def unled(*, only: Collection[int] | None = None, by: Actor, at: datetime) -> list[Mine]:
    """Families that somebody of this council has to lead: who leads is of an agency that may not be told any more.

    The families whose help nobody agrees to are left out: they have a warning of their own, and nothing is changed.

    :param only: among these, by their numbers; else those with `by`, and those with nobody of their team
    """
    leads = Practitioner.objects.select_related("episode").filter(
        leads=True, own=False, until=None, episode__state=State.ALLOCATED.value
    )
    if only is None:
        mine = by.teams.get(acting_council(by), frozenset())
        leads = leads.filter(Q(episode__holder=by.user_id) | Q(episode__holder=None, episode__team_id__in=mine))
    else:
        leads = leads.filter(episode__in=only)
    rows = list(within(by, leads).order_by("id")[:MOST])
    those = {row.episode_id for row in rows}
    shares = finding.agreeing(those, Purpose.SHARING, by=by, at=at)
    helps = finding.agreeing(those, Purpose.HELP, by=by, at=at)
    found = _listed([row for row in rows if row.episode_id in helps - shares], by=by, at=at)
    return [replace(each, next=OF_THE_COUNCIL, due_at=None) for each in found]


def _listed(rows: list[Practitioner], *, by: Actor, at: datetime) -> list[Mine]:
    episodes = [row.episode for row in rows]
    children: dict[int, list[str]] = {each.pk: [] for each in episodes}
    people = Member.objects.select_related("named").filter(episode__in=episodes, is_child=True, same_as=None)
    for member in within(by, people).order_by("position", "id"):
        children[member.episode_id].append(label_of(member.named))
    leading = within(by, Practitioner.objects.filter(episode__in=episodes, leads=True, until=None))
    leads = dict(leading.values_list("episode_id", "name"))
    first = _first_due(episodes, by=by, at=at)
    return [
        Mine(
            row.episode.key, row.episode.pk, row.authority_id, row.episode.reference,
            tuple(children[row.episode.pk]), State(row.episode.state), row.leads, leads.get(row.episode.pk, ""),
            row.since, *first.get(row.episode.pk, ("", None, False)),
        )
        for row in rows
    ]  # fmt: skip


def _first_due(episodes: list[Episode], *, by: Actor, at: datetime) -> dict[int, tuple[str, datetime, bool]]:
    """What is due first with a family, when, and whether it is to ask how it goes, by the family's number.

    Of an open plan its review, an action, a meeting; where somebody is to ask how it goes, that.
    """
    still = [each for each in episodes if each.settled_at is None]
    due: dict[int, list[tuple[datetime, str]]] = {}
    for plan in within(by, Plan.objects.filter(episode__in=still)).exclude(review_at=None):
        due.setdefault(plan.episode_id, []).append((plan.review_at or FOREVER, "Review of the plan"))
    doing = PlanAction.objects.select_related("plan").filter(plan__episode__in=still, outcome="")
    for each in within(by, doing).order_by("id"):
        when = datetime.combine(each.due_on, LAST, tzinfo=LONDON)
        due.setdefault(each.plan.episode_id, []).append((when, f"Action: {each.what}"[:120]))
    held = within(by, Meeting.objects.filter(episode__in=still, state="planned"))
    for meeting in held.order_by("id"):
        due.setdefault(meeting.episode_id, []).append((meeting.starts_at, "Meeting"))
    first = {pk: (words, when, False) for pk, found in due.items() for when, words in [min(found)]}
    for pk, (words, when) in _first_asked(episodes, by=by, at=at).items():
        if pk not in first or when < first[pk][1]:
            first[pk] = words, when, True
    return first


def _first_asked(episodes: list[Episode], *, by: Actor, at: datetime) -> dict[int, tuple[str, datetime]]:
    """By a family's number the next time at which somebody asks how it goes, and when its clock runs out."""
    rows = list(within(by, Check.objects.filter(episode__in=episodes, state=DUE)).order_by("-since", "-id"))
    running = clocks.for_subjects(CHECK, [row.key for row in rows], by=by, at=at)
    found: dict[int, tuple[str, datetime]] = {}
    for row in rows:
        due = min((each.reading.due_at for each in running.get(str(row.key), [])), default=None)
        if due is not None and (row.episode_id not in found or due < found[row.episode_id][1]):
            found[row.episode_id] = f"Ask how it goes: {Which(row.which).words.lower()}", due
    return found
