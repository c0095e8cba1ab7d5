"""An e-mail as text, read from its bytes. Whatever stands in it, reading it never fails and never runs anything."""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from imap_tools.message import MailMessage

from frontdoor.contacts.rules.correspondence.kinds import Machine
from frontdoor.contacts.rules.telephone.ways import readable
from frontdoor.files.rules.markup import without_markup

MOST_ATTACHMENTS = 50
OURS = "x-reference"
"""The header that our own letters carry."""

Headers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message, under the name that its sender gave it."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """What could be read of an e-mail.

    :param sent_at: its own Date, as the sender's machine wrote it; None where it has none that can be read
    :param machine: a code of `Machine`
    :param unread: in plain words why it could not be read; empty where it could
    """

    message_id: str = ""
    subject: str = ""
    from_name: str = ""
    from_address: str = ""
    sent_at: datetime | None = None
    text: str = ""
    machine: str = Machine.NONE
    unread: str = ""
    attachments: tuple[Attachment, ...] = ()


def read(raw: bytes, *, own_address: str = "") -> Message:
    """What an e-mail says. What cannot be read is left out, and `unread` says so.

    :param own_address: of the mailbox, so that our own letters are known when they come back
    """
    try:
        parsed = MailMessage.from_bytes(raw)
        headers: Headers = parsed.headers
    except Exception:  # noqa: BLE001 # the library may stumble over any of the endless ways in which a message can be broken
        return _headers_alone(raw, own_address)
    message = _head(parsed, headers, own_address)
    try:
        return _with_body(message, parsed)
    except Exception:  # noqa: BLE001 # as above: a broken part leaves at least who wrote and when
        return replace(message, unread="Its text could not be read.")


def _headers_alone(raw: bytes, own_address: str) -> Message:
    """Who wrote it and when, where the message itself cannot even be taken apart."""
    unread = "It could not be read."
    head = re.split(rb"\r?\n\r?\n", raw[:100_000], maxsplit=1)[0]
    lines = [line for line in head.splitlines(keepends=True) if not line.lower().startswith(b"content-")]
    try:
        parsed = MailMessage.from_bytes(b"".join(lines))
        return replace(_head(parsed, parsed.headers, own_address), unread=unread)
    except Exception:  # noqa: BLE001 # as above: what is left is that something came
        return Message(unread=unread)


def _head(parsed: MailMessage, headers: Headers, own_address: str) -> Message:
    address = _tried(lambda: _from_address(parsed), "")
    return Message(
        message_id=_line(_first(headers, "message-id"), 250),
        subject=_tried(lambda: _line(parsed.subject, 300), ""),
        from_name=_tried(lambda: _from_name(parsed), ""),
        from_address=address,
        sent_at=_tried(lambda: _sent_at(parsed), None),
        machine=_machine(headers, address, own_address),
    )


T = TypeVar("T")


def _tried(read_it: Callable[[], T], otherwise: T) -> T:
    """One header; each may be broken by itself, and the others are still worth having."""
    try:
        return read_it()
    except Exception:  # noqa: BLE001 # as above: the library may stumble in any way
        return otherwise


def _from_name(parsed: MailMessage) -> str:
    return _line(parsed.from_values.name, 200) if parsed.from_values else ""


def _from_address(parsed: MailMessage) -> str:
    return _line(parsed.from_values.email, 254).lower() if parsed.from_values else ""


def _sent_at(parsed: MailMessage) -> datetime | None:
    """Its own date; the library gives the year 1900 where it cannot read one, and no zone where none was written."""
    when: datetime = parsed.date
    if not 1970 <= when.year < 9000:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _line(value: object, most: int) -> str:
    return " ".join(readable(str(value or "")).split())[:most]


def _first(headers: Headers, name: str) -> str:
    return str(next(iter(headers.get(name, ())), ""))


def _machine(headers: Headers, sender: str, own_address: str) -> Machine:
    """What kind of machine wrote it, by what RFC 3834 and its elders say; a person's message gives none."""
    if headers.get(OURS) or (own_address and sender == own_address.lower()):
        return Machine.LOOP
    who = sender.partition("@")[0]
    if "multipart/report" in _first(headers, "content-type").lower() or who in {"mailer-daemon", "postmaster"} \
            or _first(headers, "return-path").strip() == "<>":  # fmt: skip
        return Machine.BOUNCE
    auto, precedence = (_first(headers, name).strip().lower() for name in ("auto-submitted", "precedence"))
    if auto.startswith("auto-replied") or headers.get("x-autoreply") or headers.get("x-autorespond") \
            or precedence == "auto_reply":  # fmt: skip
        return Machine.AUTO_REPLY
    if auto and not auto.startswith("no"):
        return Machine.AUTOMATIC
    if precedence in {"bulk", "list", "junk"} or headers.get("list-id") or headers.get("list-unsubscribe"):
        return Machine.LIST
    return Machine.NONE


def _with_body(message: Message, parsed: MailMessage) -> Message:
    text = readable(parsed.text.replace("\r\n", "\n").replace("\r", "\n")) if parsed.text.strip() else ""
    text = (text or readable(without_markup(parsed.html))).strip()
    attachments = tuple(
        Attachment(_line(each.filename, 150) or f"attachment-{number}", each.payload)
        for number, each in enumerate(parsed.attachments[:MOST_ATTACHMENTS], 1)
        if each.payload
    )
    unread = "" if text or attachments else "There is no text in it that could be read."
    return replace(message, text=text, attachments=attachments, unread=unread)


def enveloped(raw: bytes) -> bytes:
    """Bytes that no reader of e-mail takes for one, inside one that holds each of them unchanged."""
    head = b"From: mailbox@localhost\r\nSubject: What follows came as a message and is none\r\n"
    kind = b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + kind + base64.encodebytes(raw)
