"""Keeping agencies, teams and agreements: what everybody's reach is worked out from."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_council, require
from frontdoor.organisations.models import Agency, Delegation, Function, Team
from frontdoor.organisations.rules import london_day
from frontdoor.trail import actions as trail


@transaction.atomic
def make_agency(name: str, *, kind: str, by: Actor, at: datetime) -> Agency:
    """Write down an employer: council, police, health, education, contractor …

    :raises NotPermitted: `by` may not keep agreements
    :raises InvalidInput: there is one of that name
    """
    require(by, Permission.AGREEMENT_KEEP, authority=acting_council(by))
    if Agency.objects.filter(name__iexact=name).exists():
        raise InvalidInput(name="There is an agency of this name already.")
    agency = Agency.objects.create(name=name, kind=kind)
    trail.record("organisations.make_agency", subject=agency, by=by, at=at, agency_kind=kind)
    return agency


@transaction.atomic
def make_team(
    name: str, *, function: Function, agency: Agency, opened_on: date, restricted: bool = False, by: Actor, at: datetime
) -> Team:
    """Open a team of the council acted for.

    :param agency: who runs the team and employs most of it
    :param restricted: whether what is passed to it may be seen by it alone (LADO)
    :raises NotPermitted: `by` may not keep agreements
    """
    authority = acting_council(by)
    require(by, Permission.AGREEMENT_KEEP, authority=authority)
    team = Team.objects.create(
        authority_id=authority, agency=agency, function=function, name=name, restricted=restricted, opened_on=opened_on
    )
    trail.record("organisations.make_team", subject=team, by=by, at=at, function=function, agency=agency.key)
    return team


@transaction.atomic
def delegate(
    function: Function, *, operator: Agency, starts_on: date, ends_on: date | None, clause: str, by: Actor, at: datetime
) -> Delegation:
    """Let an agency operate a function of the council acted for, from a day until a day (inclusive).

    :param clause: where the agreement says so
    :raises NotPermitted: `by` may not keep agreements
    """
    authority = acting_council(by)
    require(by, Permission.AGREEMENT_KEEP, authority=authority)
    delegation = Delegation.objects.create(
        authority_id=authority,
        function=function,
        operator=operator,
        starts_on=starts_on,
        ends_on=ends_on,
        clause=clause,
    )
    trail.record(
        "organisations.delegate", subject=delegation, by=by, at=at,
        function=function, operator=operator.key, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    return delegation


@transaction.atomic
def end_delegation(key: UUID, *, ends_on: date, why: str, by: Actor, at: datetime) -> Delegation:
    """Let an agreement end with a day earlier than agreed; what it gave is gone from the midnight after.

    A day that is over cannot be chosen: what was done under the agreement was done within reach.

    :raises NotFound: the council acted for has no such agreement
    :raises NotPermitted: `by` may not keep agreements
    :raises InvalidInput: the day is over, or not earlier than the day agreed
    """
    delegation = Delegation.objects.select_for_update(of=("self",)).filter(key=key).first()
    if delegation is None:
        raise NotFound
    require(by, Permission.AGREEMENT_KEEP, authority=delegation.authority_id)
    if ends_on < max(delegation.starts_on, london_day(at)):
        raise InvalidInput(ends_on="Choose today or a later day: an agreement cannot end in the past.")
    if delegation.ends_on is not None and ends_on >= delegation.ends_on:
        raise InvalidInput(ends_on="The agreement ends by then already. Choose an earlier day.")
    agreed = delegation.ends_on
    delegation.ends_on = ends_on
    delegation.save(update_fields=["ends_on"])
    trail.record(
        "organisations.end_delegation", subject=delegation, by=by, at=at, why=why, ends_on=ends_on, agreed=agreed
    )
    return delegation
