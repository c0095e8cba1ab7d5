"""The sealing of every council's trail, run by the worker, and whether it does its work."""

import logging
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER, SERVICE
from frontdoor.councils import queries as councils
from frontdoor.shell.pages import Notice
from frontdoor.trail import actions as trail
from frontdoor.trail.queries import sealing_trouble

logger = logging.getLogger(__name__)
LOOK_AGAIN = 30.0
"""Seconds for which a process believes what it last saw of the sealer: it is asked for every page."""

_seen: tuple[float, Notice | None] = (float("-inf"), None)


def everybody(at: datetime) -> dict[int, str]:
    """Where heads are sent, by council; the service first."""
    return {SERVICE: councils.council(SERVICE).dpo_email} | {
        council.pk: council.dpo_email for council in councils.councils(on=at)
    }


def seal_everything(at: datetime) -> None:
    """Seal each council's trail; one that fails stops no other, and says so on every page until it works again."""
    for council in everybody(at):
        try:
            key = trail.signing_key(settings.SEAL_KEY_FILE)
            with acting_for(council, by=SEALER) as by:
                while trail.seal(key=key, by=by, at=at):
                    pass
        except Exception as error:  # whatever it is, the other councils are sealed and this one is shown
            logger.exception("sealing failed", extra={"council": council})
            with acting_for(council, by=SEALER) as by:
                trail.note_failure(type(error).__name__, by=by, at=at)


def publish_everything(at: datetime) -> None:
    """Write each council's newest head to the configured directory and send it to its data protection officer."""
    for council, email in everybody(at).items():
        try:
            key = trail.signing_key(settings.SEAL_KEY_FILE)
            with acting_for(council, by=SEALER) as by:
                file = trail.publish(settings.SEAL_DIRECTORY, key=key, by=by, at=at)
            if file is not None:
                _send(file, email)
        except Exception as error:
            logger.exception("publishing a seal failed", extra={"council": council})
            with acting_for(council, by=SEALER) as by:
                trail.note_failure(type(error).__name__, by=by, at=at)


def _send(file: Path, email: str) -> None:
    words = "The signed head of the trail follows. Keep it: with it anybody can show that nothing before was changed."
    send_mail(f"Seal of the trail {file.stem}", f"{words}\n\n{file.read_text()}\n", None, [email])


def trouble() -> Notice | None:
    """A notice for every page while a council's trail is not being sealed; asked of the database now and then."""
    global _seen  # noqa: PLW0603 (one for the process: each sees for itself)
    looked, notice = _seen
    if time.monotonic() - looked < LOOK_AGAIN:
        return notice
    at = timezone.now()
    numbers = {SERVICE} | {council.pk for council in councils.councils(on=at)}
    notice = (
        Notice("The record of who did and saw what is not being sealed. Tell your administrator.", kind="warning")
        if sealing_trouble(numbers, at=at)
        else None
    )
    _seen = (time.monotonic(), notice)
    return notice
