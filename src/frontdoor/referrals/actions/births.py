"""A child who was referred before birth is born: from then on the child is to be seen, and seen alone."""

from datetime import date, datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.referrals.actions.dating import instant_of
from frontdoor.referrals.actions.rows import changed, found, start, turn
from frontdoor.referrals.models import Referral
from frontdoor.referrals.rules import kinds
from frontdoor.referrals.rules.states import Turn
from frontdoor.shell.rules import day
from frontdoor.trail import actions as trail


def see_who_is_born(*, by: Actor, at: datetime) -> int:
    """Start the clocks of seeing for each child of whom the index or the contact says by now when they were born.

    Once a minute. The clock counts from the birth, or from the sending where that was later.

    :returns: how many
    """
    rows = Referral.objects.filter(settled_at=None, unborn=True).select_related("named", "person")
    those = [(each.pk, on) for each in within(by, rows).order_by("id") if (on := _born_on(each)) is not None]
    for number, on in those:
        _born(found(number, by=by), on, by=by, at=at)
    return len(those)


def _born_on(referral: Referral) -> date | None:
    person, named = referral.person, referral.named
    return (person.born_on if person else None) or (named.date_of_birth if named else None)


def _born(referral: Referral, on: date, *, by: Actor, at: datetime) -> None:
    referral.unborn = False
    seeing = (kinds.SEEN_PROTECTION if referral.urgent else kinds.SEEN, kinds.ALONE)
    start(referral, seeing, since=min(max(instant_of(on), referral.began_at), at), by=by, at=at)
    changed(referral, "unborn", by=by, at=at)
    turn(referral, Turn.BORN, f"On {day(on)}", by=by, at=at)
    trail.record("referrals.born", subject=referral, by=by, at=at)
