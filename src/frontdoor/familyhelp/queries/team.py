"""The team around a family, and whose families somebody may open by it."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.queries.lists import KIND
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.familyhelp.models import Practitioner
from frontdoor.familyhelp.rules import planning
from frontdoor.familyhelp.rules.team import is_told


def team(episode: Episode, *, by: Actor) -> list[Practitioner]:
    """Everybody who is or was in the team, in the order in which they came."""
    return list(within(by, Practitioner.objects.filter(episode=episode)).order_by("id"))


def told(episode: Episode, *, by: Actor, at: datetime) -> list[Practitioner]:
    """Who of the team as it stands may be told of the family now: of another agency only while the family agrees."""
    rows = within(by, Practitioner.objects.filter(episode=episode, until=None)).order_by("id")
    return [row for row in rows if _is_told(row, episode, by=by, at=at)]


def is_of_team(episode: Episode, *, by: Actor, at: datetime) -> bool:
    """Whether `by` is in the team of a family now, and may be told of it."""
    if by.user_id is None:
        return False
    row = within(by, Practitioner.objects.filter(episode=episode, user=by.user_id, until=None)).first()
    return row is not None and _is_told(row, episode, by=by, at=at)


def _is_told(row: Practitioner, episode: Episode, *, by: Actor, at: datetime) -> bool:
    shares = row.own or finding.agrees(episode, Purpose.SHARING, by=by, at=at)
    return is_told(own=row.own, shares=shares)


def opens(episode: Episode, *, by: Actor, at: datetime) -> bool:
    """Whether `by` may open a family that they have just opened: by what they are in the hub, or in its team."""
    return by.may(Permission.EARLY_HELP_READ) or is_of_team(episode, by=by, at=at)


def hears_of_clocks(episode: Episode, *, by: Actor, at: datetime) -> int | None:
    """Whom the clocks of a family's plan tell first: who leads, with an account and told of it; else who holds it."""
    row = within(by, Practitioner.objects.filter(episode=episode, leads=True, until=None)).first()
    return hears(row, episode.holder, told=row is not None and _is_told(row, episode, by=by, at=at))


def hears(lead: Practitioner | None, holder: int | None, *, told: bool) -> int | None:
    """The same where it is known already whether who leads may be told."""
    return (lead.user if lead is not None and told else None) or holder


def plan_clocks(episode: Episode, *, by: Actor, at: datetime) -> list[Shown]:
    """The running clocks of a family's plan, in the order in which they started."""
    names = {kind.name for kind in planning.CLOCKS}
    every = clocks.for_subject((KIND, episode.key), by=by, at=at)
    return [each for each in every if each.stopped_at is None and each.kind.name in names]


def reached(
    key: UUID | str, permission: Permission = Permission.FAMILY_HELP_READ, *, by: Actor, at: datetime,
    lock: bool = False,
) -> Episode:  # fmt: skip
    """A family's help, if `by` may open it: by what they are in the hub, or because they are in its team.

    Whoever works at the hub (reading: `early-help.read`; writing: `early-help.keep`) opens every family of the council
    that no restriction keeps from them; everybody else only a family in whose team they are now, and of another agency
    only while somebody of the family agrees that agencies are told.

    :param permission: `family-help.read`, or another of this room for whoever is about to write
    :param lock: hold its row until the transaction ends
    :raises NotFound: absent, another council's, restricted, or not a family of theirs
    :raises NotPermitted: the permission is missing
    """
    rows = Episode.objects.filter(key=key)
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    row = within(by, rows).first()
    if row is None:
        raise NotFound
    require(by, permission, authority=row.authority_id)
    hub = Permission.EARLY_HELP_READ if permission is Permission.FAMILY_HELP_READ else Permission.EARLY_HELP_KEEP
    if not by.may(hub) and not is_of_team(row, by=by, at=at):
        raise NotFound
    return row


def seen_of(rows: list[Practitioner]) -> int:
    """How often a team has changed: everybody who came, and everybody who left."""
    return len(rows) + sum(row.until is not None for row in rows)
