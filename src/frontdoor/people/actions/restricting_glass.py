"""Breaking the glass: one record, for a reason and a few hours, told at once and looked at by another person after."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from frontdoor.access.queries import colleagues
from frontdoor.access.rules import Role
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, acting_person, require, unchanged
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.councils.queries import setting
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.people.models import Barred, Glass, Restriction
from frontdoor.people.rules import restricting as rules
from frontdoor.trail import actions as trail

Key = UUID | str
KIND = "people.glass"
"""What clocks and the trail call one."""


@transaction.atomic
def break_glass(restriction: Key, *, why: str, factor_given_at: datetime | None, by: Actor, at: datetime) -> Glass:
    """Open one record that is shut to `by`, for a reason, for four hours at most. Those concerned are told at once.

    :param factor_given_at: when `by` last gave the second factor again, on purpose for this
    :raises NotFound: there is no such restriction for `by`, or it is of a kind that nobody breaks
    :raises NotPermitted: `by` may not break the glass
    :raises StepNotAllowed: the second factor was not given just now, or it is open to `by` already
    :raises InvalidInput: no reason is given
    """
    found = within(by, Restriction.objects.filter(key=restriction, ended_at=None)).first()
    if found is None or found.ground in rules.UNASKED:
        raise NotFound
    require(by, Permission.RESTRICTED_ASK, authority=found.authority_id)
    user = acting_person(by)
    if factor_given_at is None or not timedelta() <= at - factor_given_at <= rules.FRESH:
        raise StepNotAllowed("Give your second step again first.")
    words = rules.check_reason(why, missing="Write why you must open it now")
    running = within(by, Glass.objects.filter(person_id=found.person_id, user_id=user, ended_at=None, until__gt=at))
    if running.exists():
        raise StepNotAllowed("It is open to you already.")
    hours = int(setting(rules.GLASS_HOURS.name, authority=found.authority_id, on=at).value)
    made = Glass.objects.create(
        authority_id=found.authority_id, person_id=found.person_id, user_id=user, why=words, at=at,
        until=rules.ends(at, hours),
    )  # fmt: skip
    team = team_for(Function.MASH, by=by, at=at).pk
    clocks.start(
        rules.GLASS, subject=(KIND, made.key), team_id=team, owner_id=_looks(found, made, by, at), by=by, at=at
    )
    later("people.tell_of_glass", glass=str(made.key))
    trail.record("people.break_glass", subject=made, by=by, at=at, why=words, restriction=str(found.key))
    return made


def _looks(restriction: Restriction, glass: Glass, by: Actor, at: datetime) -> int | None:
    """Who is to look at it: the owner of the restriction, or somebody else where the owner broke the glass."""
    if restriction.owner != glass.user_id:
        return restriction.owner
    others = [each.id for each in colleagues(by=by, at=at) if each.may(Permission.GLASS_REVIEW)]
    return next((each for each in others if each != glass.user_id), None)


@transaction.atomic
def end_glass(key: Key, *, by: Actor, at: datetime) -> Glass:
    """Close a record again that one had opened.

    :raises NotFound: there is no such glass of `by`
    :raises StepNotAllowed: it is closed
    """
    found = within(by, Glass.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if found is None or found.user_id != by.user_id:
        raise NotFound
    require(by, Permission.RESTRICTED_ASK, authority=found.authority_id)
    if found.ended_at is not None or found.until <= at:
        raise StepNotAllowed("It is closed already.", when=found.ended_at or found.until)
    found.ended_at, found.version = at, found.version + 1
    found.save(update_fields=["ended_at", "version"])
    trail.record("people.end_glass", subject=found, by=by, at=at)
    return found


@transaction.atomic
def look_at_glass(key: Key, *, seen: int, finding: str, words: str, by: Actor, at: datetime) -> Glass:
    """Say what one finds of a breaking of the glass by another person. The record closes if it was not right.

    :raises NotFound: there is no such glass, or `by` is barred from the record
    :raises NotPermitted: `by` does not look at these
    :raises StepNotAllowed: it was one's own, or somebody has looked at it
    """
    found = within(by, Glass.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if found is None:
        raise NotFound
    require(by, Permission.GLASS_REVIEW, authority=found.authority_id)
    rules.check_finding(finding, words, broken_by=found.user_id, by=by.user_id, reviewed_at=found.reviewed_at)
    unchanged(seen, found.version)
    found.finding, found.review_words = finding, words.strip()
    found.reviewed_by, found.reviewed_at, found.version = by.user_id, at, found.version + 1
    if finding == "wrong" and found.ended_at is None and found.until > at:
        found.ended_at = at
    found.save(
        update_fields=["finding", "review_words", "reviewed_by", "reviewed_at", "ended_at", "version"],
    )
    clocks.stop(rules.GLASS, subject=(KIND, found.key), by=by, at=at)
    trail.record("people.look_at_glass", subject=found, by=by, at=at, finding=finding)
    return found


def whom_to_tell(key: Key, *, by: Actor, at: datetime) -> list[int]:
    """Who hears at once that a glass was broken: the owners of the restrictions and the data protection officers.

    Whoever broke it is not told by this, nor anybody who is barred from the record.

    :raises NotFound: there is no such glass
    """
    found = within(by, Glass.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    owners = within(by, Restriction.objects.filter(person_id=found.person_id, ended_at=None))
    told = set(owners.values_list("owner", flat=True))
    told |= {each.id for each in colleagues(by=by, at=at) if Role.DATA_PROTECTION_OFFICER in each.roles}
    barred = within(by, Barred.objects.filter(person_id=found.person_id, ended_at=None))
    return sorted(told - {found.user_id} - set(barred.values_list("user_id", flat=True)))
