"""Early help for one family whole: its opening is an entry of the trail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.contacts.models import Agreement as Told
from frontdoor.contacts.queries.reaching import Reached, asked_itself
from frontdoor.earlyhelp.models import (
    Agreement,
    Attempt,
    Episode,
    Look,
    Member,
    Offer,
    Review,
    Signpost,
    StepUp,
    Triage,
    Turn,
    Uptake,
)
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.queries.lists import KIND
from frontdoor.earlyhelp.rules.agreeing import Purpose, agreed, standing
from frontdoor.organisations.queries import teams
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything about early help for one family.

    :param said: every word about agreement, in the order in which it was written down
    :param told: what the contacts of the family say of its agreement; it is none to early help
    :param uptakes: the newest word on each signpost, by its number
    :param names: of everybody named by number
    :param asked: how a family that asked for help itself is to be reached, for whoever keeps early help
    """

    episode: Episode
    members: tuple[Member, ...]
    said: tuple[Agreement, ...]
    told: tuple[Told, ...]
    attempts: tuple[Attempt, ...]
    triages: tuple[Triage, ...]
    offers: tuple[Offer, ...]
    reviews: tuple[Review, ...]
    looks: tuple[Look, ...]
    step_ups: tuple[StepUp, ...]
    signposts: tuple[Signpost, ...]
    uptakes: dict[int, Uptake]
    turns: tuple[Turn, ...]
    clocks: tuple[Shown, ...]
    names: dict[int, str]
    teams: dict[int, str]
    earlier: tuple[Episode, ...]
    asked: Reached | None
    at: datetime

    @property
    def children(self) -> tuple[Member, ...]:
        return tuple(each for each in self.members if each.is_child)

    @property
    def standing(self) -> dict[tuple[int, str], Agreement]:
        """The newest word of each person on each purpose."""
        return standing(self.said)

    @property
    def limits(self) -> tuple[str, ...]:
        """Whom or what the family does not want told: said here, and said when it asked for help itself."""
        said = (*(each.limits for each in self.standing.values()), *(each.limits for each in self.told))
        return tuple(dict.fromkeys(each for each in said if each))

    def agrees(self, purpose: Purpose) -> bool:
        """Whether anybody's agreement to a purpose holds today."""
        return agreed(self.said, purpose, london(self.at).date())


def open_episode(key: UUID | str, *, by: Actor, at: datetime) -> Opened:
    """Open early help for one family; the opening is recorded.

    :raises NotFound: absent, or another council's
    :raises NotPermitted: `by` does not read early help
    """
    row = within(by, Episode.objects.select_related("contact").filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, Permission.EARLY_HELP_READ, authority=row.authority_id)
    people = tuple(finding.members(row, by=by))
    contacts = {each.matter.contact_id for each in people if each.matter} | {row.contact_id}
    offers = tuple(within(by, row.offers.select_related("provider")).order_by("id"))
    known = {row.holder, row.settled_by, *(each.by_user for each in offers)}
    found = Opened(
        row, people, tuple(finding.said(row, by=by)),
        tuple(within(by, Told.objects.filter(contact_id__in=contacts)).order_by("recorded_at", "id")),
        tuple(within(by, row.attempts.all()).order_by("made_at", "id")),
        tuple(within(by, row.triages.all()).order_by("id")), offers,
        tuple(within(by, row.reviews.all()).order_by("id")), tuple(within(by, row.looks.all()).order_by("id")),
        tuple(within(by, row.step_ups.select_related("contact")).order_by("id")),
        tuple(within(by, Signpost.objects.filter(episode=row)).order_by("id")),
        _uptakes(row, by=by),
        tuple(within(by, row.turns.all()).order_by("-at", "-id")),
        tuple(clocks.for_subject((KIND, row.key), by=by, at=at)),
        names({each for each in known if each is not None}, by=by),
        {team.pk: team.name for team in teams(by=by, at=at)},
        tuple(within(by, Episode.objects.filter(family=row.family).exclude(pk=row.pk)).order_by("-opened_at", "-id")),
        asked_itself(row.contact_id, by=by) if by.may(Permission.EARLY_HELP_KEEP) else None,
        at,
    )  # fmt: skip
    trail.record("earlyhelp.open", subject=row, by=by, at=at)
    return found


def _uptakes(row: Episode, *, by: Actor) -> dict[int, Uptake]:
    """The newest word on each service that the family was told of."""
    return {each.signpost_id: each for each in within(by, Uptake.objects.filter(signpost__episode=row)).order_by("id")}
