"""Sending in the background, and the two mail backends of the house: files in a demonstration, GOV.UK Notify in use."""

import contextlib
import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from frontdoor.actors.actions import acting_for, forget
from frontdoor.actors.rules import MAILER, Actor
from frontdoor.background.actions import job
from frontdoor.letters import actions
from frontdoor.letters.actions.outlet import REFERENCE
from frontdoor.letters.rules import Refused, from_status


@job("letters.send", by=MAILER)
def send(*, by: Actor, at: datetime, letter: str) -> None:
    """Take a letter up, and send it when that is committed: a worker that dies in between leaves a mark behind."""
    if actions.take_up(letter, by=by, at=at):
        transaction.on_commit(partial(_send_now, letter, by, at))


def _send_now(letter: str, by: Actor, at: datetime) -> None:
    forget()  # the job's own transaction has ended, and what it had set with it
    with acting_for(by.authority, by=by) as actor:
        actions.send_now(letter, by=actor, at=at)


class FileBackend(BaseEmailBackend):
    """Writes each message into a file named by its reference, once: for demonstrations, or without a provider."""

    def __init__(self, *args: Any, folder: Path | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = folder or Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write messages; one whose reference was written before is left as it is."""
        for message in email_messages:
            reference = message.extra_headers.get(REFERENCE) or secrets.token_hex(16)
            self._write(reference, ".eml", message.message().as_bytes())
        return len(email_messages)

    def send_text(self, number: str, text: str, *, reference: str) -> None:
        """Write a text message."""
        self._write(reference, ".txt", f"To: {number}\n\n{text}\n".encode())

    def find(self, reference: str) -> bool:
        """Whether a message with this reference was written."""
        return any((self.folder / f"{reference}{ending}").exists() for ending in (".eml", ".txt"))

    def _write(self, reference: str, ending: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / f".{secrets.token_hex(8)}"
        half.write_bytes(content)
        with contextlib.suppress(FileExistsError):  # written by an earlier try: that one counts
            os.link(half, self.folder / f"{reference}{ending}")
        half.unlink()


class NotifyBackend(BaseEmailBackend):
    """GOV.UK Notify through its own client. Its templates hold nothing but ((subject)) and ((body)).

    Every message carries a reference, and Notify is asked by it whether it has a message before one is sent again. It
    carries no files: what is attached stays behind, so that the words of a message say all that its file says.
    """

    def __init__(self, *args: Any, client: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Notify's client has no types.
        self.client = client or NotificationsAPIClient(settings.NOTIFY_KEY, timeout=10)  # type: ignore[no-untyped-call]

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send messages, one for each of their recipients.

        :raises NotSent: Notify did not take it, and would not have kept it
        :raises Refused: the address is wrong
        :raises Unknown: no clear answer
        """
        for message in email_messages:
            for address in message.recipients():
                self._ask(
                    self.client.send_email_notification,
                    email_address=address,
                    template_id=settings.NOTIFY_TEMPLATE,
                    personalisation={"subject": message.subject, "body": message.body},
                    reference=message.extra_headers.get(REFERENCE),
                )
        return len(email_messages)

    def send_text(self, number: str, text: str, *, reference: str) -> None:
        """Send a text message.

        :raises NotSent, Refused, Unknown: as `send_messages`
        """
        if not settings.NOTIFY_TEXT_TEMPLATE:
            raise Refused("no template for text messages is set")
        self._ask(
            self.client.send_sms_notification,
            phone_number=number,
            template_id=settings.NOTIFY_TEXT_TEMPLATE,
            personalisation={"body": text},
            reference=reference,
        )

    def find(self, reference: str) -> bool:
        """Whether Notify has a message with this reference."""
        return bool(self._ask(self.client.get_all_notifications, reference=reference)["notifications"])

    def _ask(self, call: Any, **what: Any) -> Any:
        try:
            return call(**what)
        except APIError as refused:
            raise from_status(refused.status_code) from refused
