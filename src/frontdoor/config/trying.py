"""Test messages through the doors, each sent by what its usual senders use; the network is not tried."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from frontdoor.access.models import ApiClient
from frontdoor.access.queries import client_actor
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, PUBLIC
from frontdoor.api.forms import ReportIn
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import trials
from frontdoor.contacts.queries import trials as queries
from frontdoor.contacts.rules.trials import STORY, Door
from frontdoor.councils.queries import council, councils
from frontdoor.portal import actions as portal

logger = logging.getLogger(__name__)


class Closed(Exception):
    """Nobody could come through this door."""


def try_every_door(at: datetime) -> None:
    """Ask for a test through each door of each council that somebody may come by."""
    for place in councils(on=at):
        with acting_for(place.pk, by=CLOCK_SWEEP) as by:
            for door in (Door.WEB, Door.SYSTEM):
                if door is not Door.SYSTEM or _client(place.pk, at):
                    trials.send_test(door, by=by, at=at)


def try_door(authority: int, trial: str, *, at: datetime) -> None:
    """Send one test. What goes wrong is kept with it and told to the manager of the day."""
    with acting_for(authority, by=CLOCK_SWEEP) as by:
        door = Door(queries.door_of(trial, by=by))
    try:
        _THROUGH[door](authority, trial, at)
    except Exception as fault:
        # Whatever the door failed by is what the test was for: it is logged, and told on the page.
        logger.exception("a test message could not be sent", extra={"council": authority})
        with acting_for(authority, by=CLOCK_SWEEP) as by:
            why = str(fault) if isinstance(fault, Closed) else "The door failed: the log says by what"
            trials.fail(trial, why, by=by, at=at)


def _by_the_form(authority: int, trial: str, at: datetime) -> None:
    """Begin, answer and send, as a browser does: in the portal's role, with a draft of its own."""
    visitor = replace(PUBLIC, draft=portal.holder_of(portal.new_token()))
    with acting_for(authority, by=visitor) as by:
        draft = portal.start({"trial": trial}, by=by, at=at)
        draft = portal.answer("worry", {"story": STORY}, seen=draft.version, by=by, at=at)
        portal.send(seen=draft.version, responsible="", council=council(authority).name, by=by, at=at)
    with acting_for(authority, by=visitor) as by:
        portal.leave(by=by)


def _by_the_interface(authority: int, trial: str, at: datetime) -> None:
    """Read a report as the interface does, and hand it in as one of the council's systems."""
    client = _client(authority, at)
    if client is None:
        raise Closed("No system sends to this council")
    told = {"name": "Test message", "agency": client.agency.name}
    sent = ReportIn.model_validate({"story": STORY, "source": "school", "referrer": told, "test": True})
    report = replace(sent.report(), trial=trial)
    with acting_for(authority, by=client_actor(client)) as by:
        contacts.submit(report, channel="system", idem=f"test-{secrets.token_hex(12)}", by=by, at=at)


def _client(authority: int, at: datetime) -> ApiClient | None:
    found = ApiClient.objects.select_related("agency").filter(authority_id=authority, ended_at=None, expires_at__gt=at)
    return found.order_by("id").first()


_THROUGH: dict[Door, Callable[[int, str, datetime], None]] = {
    Door.WEB: _by_the_form,
    Door.SYSTEM: _by_the_interface,
}
