"""Passing a referral on: to another worker, or by a slip to another team, which has it when it has accepted."""

from datetime import datetime

from django.db import transaction

from frontdoor.access.queries import Colleague, colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_person, require
from frontdoor.clocks import actions as clocks
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.queries import Slip
from frontdoor.handovers.rules import State as SlipState
from frontdoor.referrals.actions.rows import Key, changed, found, move, start, taken, turn
from frontdoor.referrals.models import Referral
from frontdoor.referrals.queries.opening import KIND
from frontdoor.referrals.rules import kinds
from frontdoor.referrals.rules.states import State, Step, Turn
from frontdoor.trail import actions as trail


@transaction.atomic
def pick_up(key: Key, *, seen: int, by: Actor, at: datetime) -> Referral:
    """Take a referral, or take it over from whoever has it; its clocks go with it and keep their times.

    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: the team has not accepted it yet, it is settled, or `by` has it already
    """
    referral = taken(key, seen=seen, by=by)
    me = acting_person(by)
    if referral.worker == me:
        raise StepNotAllowed("You have this already.")
    if referral.state in (State.OFFERED, State.BACK):
        raise StepNotAllowed("The team has not accepted this yet. Accept it in the inbox first.")
    _allocate(referral, me, by=by, at=at)
    turn(referral, Turn.PICKED_UP, by=by, at=at)
    trail.record("referrals.pick_up", subject=referral, by=by, at=at)
    return referral


@transaction.atomic
def give(key: Key, *, seen: int, worker: int, by: Actor, at: datetime) -> Referral:
    """Give a referral to a worker of the team: for its manager.

    :raises NotPermitted: `by` does not work on referrals, or gives no directions
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nobody of the team who works on referrals
    :raises StepNotAllowed: the team has not accepted it yet, or it is settled
    """
    referral = taken(key, seen=seen, by=by)
    require(by, Permission.DIRECTION_GIVE, authority=referral.authority_id)
    if referral.state in (State.OFFERED, State.BACK):
        raise StepNotAllowed("The team has not accepted this yet. Accept it in the inbox first.")
    name = {each.id: each.name for each in workers(referral, by=by, at=at)}.get(worker)
    if name is None:
        raise InvalidInput(worker="Choose a worker of the team")
    _allocate(referral, worker, by=by, at=at)
    turn(referral, Turn.GIVEN, name, by=by, at=at)
    trail.record("referrals.give", subject=referral, by=by, at=at, worker=worker)
    return referral


def workers(referral: Referral, *, by: Actor, at: datetime) -> list[Colleague]:
    """Who works on referrals in the team that has it, by name."""
    return [
        each
        for each in colleagues(by=by, at=at)
        if each.may(Permission.REFERRAL_KEEP) and any(team == referral.team_id for team, _ in each.posts)
    ]


def _allocate(referral: Referral, worker: int, *, by: Actor, at: datetime) -> None:
    referral.worker, referral.picked_at = worker, referral.picked_at or at
    # First the owner, so that a late pick-up is explained by whoever has it now.
    clocks.reassign(subject=(KIND, referral.key), team_id=referral.team_id, owner_id=worker, by=by)
    clocks.stop(kinds.PICK_UP, subject=(KIND, referral.key), by=by, at=at)
    if referral.state == State.ACCEPTED:
        move(referral, Step.PICK_UP, "worker", "picked_at", by=by, at=at)
    else:
        changed(referral, "worker", "picked_at", by=by, at=at)


@transaction.atomic
def pass_on(key: Key, *, seen: int, team: int, why: str, by: Actor, at: datetime) -> Referral:
    """Offer a referral to another assessment team by a slip; it stays where it is until that team accepts.

    :raises NotPermitted: `by` does not work on referrals, or hands nothing over
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no such team, its own team, or no reason
    :raises StepNotAllowed: it is settled, not accepted yet, or on its way already
    """
    referral = taken(key, seen=seen, by=by)
    if referral.state in (State.OFFERED, State.BACK):
        raise StepNotAllowed("The team has not accepted this yet. Send it back in the inbox instead.")
    if team == referral.team_id:
        raise InvalidInput(team="Choose another team")
    if not why.strip():
        raise InvalidInput(why="Say why it goes to another team")
    slip = handovers.send(
        (KIND, referral.key), to="assessment", team_id=team, from_team_id=referral.team_id,
        summary=f"A referral from another team: {referral.label}", why=why,
        rating="red" if referral.urgent and not referral.section47 else "", section47=referral.section47,
        received_at=referral.received_at, by=by, at=at,
    )  # fmt: skip
    changed(referral, by=by, at=at)
    trail.record("referrals.pass_on", subject=referral, by=by, at=at, slip=slip.key, team=team)
    return referral


def follow_pass(slip: Slip, *, by: Actor, at: datetime) -> Referral | None:
    """Another team has answered: what it accepted is its own, with every clock as it was; all else stays."""
    row = within(by, Referral.objects.filter(key=slip.subject_key)).first()
    if row is None or slip.state is not SlipState.ACCEPTED or slip.to_team_id in (None, row.team_id):
        return row
    referral = found(row.pk, by=by)
    if State(referral.state).settled:
        return referral
    referral.team_id, referral.worker = slip.to_team_id or referral.team_id, None
    clocks.reassign(subject=(KIND, referral.key), team_id=referral.team_id, owner_id=None, by=by)
    start(referral, [kinds.PICK_UP], since=slip.first_sent_at, by=by, at=at)
    if referral.state == State.IN_WORK:
        move(referral, Step.LEAVE, "team_id", "worker", by=by, at=at)
    else:
        changed(referral, "team_id", "worker", by=by, at=at)
    turn(referral, Turn.PASSED, by=by, at=slip.answered_at or at)
    trail.record("referrals.passed", subject=referral, by=by, at=at, slip=slip.key, team=referral.team_id)
    return referral
