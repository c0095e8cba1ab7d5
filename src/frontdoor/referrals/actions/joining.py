"""Two referrals that turn out to be one child's go on as one; and a case that was open already is no referral."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.referrals.actions.following import hurry
from frontdoor.referrals.actions.rows import Key, changed, found, move, taken, turn
from frontdoor.referrals.actions.visiting import keep_as_told, settle, stop_by
from frontdoor.referrals.models import Arrival, Referral, Visit
from frontdoor.referrals.queries.opening import KIND
from frontdoor.referrals.rules import judging, kinds
from frontdoor.referrals.rules.states import State, Step, Turn
from frontdoor.trail import actions as trail


@transaction.atomic
def join(key: Key, *, seen: int, by: Actor, at: datetime) -> Referral:
    """Go on with two referrals of one child as one: the earlier, with what came for the later and the visits made.

    :returns: the earlier one
    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: no other open referral of this child is known, or one of them is settled
    """
    referral = taken(key, seen=seen, by=by)
    if referral.same_as_id is None:
        raise StepNotAllowed("No other open referral of this child is known.")
    other = found(referral.same_as_id, by=by)
    if State(other.state).settled:
        raise StepNotAllowed("The other referral of this child is no longer open.", when=other.settled_at)
    clocks.stop(subject=(KIND, referral.key), by=by, at=at, ended=Ended.REPLACED)
    move(referral, Step.JOIN, by=by, at=at)
    within(by, Arrival.objects.filter(referral=referral)).update(referral=other)
    if referral.urgent:
        hurry(other, since=referral.began_at, section47=referral.section47, by=by, at=at)
    for visit in within(by, Visit.objects.filter(referral=referral, struck_at=None)).order_by("made_at", "id"):
        keep_as_told(other, visit, by=by, at=at)
        stop_by(other, visit, by=by, at=at)
    settle(other, by=by, at=at)
    turn(referral, Turn.JOINED, by=by, at=at)
    turn(other, Turn.MORE, "Another referral of the same child goes on in this one.", by=by, at=at)
    trail.record("referrals.join", subject=referral, by=by, at=at, into=other.key)
    return other


@transaction.atomic
def say_open(key: Key, *, seen: int, worker: str, by: Actor, at: datetime) -> Referral:
    """Say that the child's case was open already: this is no referral then, and the child is seen all the same.

    :param worker: with whom the case is open, who is told
    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nobody named
    :raises StepNotAllowed: it is settled, or said already
    """
    referral = taken(key, seen=seen, by=by)
    if referral.counts == judging.Counts.OPEN_CASE:
        raise StepNotAllowed("It is known already that the case was open.")
    if not worker.strip():
        raise InvalidInput(worker="Name the worker who has the case")
    referral.counts, referral.before = judging.Counts.OPEN_CASE.value, None
    referral.open_with = worker.strip()[:300]
    clocks.stop(kinds.ASSESSMENT, subject=(KIND, referral.key), by=by, at=at, ended=Ended.NOT_NEEDED)
    changed(referral, "counts", "before", "open_with", by=by, at=at)
    turn(referral, Turn.OPEN_CASE, f"With {referral.open_with}", by=by, at=at)
    trail.record("referrals.say_open", subject=referral, by=by, at=at)
    return referral
