"""The team around a family: somebody comes, leaves, or leads from now on. There is never nobody who leads."""

from datetime import datetime

from django.db import transaction

from frontdoor.access.queries import Colleague, colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, StepNotAllowed, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.earlyhelp.actions.rows import KIND
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.earlyhelp.rules.states import State
from frontdoor.earlyhelp.rules.taking import TakenOn
from frontdoor.familyhelp.actions.inviting import off_all, off_untold
from frontdoor.familyhelp.actions.rows import WORK, Key, held
from frontdoor.familyhelp.models import Invited, Practitioner
from frontdoor.familyhelp.queries.team import hears, hears_of_clocks, plan_clocks, seen_of, team, told
from frontdoor.familyhelp.rules import planning
from frontdoor.familyhelp.rules.inviting import LEFT
from frontdoor.familyhelp.rules.meetings import State as Meets
from frontdoor.familyhelp.rules.team import NOT_TO_AGENCIES, Comer, wrong_with
from frontdoor.handovers.actions.slips import signature
from frontdoor.trail import actions as trail

TAKEN_ANEW = "The family was taken on anew"


def taken_on(taken: TakenOn, *, by: Actor, at: datetime) -> Practitioner:
    """Whoever takes a family on leads it from now: part of the act of the hub, which asks for the permission."""
    episode = within(by, Episode.objects.filter(key=taken.episode)).get()
    for row in _standing(episode, by=by):
        if row.leads or (taken.account is not None and row.user == taken.account):
            _out(row, TAKEN_ANEW, at=at)
            off_all(episode, [row], LEFT, by=by, at=at)
    comer = Comer(name=taken.worker, agency=taken.agency, own=taken.own, account=taken.account, phone=taken.phone)
    row = _in(episode, comer, leads=True, by=by, at=at)
    hear_agreed(episode, by=by, at=at)
    trail.record("familyhelp.lead", subject=episode, by=by, at=at, practitioner=row.key)
    return row


@transaction.atomic
def join(key: Key, *, seen: int, comer: Comer, by: Actor, at: datetime) -> Practitioner:
    """Somebody comes into the team.

    :param seen: how often the team had changed when `by` saw it
    :raises NotFound: absent, or not a family of theirs
    :raises NotPermitted: `by` does not work on plans
    :raises Conflict: the team has changed since
    :raises InvalidInput: something is missing, or they are in the team already
    :raises StepNotAllowed: it has ended, nobody agrees, or nobody agrees that other agencies are told
    """
    episode = _team_of(key, seen=seen, by=by, at=at)
    _may_come(episode, comer, by=by, at=at)
    row = _in(episode, comer, leads=False, by=by, at=at)
    trail.record("familyhelp.join", subject=episode, by=by, at=at, practitioner=row.key)
    return row


@transaction.atomic
def leave(key: Key, *, seen: int, practitioner: Key, why: str, by: Actor, at: datetime) -> Practitioner:
    """Somebody leaves the team, and opens the family no more from this moment.

    :raises NotFound: nobody of that key is in this family's team
    :raises Conflict: the team has changed since
    :raises InvalidInput: no reason
    :raises StepNotAllowed: they lead: somebody else has to lead first
    """
    episode = _team_of(key, seen=seen, agreed=False, by=by, at=at)
    row = next((each for each in _standing(episode, by=by) if str(each.key) == str(practitioner)), None)
    if row is None:
        raise NotFound
    if row.leads:
        raise StepNotAllowed("They lead this family. Say first who leads it from now on.")
    if not why.strip():
        raise InvalidInput(why="Write why they leave")
    _out(row, why, at=at)
    off_all(episode, [row], LEFT, by=by, at=at)
    trail.record("familyhelp.leave", subject=episode, by=by, at=at, practitioner=row.key)
    return row


@transaction.atomic
def change_lead(
    key: Key, *, seen: int, why: str, stays: bool, practitioner: Key = "", comer: Comer | None = None, by: Actor,
    at: datetime,
) -> Practitioner:  # fmt: skip
    """Let somebody else lead from now on: who led and who leads change in one act, so that there is never nobody.

    :param practitioner: somebody of the team; empty where somebody new comes
    :param comer: who comes new
    :param stays: whether who led stays in the team
    :raises NotFound: absent, or not a family of theirs
    :raises Conflict: the team has changed since
    :raises InvalidInput: something is missing, or they lead already
    :raises StepNotAllowed: it has ended, nobody agrees, or nobody agrees that other agencies are told
    """
    episode = _team_of(key, seen=seen, by=by, at=at)
    standing = _standing(episode, by=by)
    chosen = next((each for each in standing if str(each.key) == str(practitioner)), None) if practitioner else None
    led = next((each for each in standing if each.leads), None)
    wrong = {} if why.strip() else {"why": "Write why somebody else leads"}
    if (practitioner and chosen is None) or (chosen is not None and chosen == led) or not (chosen or comer):
        wrong["practitioner"] = "Choose who leads from now on"
    if wrong:
        raise InvalidInput(**wrong)
    if chosen is None and comer is not None:
        _may_come(episode, comer, by=by, at=at)
    if chosen is not None and chosen not in told(episode, by=by, at=at):
        raise StepNotAllowed(NOT_TO_AGENCIES)
    if led is not None:
        _out(led, why, at=at)
    if chosen is not None:
        _out(chosen, "Leads from now on", at=at)
        row = _again(chosen, leads=True, by=by, at=at)
    else:
        row = _in(episode, comer or Comer(), leads=True, by=by, at=at)
    if led is not None:
        _step_back(episode, led, stays=stays, by=by, at=at)
    hear_agreed(episode, by=by, at=at)
    trail.record("familyhelp.lead", subject=episode, by=by, at=at, practitioner=row.key)
    return row


