"""Asking for teams and who operates them."""

from datetime import datetime

from django.db.models import Q

from frontdoor.actors.rules import Actor, NotFound
from frontdoor.organisations.models import Delegation, Team
from frontdoor.organisations.rules import london_day


def team_for(function: str, *, by: Actor, at: datetime) -> Team:
    """The council's team for a function on that day; the first made where there are several.

    :raises NotFound: the council has none open
    """
    today = london_day(at)
    team = (
        Team.objects.filter(authority_id=by.authority, function=function, opened_on__lte=today)
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
    found = Team.objects.filter(authority_id=by.authority, opened_on__lte=today).exclude(closed_on__lt=today)
    return list((found.filter(function=function) if function else found).order_by("name"))


def delegations_in_force(*, by: Actor, at: datetime) -> list[Delegation]:
    """The delegations under which others operate for the council acted for."""
    today = london_day(at)
    return list(
        Delegation.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            authority_id=by.authority,
            starts_on__lte=today,
        )
        .select_related("operator")
        .order_by("function", "id")
    )
