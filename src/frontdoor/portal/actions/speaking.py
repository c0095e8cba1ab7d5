"""Asking to speak to somebody, with or without a report."""

import uuid
from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, acting_council
from frontdoor.clocks import actions as clocks
from frontdoor.contacts.models import CallBack
from frontdoor.contacts.rules.intake import CallBackGiven
from frontdoor.contacts.rules.kinds import CALL_BACK
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.trail import actions as trail


@transaction.atomic
def ask_for_call_back(given: CallBackGiven, *, by: Actor, at: datetime) -> uuid.UUID:
    """Ask for a qualified social worker to ring back, with or without a report.

    The portal's role inserts the wish and cannot read it; the team's list shows it at once.
    """
    wish = CallBack(
        authority_id=acting_council(by),
        name=given.name,
        phone=given.phone,
        when=given.when,
        about=given.about,
        asked_at=at,
    )
    wish.save(force_insert=True)
    team = team_for(Function.CONTACT_CENTRE, by=by, at=at)
    clocks.start(CALL_BACK, subject=("contacts.callback", wish.pk), team_id=team.pk, by=by, at=at)
    trail.record("portal.ask_for_call_back", subject=("contacts.callback", wish.pk), by=by, at=at)
    return wish.pk