def _step_back(episode: Episode, led: Practitioner, *, stays: bool, by: Actor, at: datetime) -> None:
    """Who led until now stays in the team, or is taken off its meetings."""
    if stays:
        _again(led, leads=False, by=by, at=at)
    else:
        off_all(episode, [led], LEFT, by=by, at=at)


def hear_agreed(episode: Episode, *, by: Actor, at: datetime) -> None:
    """Let the clocks of the plan tell whoever may be told now: part of the act that says who leads, or who agrees.

    Whoever may not be told any more is taken off the meetings that are still to come.
    """
    off_untold(episode, by=by, at=at)
    clocks.reassign(
        subject=(KIND, episode.key), team_id=episode.team_id, owner_id=hears_of_clocks(episode, by=by, at=at), by=by,
        kinds=planning.CLOCKS,
    )  # fmt: skip


@transaction.atomic
def follow_agreements(*, by: Actor, at: datetime) -> int:
    """What follows where an agreement that agencies are told has run out by itself: nobody pressed anything then.

    :returns: for how many families clocks tell somebody else from now, or people were taken off meetings
    """
    agencies = Practitioner.objects.filter(own=False, until=None)
    leads = agencies.select_related("episode").filter(leads=True, episode__state=State.ALLOCATED.value)
    rows = list(within(by, leads))
    asked = Invited.objects.filter(
        practitioner__in=agencies, off_at=None, meeting__state=Meets.PLANNED.value, meeting__starts_at__gt=at
    )
    meet = set(within(by, asked).values_list("meeting__episode_id", flat=True))
    shares = finding.agreeing({row.episode_id for row in rows} | meet, Purpose.SHARING, by=by, at=at)
    wrong = {row.episode_id for row in rows if _tells_another(row, row.episode_id in shares, by=by, at=at)}
    episodes = Episode.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wrong | (meet - shares))
    found = list(within(by, episodes).order_by("id"))
    for episode in found:
        hear_agreed(episode, by=by, at=at)
        trail.record("familyhelp.follow_agreements", subject=episode, by=by, at=at)
    return len(found)


def _tells_another(lead: Practitioner, shares: bool, *, by: Actor, at: datetime) -> bool:
    """Whether a clock of the plan tells somebody else than it has to."""
    whom = hears(lead, lead.episode.holder, told=shares)
    return any(each.owner_id != whom for each in plan_clocks(lead.episode, by=by, at=at))


def _team_of(key: Key, *, seen: int, agreed: bool = True, by: Actor, at: datetime) -> Episode:
    """The family, locked, once `by` has seen its team as it stands."""
    episode = held(key, by=by, at=at, agreed=agreed)
    unchanged(seen, seen_of(team(episode, by=by)))
    return episode


def _standing(episode: Episode, *, by: Actor) -> list[Practitioner]:
    return [each for each in team(episode, by=by) if each.until is None]


def _may_come(episode: Episode, comer: Comer, *, by: Actor, at: datetime) -> None:
    wrong = wrong_with(comer)
    if comer.account is not None:
        if comer.account not in {each.id for each in who_may_come(by=by, at=at)}:
            wrong["account"] = "Choose somebody of this list"
        elif comer.account in {each.user for each in _standing(episode, by=by)}:
            wrong["account"] = "They are in the team already"
    if wrong:
        raise InvalidInput(**wrong)
    if not comer.own and not finding.agrees(episode, Purpose.SHARING, by=by, at=at):
        raise StepNotAllowed(NOT_TO_AGENCIES)


def who_may_come(*, by: Actor, at: datetime) -> list[Colleague]:
    """The accounts that may be in a team: those that may work on a family's plan here."""
    return [each for each in colleagues(by=by, at=at) if each.may(WORK)]


def _in(episode: Episode, comer: Comer, *, leads: bool, by: Actor, at: datetime) -> Practitioner:
    known = {each.id: each.name for each in who_may_come(by=by, at=at)} if comer.account else {}
    return Practitioner.objects.create(
        authority_id=episode.authority_id, episode=episode, user=comer.account,
        name=known.get(comer.account or 0) or comer.name.strip(), agency=comer.agency.strip(), own=comer.own,
        job=comer.job.strip(), phone=comer.phone.strip(), email=comer.email.strip(), leads=leads, since=at,
        by_user=by.user_id, by_name=signature(by),
    )  # fmt: skip


def _again(row: Practitioner, *, leads: bool, by: Actor, at: datetime) -> Practitioner:
    """The same person under a row of its own: who leads and who does not stand in the order in which it was.

    What they are asked to goes with them.
    """
    new = Practitioner.objects.create(
        authority_id=row.authority_id, episode_id=row.episode_id, user=row.user, name=row.name, agency=row.agency,
        own=row.own, job=row.job, phone=row.phone, email=row.email, leads=leads, since=at, by_user=by.user_id,
        by_name=signature(by),
    )  # fmt: skip
    coming = Invited.objects.filter(
        practitioner=row, off_at=None, meeting__state=Meets.PLANNED.value, meeting__starts_at__gt=at
    )
    within(by, coming).update(practitioner=new)
    return new


def _out(row: Practitioner, why: str, *, at: datetime) -> None:
    row.until, row.why_until = at, why.strip()
    row.save(update_fields=["until", "why_until"])
