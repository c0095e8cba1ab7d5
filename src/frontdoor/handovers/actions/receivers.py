"""Between whom work passes: the receiver, checked against the teams and people of today, and the giver's team."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdoor.access.models import User
from frontdoor.access.queries import actor_for
from frontdoor.actors.rules import Actor, InvalidInput, Permission
from frontdoor.codes import rules as codes
from frontdoor.handovers import rules
from frontdoor.organisations.models import Function, Team
from frontdoor.organisations.queries import team_for, teams


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """To whom a slip goes, checked against the teams and people of today."""

    destination: rules.Destination
    route: str = ""
    team: Team | None = None
    user: int | None = None
    manager: int | None = None
    function: str = ""
    council: int | None = None
    outside: str = ""

    @property
    def restricted(self) -> bool:
        route = codes.ROUTES.get(self.route)
        inbox = self.team is not None and self.team.restricted
        return self.destination.restricted or inbox or (route is not None and route.restricted)

    def values(self, authority: int) -> dict[str, Any]:
        """The columns of the slip that say where it goes."""
        return {
            "destination": self.destination.code, "route": self.route, "restricted": self.restricted,
            "to_team_id": self.team.pk if self.team else None, "to_user": self.user, "to_manager": self.manager,
            "to_function": self.function, "to_outside": self.outside,
            "to_authority_id": authority if self.council is None else self.council,
        }  # fmt: skip


def receiver(
    to: str, *, route: str, team_id: int | None, worker: int | None, manager: int | None, by: Actor, at: datetime
) -> Receiver:
    """The team of this council that receives there, and the people named.

    :raises InvalidInput: no such destination, route or team; worker and manager are not of the team; another council
    :raises NotFound: no team of this council receives for that destination
    """
    destination = rules.destination(to)
    if destination.another_council:
        raise InvalidInput(to="Another council gets a slip of its own: name the council.")
    if route and route not in codes.ROUTES:
        raise InvalidInput(route="Choose a route from the list.")
    team = team_for(destination.function, by=by, at=at) if team_id is None else _team(team_id, by=by, at=at)
    if destination.names_worker:
        _worker_and_manager(team, worker, manager, by=by, at=at)
    return Receiver(
        destination=destination, route=route, team=team, function=team.function, user=worker, manager=manager
    )


def _team(team_id: int, *, by: Actor, at: datetime) -> Team:
    for team in teams(by=by, at=at):
        if team.pk == team_id:
            return team
    raise InvalidInput(team="Choose a team of this council.")


def _worker_and_manager(team: Team, worker: int | None, manager: int | None, *, by: Actor, at: datetime) -> None:
    """See that a worker and another person who manages that team are named, both covering it today.

    :raises InvalidInput: one is missing, covers another team, or both are one
    """
    if worker is None or not _covers(team, worker, by=by, at=at):
        raise InvalidInput(worker=f"Name a worker of {team.name}.")
    if manager is None or manager == worker or not _covers(team, manager, by=by, at=at, manages=True):
        raise InvalidInput(manager=f"Name the manager of {team.name}: both are told.")


def _covers(team: Team, user_id: int, *, by: Actor, at: datetime, manages: bool = False) -> bool:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return False
    actor = actor_for(user, at=at).at(by.authority)
    return team.pk in rules.teams(actor) and (not manages or actor.may(Permission.DIRECTION_GIVE))


def from_team(team_id: int | None, *, by: Actor, at: datetime) -> int:
    """The giver's team: theirs if one is named, else their first, else the contact centre that owns what arrives."""
    if team_id is not None:
        return _team(team_id, by=by, at=at).pk
    mine = sorted(rules.teams(by))
    return mine[0] if mine else team_for(Function.CONTACT_CENTRE, by=by, at=at).pk
