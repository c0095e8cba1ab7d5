"""Test messages: marked from the start, with receipts from a series of their own; they never become a contact."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CHANNEL = "test"
"""The channel of every test message: its numbers leave no gap in a real series."""

MARK = "X"
WITHIN = timedelta(minutes=10)
"""A test message that has not passed every station by then has not arrived."""

STORY = "This is a test message. It is about no child. Nobody needs to do anything."


class Door(StrEnum):
    """Through which door a test goes."""

    WEB = "web"
    SYSTEM = "system"
    ACCOUNT = "account"
    NOTICES = "notices"
    MAILBOX = "mailbox"


DOORS = [
    (Door.WEB.value, "The public form"),
    (Door.SYSTEM.value, "The interface for systems"),
    (Door.ACCOUNT.value, "A sender's account"),
    (Door.NOTICES.value, "A file of police notices"),
    (Door.MAILBOX.value, "The mailbox"),
]


ADDRESS = "front-door-test"
_MESSAGE = re.compile(rf"<{ADDRESS}\.([0-9a-f-]{{36}})@[^>]*>")


def message_id(trial: str) -> str:
    """The Message-ID of an e-mail that is a test."""
    return f"<{ADDRESS}.{trial}@localhost>"


def trial_of(message_id: str) -> str:
    """Which test an e-mail says that it is; empty for every other. It is one only if that test was asked for."""
    found = _MESSAGE.fullmatch(message_id.strip())
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Stations:
    """When a test passed each station; None where it has not."""

    asked_at: datetime
    received_at: datetime | None
    worked_at: datetime | None
    seen_at: datetime | None
    failed_at: datetime | None = None

    @property
    def arrived(self) -> bool:
        return self.seen_at is not None and self.failed_at is None

    def late(self, at: datetime) -> bool:
        """Whether it should have arrived by now and has not."""
        return not self.arrived and (self.failed_at is not None or at - self.asked_at > WITHIN)
