"""Test messages through the doors, each sent by what its usual senders use; the network is not tried."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from django.conf import settings

from frontdoor.access.models import ApiClient
from frontdoor.access.queries import client_actor
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, PUBLIC
from frontdoor.api.forms import ReportIn
from frontdoor.config.environment import Mailbox
from frontdoor.config.mailbox import MailboxAway, put
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import notices, trials
from frontdoor.contacts.queries import trials as queries
from frontdoor.contacts.rules.notices import TEST, as_csv
from frontdoor.contacts.rules.trials import STORY, Door, message_id
from frontdoor.councils.queries import council, councils
from frontdoor.organisations.models import Agency
from frontdoor.portal import actions as portal

logger = logging.getLogger(__name__)


class Closed(Exception):
    """Nobody could come through this door."""


def try_every_door(at: datetime) -> None:
    """Ask for a test through each door of each council that somebody may come by."""
    for place in councils(on=at):
        with acting_for(place.pk, by=CLOCK_SWEEP) as by:
            for door, opens in _OPENS.items():
                if opens(place.pk, at):
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


def _by_a_file(authority: int, trial: str, at: datetime) -> None:
    """Check a file of one notice and send it, as a police desk does: in the portal's role, for its force."""
    force = _police()
    if force is None:
        raise Closed("No police force is known here")
    desk = replace(PUBLIC, agency=str(force.key))
    row = {"police_reference": trial, "kind": TEST, "narrative": STORY}
    with acting_for(authority, by=desk) as by:
        batch = notices.check_file(as_csv([row], [""]).encode(), name="Test message", by=by, at=at)
        batch = notices.take(batch.key, seen=batch.version, by=by, at=at)
    if batch.answers[0]["state"] == "refused":
        raise Closed("A file of notices was refused: the log says why")


def _police() -> Agency | None:
    return Agency.objects.filter(kind="police").order_by("id").first()


def _by_the_mailbox(authority: int, trial: str, at: datetime) -> None:
    """Put a message into the council's mailbox, from which it is drained like any other."""
    mailbox = _mailbox(authority)
    if mailbox is None:
        raise Closed("No mailbox is drained for this council")
    message = EmailMessage()
    message["From"] = message["To"] = formataddr(("Test message", mailbox.user))
    message["Subject"] = "Test message"
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(trial)
    message.set_content(STORY)
    try:
        put(mailbox, message.as_bytes())
    except MailboxAway as away:
        raise Closed("The mailbox does not answer") from away


def _mailbox(authority: int) -> Mailbox | None:
    return next((each for each in settings.ENVIRONMENT.mailboxes if each.council == authority), None)


_OPENS: dict[Door, Callable[[int, datetime], object]] = {
    Door.WEB: lambda authority, at: True,
    Door.SYSTEM: _client,
    Door.NOTICES: lambda authority, at: _police(),
    Door.MAILBOX: lambda authority, at: _mailbox(authority),
}
"""Whether somebody may come through a door; the sender's account is tried by its own people."""

_THROUGH: dict[Door, Callable[[int, str, datetime], None]] = {
    Door.WEB: _by_the_form,
    Door.SYSTEM: _by_the_interface,
    Door.NOTICES: _by_a_file,
    Door.MAILBOX: _by_the_mailbox,
}
