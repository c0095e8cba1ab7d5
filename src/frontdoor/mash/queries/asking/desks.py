"""The agencies that a council asks."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.mash.models import Desk
from frontdoor.mash.rules.asking.sets import Asks
from frontdoor.organisations.models import Agency
from frontdoor.organisations.queries import agencies
from frontdoor.organisations.rules import london_day
from frontdoor.trail import actions as trail


def desks(*, by: Actor, at: datetime, ended: bool = False) -> list[Desk]:
    """The agencies that are asked today or later, by line and name.

    :param ended: those that are asked no more as well
    :raises NotPermitted: `by` reads no enquiries
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    found = within(by, Desk.objects.all())
    if not ended:
        found = found.filter(Q(ends_on=None) | Q(ends_on__gte=london_day(at)))
    return list(found.order_by("line", "name", "starts_on"))


def list_desks(*, by: Actor, at: datetime) -> list[Desk]:
    """Every agency that is, was or will be asked; one entry in the trail.

    :raises NotPermitted: `by` reads no enquiries
    """
    rows = desks(by=by, at=at, ended=True)
    trail.record("mash.list_desks", by=by, at=at, desks=len(rows))
    return rows


def desk(key: UUID | str, *, by: Actor) -> Desk:
    """One agency that is asked.

    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: the council has no such one
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    found = within(by, Desk.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def agencies_not_asked(*, by: Actor, at: datetime) -> list[Agency]:
    """The agencies that this council does not ask at present; councils themselves are none to be asked here."""
    asked = {each.agency for each in desks(by=by, at=at) if each.ends_on is None}
    return [each for each in agencies(by=by) if each.key not in asked and each.kind != "council"]


def as_asked(row: Desk) -> Asks:
    """An agency as the rules of the set see it."""
    covers = tuple(line.strip() for line in row.covers.splitlines() if line.strip())
    return Asks(row.key, row.name, row.line, frozenset(row.ratings), row.starts_on, row.ends_on, covers)
