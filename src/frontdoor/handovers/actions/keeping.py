"""What stays the giver's: a slip is taken back, or somebody takes over for a giver who has gone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
    unchanged,
)
from frontdoor.handovers import rules
from frontdoor.handovers.actions import passing
from frontdoor.handovers.actions.slips import from_giver, give_clocks, step, stop_clocks, take, tell, turn
from frontdoor.handovers.models import Handover
from frontdoor.trail import actions as trail


@transaction.atomic
def withdraw(key: UUID, *, seen: int, reason: str, by: Actor, at: datetime) -> Handover:
    """Take a slip back: the work stays with the giver. Red and section 47 work is withdrawn by a manager alone.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises NotPermitted: urgent, and `by` is no manager
    :raises StepNotAllowed: it has been accepted or withdrawn
    """
    slip = take(key, Permission.HANDOVER_SEND, by=by)
    from_giver(slip, by=by)
    if slip.urgent:
        require(by, Permission.DIRECTION_GIVE, authority=slip.authority_id)
    state = step(slip, rules.Step.WITHDRAW, by=by)
    unchanged(seen, slip.version, {"state": rules.State(slip.state).words})
    words = rules.said(reason=reason)
    _take_back(slip, state, reason=words["reason"], by=by, at=at)
    trail.record("handovers.withdraw", subject=slip, by=by, at=at)
    return slip


def _take_back(slip: Handover, state: rules.State, *, reason: str, by: Actor, at: datetime) -> None:
    slip.state, slip.settled_at, slip.version = state.value, at, slip.version + 1
    slip.save(update_fields=["state", "settled_at", "version"])
    stop_clocks(slip, by=by, at=at, done=False)
    turn(slip, rules.Turn.WITHDRAWN, by=by, at=at, text=reason)
    passing.pass_withdrawal(slip, reason=reason, by=by, at=at)
    tell(slip, rules.Event.WITHDRAWN)


@transaction.atomic
def withdraw_all(subject: tuple[str, object], *, reason: str, by: Actor, at: datetime) -> int:
    """Take back every slip of a thing that nobody has accepted: what it rested on no longer holds.

    :param subject: kind and key of what was handed over
    :returns: how many were taken back
    :raises NotPermitted: `by` is no manager and no system
    """
    require(by, Permission.HANDOVER_SEND, authority=acting_council(by))
    if not by.is_system:
        require(by, Permission.DIRECTION_GIVE, authority=acting_council(by))
    words = rules.said(reason=reason)
    locked = Handover.objects.select_for_update(of=("self",), no_key=True)
    waiting = locked.filter(subject_kind=subject[0], subject_key=UUID(str(subject[1])), settled_at=None)
    slips = list(within(by, waiting).order_by("id"))
    for slip in slips:
        _take_back(slip, step(slip, rules.Step.WITHDRAW, by=by), reason=words["reason"], by=by, at=at)
        trail.record("handovers.withdraw", subject=slip, by=by, at=at)
    return len(slips)


@transaction.atomic
def take_over(key: UUID, *, seen: int, by: Actor, at: datetime) -> Handover:
    """Stand in the giver's place for a slip whose giver no longer reaches the council: it has a name again.

    :raises Conflict: it has changed since `by` saw it
    :raises NotPermitted: `by` is neither of the giver's team nor a manager
    :raises StepNotAllowed: its giver is here, or nobody waits for it any more
    """
    slip = take(key, Permission.HANDOVER_SEND, by=by)
    from_giver(slip, by=by)
    unchanged(seen, slip.version, {"state": rules.State(slip.state).words})
    if slip.settled_at is not None:
        raise StepNotAllowed("This is settled: nobody waits for it.", when=slip.settled_at)
    if slip.from_user in {colleague.id for colleague in colleagues(by=by, at=at)}:
        raise StepNotAllowed("Whoever gave this is here and stands for it.")
    slip.from_user, slip.version = acting_person(by), slip.version + 1
    slip.save(update_fields=["from_user", "version"])
    if slip.state != rules.State.SENT:
        give_clocks(slip, to_giver=True, by=by)
    turn(slip, rules.Turn.TAKEN_OVER, by=by, at=at)
    trail.record("handovers.take_over", subject=slip, by=by, at=at)
    return slip
