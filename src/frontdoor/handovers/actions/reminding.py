"""What the clock says of a slip that waits, written into its history."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require
from frontdoor.clocks.actions import Notice
from frontdoor.clocks.models import Happening
from frontdoor.handovers import rules
from frontdoor.handovers.actions.slips import KIND, turn
from frontdoor.handovers.models import Handover
from frontdoor.trail import actions as trail

_TURNS = {Happening.HALF: rules.Turn.HALF_TIME, Happening.BREACH: rules.Turn.LATE}


@transaction.atomic
def remind(key: str | UUID, happening: Happening, *, passed_at: datetime, by: Actor, at: datetime) -> None:
    """Write a reminder into the history of a slip: half of the time has gone, or all of it.

    :param passed_at: the time that passed
    :raises NotFound: no such slip
    """
    slip = within(by, Handover.objects.filter(key=key)).first()
    if slip is None:
        raise NotFound
    require(by, Permission.CLOCK_KEEP, authority=slip.authority_id)
    turn(slip, _TURNS[happening], by=by, at=passed_at)
    trail.record("handovers.remind", subject=slip, by=by, at=at, happening=happening.value)


def on_clock(notice: Notice, by: Actor, at: datetime) -> None:
    """Hear of every clock; the reminder is for those that wait for a slip to be accepted."""
    if notice.subject[0] == KIND and notice.kind.name in (rules.ACCEPT.name, rules.ACCEPT_URGENT.name):
        remind(str(notice.subject[1]), notice.event, passed_at=notice.at, by=by, at=at)
