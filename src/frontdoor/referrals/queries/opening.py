"""One referral whole: its opening is an entry of the trail; and the referrals of one contact."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdoor.access.queries import Colleague, colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.contacts.models import Contact
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.rules import Page
from frontdoor.organisations.queries import teams
from frontdoor.people.models import CaseDate
from frontdoor.people.queries.feeding import Feed, case_dates, open_to
from frontdoor.referrals.models import Arrival, Milestone, Referral, Turn, Visit
from frontdoor.referrals.queries.judging import open_referral as open_referral_of
from frontdoor.referrals.rules.states import State
from frontdoor.shell.rules import day
from frontdoor.trail import actions as trail

KIND = "referrals.referral"
"""What clocks, slips and the trail call a referral."""


def visible(rows: QuerySet[Referral], *, by: Actor) -> QuerySet[Referral]:
    """Those that somebody may see: what is restricted is for the team that has it alone."""
    if by.is_system:
        return rows
    mine = by.teams.get(by.authority, frozenset()) if by.authority is not None else frozenset()
    return rows.filter(Q(restricted=False) | Q(team_id__in=mine))


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything about one referral.

    :param page: the page that travelled with the slip that began it; None where none did
    :param promised: why it was sent, in the giver's words
    :param names: of everybody named by number
    :param workers: to whom a manager may give it
    :param elsewhere: other assessment teams of the council, by number
    :param told: what the case system says was done for the child since the sending, as at the time of `feed`
    """

    referral: Referral
    page: Page | None
    promised: str
    arrivals: tuple[Arrival, ...]
    visits: tuple[Visit, ...]
    milestones: tuple[Milestone, ...]
    turns: tuple[Turn, ...]
    clocks: tuple[Shown, ...]
    names: dict[int, str]
    teams: dict[int, str]
    workers: tuple[Colleague, ...] = ()
    elsewhere: dict[int, str] = field(default_factory=dict)
    feed: Feed | None = None
    told: tuple[CaseDate, ...] = ()

    @property
    def standing(self) -> dict[str, Milestone]:
        """The dates that stand, by kind."""
        return {each.kind: each for each in self.milestones if each.struck_at is None}


def one(key: UUID | str, *, by: Actor) -> Referral:
    """The row, for whoever may read referrals.

    :raises NotFound: absent, another council's, or restricted to a team that is not the actor's
    :raises NotPermitted: `by` does not read referrals
    """
    rows = Referral.objects.select_related("contact", "matter", "named", "same_as").filter(key=key)
    found = within(by, visible(rows, by=by)).first()
    if found is None:
        raise NotFound
    require(by, Permission.REFERRAL_READ, authority=found.authority_id)
    return found


def open_referral(key: UUID | str, *, by: Actor, at: datetime) -> Opened:
    """Open one referral; the opening is recorded.

    :raises NotFound: absent, another council's, or restricted to a team that is not the actor's
    :raises NotPermitted: `by` does not read referrals
    """
    found = one(key, by=by)
    arrivals = tuple(within(by, found.arrivals.select_related("contact")).order_by("sent_at", "id"))
    visits = tuple(within(by, found.visits.all()).order_by("made_at", "id"))
    milestones = tuple(within(by, found.milestones.all()).order_by("on", "id"))
    turns = tuple(within(by, found.turns.all()).order_by("-at", "-id"))
    ours = {team.pk: team for team in teams(by=by, at=at)}
    here = colleagues(by=by, at=at)
    page, promised = _travelled(arrivals, by=by)
    own = ours.get(found.team_id)
    knows = found.person_id is not None and by.may(Permission.PERSON_READ)
    person = {found.person_id} if found.person_id is not None and knows else set()
    feed = open_to(person, by=by, at=at) if person else None
    told = case_dates(person, since=found.began_on, by=by) if person else {}
    opened = Opened(
        found, page, promised, arrivals, visits, milestones, turns,
        tuple(clocks.for_subject((KIND, found.key), by=by, at=at)), names(_people(found, visits, milestones), by=by),
        {pk: team.name for pk, team in ours.items()},
        tuple(
            each
            for each in here
            if each.may(Permission.REFERRAL_KEEP) and any(team == found.team_id for team, _ in each.posts)
        ),
        {pk: team.name for pk, team in ours.items() if own and pk != own.pk and team.function == own.function},
        feed, tuple(each for those in told.values() for each in those),
    )  # fmt: skip
    trail.record("referrals.open", subject=found, by=by, at=at)
    return opened


def _travelled(arrivals: Iterable[Arrival], *, by: Actor) -> tuple[Page | None, str]:
    """The page of the slip that began it, as far as the reader may see that."""
    first = next(iter(arrivals), None)
    if first is None:
        return None, ""
    try:
        return handovers.travelling(first.slip, by=by)
    except NotFound:
        return None, ""


def _people(found: Referral, visits: Iterable[Visit], milestones: Iterable[Milestone]) -> set[int]:
    named = {found.worker, found.settled_by}
    for visit in visits:
        named |= {visit.recorded_by, visit.struck_by}
    for milestone in milestones:
        named |= {milestone.recorded_by, milestone.struck_by}
    return {person for person in named if person is not None}


def why_not_reopened(referral: Referral, *, by: Actor) -> str:
    """Why a referral cannot be opened again; empty where it can be."""
    if State(referral.state) is not State.CLOSED:
        return f"Only a closed referral is opened again. Where this one stands: {State(referral.state).words.lower()}."
    newer = open_referral_of(referral.named, referral.person_id, by=by)
    return f"This child has an open referral, sent on {day(newer.began_on)}. Go on there." if newer else ""


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one child of a contact, as the giver sees it.

    :param due_at: when the child is to be seen, while they are not
    """

    referral: Referral
    child: str
    worker: str
    due_at: datetime | None


def of_contact(contact: Contact, *, by: Actor, at: datetime) -> list[Became]:
    """The referrals that a contact began or brought more to, in the order of its children; for a part of its page."""
    if not by.may(Permission.REFERRAL_READ):
        return []
    came = within(by, Arrival.objects.filter(contact=contact)).order_by("sent_at", "id")
    keys = list(dict.fromkeys(came.values_list("referral_id", flat=True)))
    rows = within(by, visible(Referral.objects.filter(pk__in=keys).select_related("named"), by=by))
    found = sorted(rows, key=lambda row: (row.named.position if row.named else 0, row.pk))
    known = names({row.worker for row in found if row.worker is not None}, by=by)
    running = clocks.for_subjects(KIND, [row.key for row in found], by=by, at=at)
    return [
        Became(
            row, row.named.label if row.named else "No child named", known.get(row.worker or 0, ""),
            min(
                (
                    clock.reading.due_at for clock in running.get(str(row.key), [])
                    if clock.kind.name.startswith("referrals.seen")
                ),
                default=None,
            ),
        )
        for row in found
    ]  # fmt: skip
