"""Draining a mailbox: each message has its number in the database before the mailbox lets go of it.

A message is committed first and moved after. Whatever stops this in between, the next run finds it in the mailbox
again, knows it by its bytes, and only moves it. So nothing is lost and nothing is doubled; no state is kept but the
two that are there anyway.
"""

import imaplib
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from django.db import DatabaseError
from django.utils import timezone
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import MAILBOX, Error
from frontdoor.config.environment import Mailbox
from frontdoor.contacts.actions.correspondence import take_in_message
from frontdoor.contacts.rules.correspondence import LARGEST

logger = logging.getLogger(__name__)

AT_ONCE = 50
"""Messages that are taken in before the mailbox is asked to move them together."""

PATIENCE = 60
"""Seconds after which a mail server that does not answer is given up, until the next minute."""

BEGINNING = 400_000
"""Bytes that are read of a message that is too large to be kept: who wrote it, and most of what it says."""


@dataclass
class Drained:
    """What one run did.

    :param known: taken in by an earlier run that was stopped before the mailbox moved them
    :param failed: left where they are, told in the log, and tried again in the next run
    """

    taken: int = 0
    known: int = 0
    large: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _Waiting:
    uid: str
    size: int
    reached_at: datetime | None


def drain(mailbox: Mailbox, *, seconds: float | None = None) -> Drained:
    """Take in everything that lies in a mailbox now, the oldest first.

    One message that cannot be taken in stops no other; it stays where it is.

    :param seconds: after so many no more are begun; the next run goes on. None for all
    :raises MailboxAway: the server does not answer, or refuses
    """
    drained, began = Drained(), monotonic()
    with _opened(mailbox) as box:
        waiting = list(_waiting(box))
        for begin in range(0, len(waiting), AT_ONCE):
            if seconds is not None and monotonic() - began > seconds:
                break
            _drain_some(box, mailbox, waiting[begin : begin + AT_ONCE], drained)
    return drained


def put(mailbox: Mailbox, content: bytes) -> None:
    """Put a message into the folder that is drained, as a test of everything after the network.

    :raises MailboxAway: the server does not answer, or refuses
    """
    with _opened(mailbox) as box:
        box.append(content, mailbox.folder)


class MailboxAway(Exception):
    """The mail server does not answer, refuses the password, or has no such folder."""


_AWAY = (OSError, imaplib.IMAP4.error, ImapToolsError)


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    kind = MailBox if mailbox.safe else MailBoxUnencrypted
    try:
        box = kind(mailbox.host, mailbox.port, timeout=PATIENCE)
        try:
            box.login(mailbox.user, mailbox.password, None)
            for folder in (mailbox.taken, mailbox.large):
                if not box.folder.exists(folder):
                    box.folder.create(folder)
            box.folder.set(mailbox.folder)
            yield box
        finally:
            with suppress(*_AWAY):  # everything is done or given up by now
                box.logout()
    except _AWAY as away:
        raise MailboxAway(f"{mailbox.host}: {type(away).__name__}") from away


_HEAD = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def _waiting(box: BaseMailBox) -> Iterator[_Waiting]:
    """Every message of the folder in the order of its arrival, with its size and when the mailbox got it."""
    uids = box.uids("ALL")
    for begin in range(0, len(uids), 500):
        some = ",".join(uids[begin : begin + 500])
        for answer in _asked(box, some, "(UID RFC822.SIZE INTERNALDATE)"):
            line = answer if isinstance(answer, bytes) else answer[0]
            uid, size = _HEAD.search(line), _SIZE.search(line)
            if uid and size:
                yield _Waiting(uid[1].decode(), int(size[1]), _instant(line))


def _asked(box: BaseMailBox, uids: str, what: str) -> Sequence[Any]:
    status, answers = box.client.uid("fetch", uids, what)
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return [each for each in answers if each]


def _instant(line: bytes) -> datetime | None:
    """When the mailbox got it: the day on which it reached any part of the council."""
    found = re.search(rb'INTERNALDATE "([^"]+)"', line)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return None


def _content(box: BaseMailBox, uid: str, *, whole: bool) -> bytes | None:
    """The bytes of a message, which is not marked as read by it; None where it has gone meanwhile."""
    part = "(BODY.PEEK[])" if whole else f"(BODY.PEEK[]<0.{BEGINNING}>)"
    return next((bytes(answer[1]) for answer in _asked(box, uid, part) if isinstance(answer, tuple)), None)


def _drain_some(box: BaseMailBox, mailbox: Mailbox, some: Sequence[_Waiting], drained: Drained) -> None:
    """Take in a few, each in a transaction of its own, and move those whose number is committed."""
    moves: dict[str, list[str]] = {mailbox.taken: [], mailbox.large: []}
    try:
        for each in some:
            whole = each.size <= LARGEST
            content = _content(box, each.uid, whole=whole)
            if content is None:
                continue
            if _taken(content, each, mailbox, whole=whole, drained=drained):
                moves[mailbox.taken if whole else mailbox.large].append(each.uid)
                drained.large += not whole
    finally:
        for folder, uids in moves.items():
            if uids:
                box.move(uids, folder)


def _taken(content: bytes, each: _Waiting, mailbox: Mailbox, *, whole: bool, drained: Drained) -> bool:
    """Whether it is committed and may be moved."""
    at = timezone.now()
    try:
        with acting_for(mailbox.council, by=MAILBOX) as by:
            taken = take_in_message(
                content, reached_at=each.reached_at or at, whole=whole, own_address=mailbox.user, by=by, at=at
            )
    except (Error, DatabaseError):
        logger.exception("a message was not taken in", extra={"council": mailbox.council, "uid": each.uid})
        drained.failed += 1
        return False
    drained.known += taken.again
    drained.taken += not taken.again
    return True
