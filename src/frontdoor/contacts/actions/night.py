"""Keeping the rota, and ringing it: a message to whoever watches the night that something waits unopened."""

import logging
from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction

from frontdoor.access.models import User
from frontdoor.access.queries import colleague, colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_council, acting_person, require
from frontdoor.clocks.actions import Notice
from frontdoor.clocks.models import Happening
from frontdoor.contacts.models import Shift
from frontdoor.contacts.queries import night as queries
from frontdoor.contacts.rules import night as rules
from frontdoor.contacts.rules.kinds import NIGHT
from frontdoor.trail import actions as trail

logger = logging.getLogger(__name__)
SUBJECT = "Something waits in the night inbox"
WORDS = (
    "Something that came in has waited unopened past the limit. Sign in to see it.\n\nThis message holds no details."
)
NOBODY = "No name stands on the rota at this hour, and something waits unopened. Sign in and put somebody on the rota."


@transaction.atomic
def add_shift(
    user_id: int, *, starts_at: datetime, ends_at: datetime, phone: str = "", by: Actor, at: datetime
) -> Shift:
    """Put somebody who reaches the council on the rota.

    :raises NotPermitted: `by` does not keep the rota
    :raises InvalidInput: the times are no shift, or the person may not look at what arrives
    """
    require(by, Permission.ROTA_KEEP, authority=acting_council(by))
    rules.check_shift(starts_at, ends_at)
    try:
        found = colleague(user_id, by=by, at=at)
    except NotFound as nobody:
        raise InvalidInput(user_id="Choose somebody who works for this council") from nobody
    if not found.may(Permission.CONTACT_LOOK):
        raise InvalidInput(user_id="Choose a qualified worker")
    shift = Shift.objects.create(
        authority_id=acting_council(by), user_id=user_id, phone=phone, starts_at=starts_at, ends_at=ends_at,
        made_by=acting_person(by),
    )  # fmt: skip
    trail.record("contacts.add_shift", subject=shift, by=by, at=at, user=user_id, starts_at=starts_at, ends_at=ends_at)
    return shift


@transaction.atomic
def end_shift(key: UUID | str, *, by: Actor, at: datetime) -> None:
    """Take somebody off the rota from now; what has been worked stays.

    :raises NotPermitted: `by` does not keep the rota
    :raises NotFound: no such shift, or it is over
    """
    shift = within(by, Shift.objects.select_for_update(of=("self",)).filter(key=key, ends_at__gt=at)).first()
    if shift is None:
        raise NotFound
    require(by, Permission.ROTA_KEEP, authority=shift.authority_id)
    planned = {"planned_from": shift.starts_at.isoformat(), "planned_until": shift.ends_at.isoformat()}
    if shift.starts_at < at:
        shift.ends_at = at
    else:
        shift.starts_at, shift.ends_at = at, at + rules.STEP / 900
    shift.save(update_fields=["starts_at", "ends_at"])
    trail.record("contacts.end_shift", subject=shift, by=by, at=at, **planned)


def on_clock(notice: Notice, by: Actor, at: datetime) -> None:
    """Hear of every clock: where something waits unopened in the night past the limit, ring the rota."""
    if notice.kind.name == NIGHT.name and notice.event is Happening.BREACH:
        alarm(by=by, at=at)


@transaction.atomic
def alarm(*, by: Actor, at: datetime) -> list[int]:
    """Send a message to everybody on the rota now; without one, to every manager of the council.

    :returns: the accounts that were sent to
    """
    require(by, Permission.CLOCK_KEEP, authority=acting_council(by))
    watching = [row.user_id for row in queries.on_rota(by=by, at=at)]
    told = watching or [each.id for each in colleagues(by=by, at=at) if each.may(Permission.ROTA_KEEP)]
    for email in User.objects.filter(pk__in=told, is_active=True).values_list("email", flat=True):
        EmailMessage(SUBJECT, WORDS if watching else NOBODY, to=[email]).send(fail_silently=False)
    trail.record("contacts.alarm", by=by, at=at, users=told, rota=bool(watching))
    return told
