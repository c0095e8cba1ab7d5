"""A referral that was closed too early is opened again: its first clocks stay as they ended, second ones start."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, StepNotAllowed
from frontdoor.referrals.actions.dating import days
from frontdoor.referrals.actions.rows import Key, changed, move, one_at_a_time, start, taken, turn
from frontdoor.referrals.models import Referral
from frontdoor.referrals.queries import judging as asking
from frontdoor.referrals.rules import judging, kinds
from frontdoor.referrals.rules.recording import Dated
from frontdoor.referrals.rules.states import Step, Turn
from frontdoor.shell.rules import day
from frontdoor.trail import actions as trail


@transaction.atomic
def reopen(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Referral:
    """Open a closed referral again: with the team, and nobody's until somebody picks it up.

    The child is to be seen again, from now on. Only the assessment counts from the sending, as it did.

    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is not closed, or a newer referral of this child is open
    """
    one_at_a_time(by=by)
    referral = taken(key, seen=seen, by=by, open_still=False)
    newer = asking.open_referral(referral.named, referral.person_id, by=by)
    if newer is not None and newer.pk != referral.pk:
        raise StepNotAllowed(f"This child has an open referral, sent on {day(newer.began_on)}. Go on there.")
    if not why.strip():
        raise InvalidInput(why="Say why it is opened again")
    ended = f"It was closed on {day(referral.closed_on)}. " if referral.closed_on else ""
    referral.closed_on, referral.closure, referral.nfa = None, "", False
    referral.settled_at = referral.settled_by = referral.worker = referral.picked_at = None
    referral.settled_why, referral.reopened_at = "", at
    move(
        referral, Step.REOPEN, "closed_on", "closure", "nfa", "settled_at", "settled_by", "worker", "picked_at",
        "settled_why", "reopened_at", by=by, at=at,
    )  # fmt: skip
    _run_again(referral, by=by, at=at)
    turn(referral, Turn.REOPENED, f"{ended}{why.strip()}", by=by, at=at)
    trail.record("referrals.reopen", subject=referral, by=by, at=at)
    return referral


def _run_again(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Second clocks from now on, the assessment's from the sending; what ended stays as it ended."""
    standing = days(referral, by=by)
    assessed = Dated.ASSESSMENT_AUTHORISED in standing or referral.counts == judging.Counts.OPEN_CASE
    wanted = kinds.at_the_beginning(urgent=referral.urgent, unborn=referral.unborn, case_open=assessed)
    start(referral, [kind for kind in wanted if kind is not kinds.ASSESSMENT], since=at, by=by, at=at)
    if kinds.ASSESSMENT in wanted:
        start(referral, [kinds.ASSESSMENT], since=referral.began_at, by=by, at=at)
    changed(referral, by=by, at=at)
