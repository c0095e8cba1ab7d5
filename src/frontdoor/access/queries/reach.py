"""Turning posts and delegations into an Actor: what somebody reaches at this instant."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from frontdoor.access.models import User
from frontdoor.access.rules import (
    QUALIFIED_ROLES,
    ROLE_NAMES,
    ROLES,
    Role,
    receiving_permissions,
)
from frontdoor.actors.queries import planned_once
from frontdoor.actors.rules import Actor, NotFound, Permission
from frontdoor.organisations.rules import london_day

_POSTS = """
WITH held AS (
  SELECT post.id, post.role, post.agency_id, team.id AS team_id, team.name, team.authority_id,
         team.agency_id AS operator_id, team.function
    FROM access_post post
    JOIN organisations_team team ON team.id = post.team_id
   WHERE post.user_id = %(user)s AND post.starts_on <= %(day)s AND coalesce(post.ends_on, %(day)s) >= %(day)s
     AND team.opened_on <= %(day)s AND coalesce(team.closed_on, %(day)s) >= %(day)s
), reached AS (
  SELECT authority_id, id, role, team_id, name, agency_id FROM held
  UNION ALL
  SELECT delegation.authority_id, held.id, held.role, team.id, held.name, held.agency_id
    FROM held
    JOIN organisations_delegation delegation
      ON delegation.operator_id = held.operator_id AND delegation.function = held.function
     AND delegation.starts_on <= %(day)s AND coalesce(delegation.ends_on, %(day)s) >= %(day)s
    LEFT JOIN organisations_team team
      ON team.authority_id = delegation.authority_id AND team.function = delegation.function
     AND team.opened_on <= %(day)s AND coalesce(team.closed_on, %(day)s) >= %(day)s
)
SELECT reached.authority_id, reached.role, reached.team_id, reached.name, agency.key::text, council.slug, council.name
  FROM reached
  JOIN organisations_agency agency ON agency.id = reached.agency_id
  JOIN councils_council council ON council.id = reached.authority_id
 ORDER BY reached.authority_id, reached.id, reached.team_id
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A council as pages name it."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An account's actor, and the councils that it reaches, as one statement found them.

    :param receiving: what the account may do at receiving addresses of any council
    """

    actor: Actor
    councils: tuple[Place, ...]
    roles: frozenset[Role]
    receiving: frozenset[Permission]

    def place(self, slug: str) -> Place | None:
        """The council of that slug, if it is in reach."""
        return next((place for place in self.councils if place.slug == slug), None)


def standing(user: User, *, at: datetime) -> Standing:
    """Everything that an account's posts and the delegations give it at this instant, in one statement."""
    rows = planned_once(_POSTS, {"user": user.pk, "day": london_day(at)})
    reach: dict[int, set[Permission]] = defaultdict(set)
    teams: dict[int, set[int]] = defaultdict(set)
    posts: dict[int, str] = {}
    councils: dict[int, Place] = {}
    for authority, role, team, team_name, _, slug, council in rows:
        reach[authority] |= ROLES[Role(role)]
        teams[authority] |= {team} if team else set()
        posts.setdefault(authority, f"{ROLE_NAMES[Role(role)]}, {team_name}")
        councils[authority] = Place(authority, slug, council)
    roles = frozenset(Role(row[1]) for row in rows)
    actor = Actor(
        name=f"user:{user.pk}",
        label=user.name,
        user_id=user.pk,
        reach=MappingProxyType({authority: frozenset(permissions) for authority, permissions in reach.items()}),
        teams=MappingProxyType({authority: frozenset(found) for authority, found in teams.items()}),
        post=next(iter(posts.values()), ""),
        posts=MappingProxyType(posts),
        agency=rows[0][4] if rows else "",
        qualified=bool(user.registration) and bool(roles & QUALIFIED_ROLES),
    )
    return Standing(actor, tuple(councils.values()), roles, receiving_permissions(set(roles)))


def actor_for(user: User, *, at: datetime) -> Actor:
    """The actor of an account at this instant, acting for no council yet."""
    return standing(user, at=at).actor


_IN_REACH = """
SELECT DISTINCT account.id, account.name, post.role,
       CASE WHEN team.authority_id = %(authority)s THEN team.id ELSE covered.id END
  FROM access_post post
  JOIN access_user account ON account.id = post.user_id AND account.is_active
  JOIN organisations_team team ON team.id = post.team_id
  LEFT JOIN organisations_delegation delegation
    ON delegation.operator_id = team.agency_id AND delegation.function = team.function
   AND delegation.authority_id = %(authority)s
   AND delegation.starts_on <= %(day)s AND coalesce(delegation.ends_on, %(day)s) >= %(day)s
  LEFT JOIN organisations_team covered
    ON covered.authority_id = delegation.authority_id AND covered.function = delegation.function
   AND covered.opened_on <= %(day)s AND coalesce(covered.closed_on, %(day)s) >= %(day)s
 WHERE post.starts_on <= %(day)s AND coalesce(post.ends_on, %(day)s) >= %(day)s
   AND team.opened_on <= %(day)s AND coalesce(team.closed_on, %(day)s) >= %(day)s
   AND (team.authority_id = %(authority)s OR delegation.id IS NOT NULL)
 ORDER BY account.name
"""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who reaches the council today.

    :param posts: the council's teams that their posts cover, each with the role held there
    """

    id: int
    name: str
    roles: frozenset[Role]
    posts: frozenset[tuple[int, Role]] = frozenset()

    def may(self, permission: Permission) -> bool:
        return any(permission in ROLES[role] for role in self.roles)


def colleagues(*, by: Actor, at: datetime) -> list[Colleague]:
    """Everybody whose posts reach the council acted for today, by name.

    Work that stands in the name of somebody else is nobody's: lists show it as waiting again.
    """
    rows = planned_once(_IN_REACH, {"authority": by.authority, "day": london_day(at)})
    roles: dict[int, set[Role]] = defaultdict(set)
    posts: dict[int, set[tuple[int, Role]]] = defaultdict(set)
    names: dict[int, str] = {}
    for user, name, role, team in rows:
        roles[user].add(Role(role))
        posts[user] |= {(team, Role(role))} if team else set()
        names[user] = name
    return [Colleague(user, name, frozenset(roles[user]), frozenset(posts[user])) for user, name in names.items()]


def colleague(user_id: int, *, by: Actor, at: datetime) -> Colleague:
    """One colleague who reaches the council today.

    :raises NotFound: nobody of that number does
    """
    for found in colleagues(by=by, at=at):
        if found.id == user_id:
            return found
    raise NotFound


def names(user_ids: set[int], *, by: Actor) -> dict[int, str]:
    """The names of accounts by number, also of people who have left: what they did stays theirs."""
    if not user_ids:
        return {}
    return dict(planned_once("SELECT id, name FROM access_user WHERE id = ANY(%s::bigint[])", [list(user_ids)]))
