"""Asking for teams and who operates them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.rules import Actor, NotFound, acting_council
from frontdoor.organisations.models import Agency, Delegation, Team
from frontdoor.organisations.rules import london_day


def team_for(function: str, *, by: Actor, at: datetime) -> Team:
    """The council's team for a function on that day; the first made where there are several.

    :raises NotFound: the council has none open
    """
    today = london_day(at)
    team = (
        Team.objects.filter(authority_id=acting_council(by), function=function, opened_on__lte=today)
        .exclude(closed_on__lt=today)
        .order_by("id")
        .first()
    )
    if team is None:
        raise NotFound
    return team


def teams(*, by: Actor, at: datetime, function: str = "") -> list[Team]:
    """The council's open teams, in the order of their names."""
    today = london_day(at)
    found = Team.objects.filter(authority_id=acting_council(by), opened_on__lte=today).exclude(closed_on__lt=today)
    return list((found.filter(function=function) if function else found).order_by("name"))


def agencies(*, by: Actor) -> list[Agency]:
    """Every agency by name; councils share them, and their names are public."""
    acting_council(by)
    return list(Agency.objects.order_by("name"))


def own_agency(*, by: Actor) -> str:
    """The name of the agency for which somebody acts; empty where they act for none."""
    found = Agency.objects.filter(key=by.agency).values_list("name", flat=True) if by.agency else []
    return next(iter(found), "")


def delegation(key: UUID, *, by: Actor) -> Delegation:
    """One agreement under which others operate for the council acted for.

    :raises NotFound: it is another council's
    """
    found = Delegation.objects.select_related("operator").filter(key=key, authority_id=acting_council(by)).first()
    if found is None:
        raise NotFound
    return found


def delegations(*, by: Actor) -> list[Delegation]:
    """Every agreement under which others operate, have operated or will operate for the council acted for."""
    found = Delegation.objects.filter(authority_id=acting_council(by)).select_related("operator")
    return list(found.order_by("function", "-starts_on", "id"))


def operated_elsewhere(*, by: Actor, at: datetime) -> list[Delegation]:
    """The agreements in force under which the council's own teams operate for others."""
    today = london_day(at)
    ours = Team.objects.filter(authority_id=acting_council(by)).values("agency_id")
    found = Delegation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today, operator_id__in=ours
    ).exclude(authority_id=acting_council(by))
    return list(found.select_related("operator").order_by("authority_id", "function", "id"))


def agreed_with(*, by: Actor, at: datetime) -> set[int]:
    """The councils with which an agreement is in force: a team of one operates something for the other, either way."""
    here, today = acting_council(by), london_day(at)
    standing = Delegation.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    operators = standing.filter(authority_id=here).values("operator_id")
    for_us = (
        Team.objects.filter(agency_id__in=operators).exclude(authority_id=here).values_list("authority_id", flat=True)
    )
    by_us = [each.authority_id for each in operated_elsewhere(by=by, at=at)]
    return {*for_us, *by_us} - {here}
