"""Where words leave the house: Django's mail backend, and beside it text messages where the backend has them.

A backend of ours has `find(reference)`, which says whether the provider has a message already, and `send_text`. Any
other backend cannot be asked, so what it may have sent is never sent again by itself.
"""

import smtplib
import socket
from dataclasses import dataclass
from email.mime.text import MIMEText
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core import mail

from frontdoor.letters.rules import House, NotSent, Recipient, Refused, Route, Undelivered, Unknown, Words, mobile

REFERENCE = "X-Reference"
"""The header that carries a letter's key: the provider's idempotency reference."""

_DOWN = (ConnectionRefusedError, socket.gaierror, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


@dataclass(frozen=True, slots=True)
class Attached:
    """A text file that goes with an e-mail, where the provider carries files: the words say all that it says.

    :param kind: its subtype of `text`, with parameters of the content type beside it
    """

    name: str
    kind: str
    text: str
    parameters: tuple[tuple[str, str], ...] = ()

    def part(self) -> MIMEText:
        part = MIMEText(self.text, self.kind, "utf-8")
        for name, value in self.parameters:
            part.set_param(name, value)
        part.add_header("Content-Disposition", "attachment", filename=self.name)
        return part


def deliver(
    route: Route, recipient: Recipient, words: Words, house: House, *, reference: str, again: bool, uncertain: bool,
    attached: Attached | None = None,
) -> None:  # fmt: skip
    """Hand the words to the provider, unless it has them already under this reference.

    :param again: this is not the first try
    :param uncertain: an earlier try may have gone out
    :param attached: a file that goes with an e-mail
    :raises NotSent: for certain not sent; to be tried again later
    :raises Refused: for certain not sent, and never will be
    :raises Unknown: it may have gone out, now or earlier
    """
    connection: Any = mail.get_connection()
    try:
        if again and _has(connection, reference, uncertain=uncertain):
            return
        if route is Route.EMAIL:
            _send_email(connection, recipient, words, house, reference=reference, attached=attached)
        else:
            _send_text(connection, recipient, words, reference)
    except Undelivered:
        raise
    except Exception as failed:  # a backend is any library's: what it may raise is told apart in one place
        raise _meaning(failed) from failed


def can_be_asked() -> bool:
    """Whether the provider can say what it has, so that trying again is safe whatever happened."""
    return hasattr(mail.get_connection(), "find")


def _has(connection: Any, reference: str, *, uncertain: bool) -> bool:
    if hasattr(connection, "find"):
        try:
            return bool(connection.find(reference))
        except Exception as silent:  # whatever keeps it from answering, nothing was sent by asking
            raise NotSent("no answer") from silent
    if uncertain:
        raise Unknown("cannot be asked")
    return False


def _send_email(
    connection: Any, recipient: Recipient, words: Words, house: House, *, reference: str, attached: Attached | None
) -> None:
    message = mail.EmailMessage(
        subject=words.subject,
        body=words.plain,
        # The council's name alone: the sender's name is read over a shoulder.
        from_email=formataddr((house.council, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[recipient.email],
        connection=connection,
        headers={REFERENCE: reference, "Auto-Submitted": "auto-generated"},
        attachments=[attached.part()] if attached else None,
    )
    if not connection.send_messages([message]):
        raise NotSent("not taken")


def _send_text(connection: Any, recipient: Recipient, words: Words, reference: str) -> None:
    if not hasattr(connection, "send_text"):
        raise Refused("no text messages")
    connection.send_text(mobile(recipient.phone), words.plain, reference=reference)


def _meaning(failed: Exception) -> Undelivered:
    """What an error of a mail library means: only what happened before anything was taken may be repeated."""
    if isinstance(failed, smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return Refused(type(failed).__name__)
    if isinstance(failed, _DOWN):
        return NotSent(type(failed).__name__)
    return Unknown(type(failed).__name__)
