"""The team around a family, and whose families somebody may open by it."""

from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require
from frontdoor.earlyhelp.models import Episode
from frontdoor.familyhelp.models import Practitioner


def team(episode: Episode, *, by: Actor) -> list[Practitioner]:
    """Everybody who is or was in the team, in the order in which they came."""
    return list(within(by, Practitioner.objects.filter(episode=episode)).order_by("id"))


def is_of_team(episode: Episode, *, by: Actor) -> bool:
    """Whether `by` is in the team of a family now."""
    if by.user_id is None:
        return False
    return within(by, Practitioner.objects.filter(episode=episode, user=by.user_id, until=None)).exists()


def opens(episode: Episode, *, by: Actor) -> bool:
    """Whether `by` may open a family that they have just opened: by what they are in the hub, or in its team."""
    return by.may(Permission.EARLY_HELP_READ) or is_of_team(episode, by=by)


def reached(
    key: UUID | str, permission: Permission = Permission.FAMILY_HELP_READ, *, by: Actor, lock: bool = False
) -> Episode:
    """A family's help, if `by` may open it: by what they are in the hub, or because they are in its team.

    Whoever works at the hub (reading: `early-help.read`; writing: `early-help.keep`) opens every family of the council
    that no restriction keeps from them; everybody else only a family in whose team they are now.

    :param permission: `family-help.read`, or `family-help.work` for whoever is about to write
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
    if not by.may(hub) and not is_of_team(row, by=by):
        raise NotFound
    return row


def seen_of(rows: list[Practitioner]) -> int:
    """How often a team has changed: everybody who came, and everybody who left."""
    return len(rows) + sum(row.until is not None for row in rows)
