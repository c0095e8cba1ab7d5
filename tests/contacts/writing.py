"""E-mails and letters in tests, through the real actions."""

from datetime import UTC, datetime
from email.message import EmailMessage
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frontdoor.actors.rules import Actor
    from frontdoor.contacts.models import Contact

REACHED = datetime(2026, 3, 24, 11, 40, tzinfo=UTC)
"""When the mailbox of the tests gets a message: twenty minutes before noon of a working day."""

_NUMBERS = count(1)


def mail(
    text: str = "Alfie came to school without a coat again.",
    *,
    sender: str = "Nkechi Barrow <nkechi.barrow@whittle-brook.example.org>",
    subject: str = "Alfie",
    html: str = "",
    attached: tuple[tuple[str, bytes], ...] = (),
    message_id: str | None = None,
    **headers: str,
) -> bytes:
    """The bytes of an e-mail; `auto_submitted="…"` sets the header Auto-Submitted."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "front.door@peterborough.example.org", subject
    message["Date"] = "Tue, 24 Mar 2026 10:05:00 +0000"
    if message_id != "":
        message["Message-ID"] = message_id or f"<{next(_NUMBERS)}@whittle-brook.example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def take_in(raw: bytes, *, by: "Actor", at: datetime, reached_at: datetime = REACHED, **options: Any) -> "Contact":
    """The contact of a message that the mailbox takes in."""
    from frontdoor.contacts.actions import correspondence as actions
    from frontdoor.contacts.models import Contact

    taken = actions.take_in_message(raw, reached_at=reached_at, by=by, at=at, **options)
    return Contact.objects.get(key=taken.contact)


def pdf(words: bytes = b"A scan") -> BytesIO:
    """A small PDF, as a scanner writes one."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    return BytesIO(
        body + b"% " + words + b"\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )
