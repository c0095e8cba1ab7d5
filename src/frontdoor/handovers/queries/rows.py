"""What lists of slips show: a slip on its giver's list or beside its subject, and one in the inbox of its receiver."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from frontdoor.handovers import rules

Cursor = tuple[Any, ...]
"""Where the last page of a list ended."""


@dataclass(frozen=True, slots=True)
class Passing:
    """One thing that happened to a slip on its way, for the journey of what is handed over."""

    kind: rules.Turn
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class Given:
    """A slip on the list of whoever gave it, or beside its subject.

    :param key: None where the row is masked: it cannot be opened
    :param by_name: of the giver; empty when that person no longer reaches the council, for it is nobody's then
    :param said: why it is back, in the words of whoever sent it back
    :param party: whoever asks gives or receives it
    :param passings: how it was sent, sent back, sent again and answered; told only beside its subject
    :param cursor: where a page of the list ends with this row; it goes into addresses sealed alone
    """

    key: UUID | None
    authority_id: int
    destination: str
    receiver: str
    summary: str
    subject_kind: str
    subject_key: UUID | None
    rating: str
    section47: bool
    urgent: bool
    state: rules.State
    mine: bool
    by_name: str
    received_at: datetime
    first_sent_at: datetime
    sent_at: datetime
    due_at: datetime
    answered_at: datetime | None
    settled_at: datetime | None
    chased: int
    refusals: int
    said: str
    party: bool
    cursor: Cursor
    passings: tuple[Passing, ...] = ()

    @property
    def back(self) -> bool:
        """Whether it is with the giver again."""
        return self.state.back

    @property
    def turn_of(self) -> str:
        """Whose turn it is, by name: the receiver's, or the giver's again, and with them who settles it."""
        if not self.back or self.key is None:
            return self.receiver
        giver = self.by_name or "nobody: the giver has left"
        return f"{giver}, and the head of service" if self.state is rules.State.ESCALATED else giver

    @property
    def place(self) -> tuple[datetime, int, str]:
        """Where it stands in a list merged over councils."""
        return self.due_at, self.authority_id, str(self.key)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A slip or a copy in the inbox of whoever receives it.

    :param copy: passed by another council
    :param giver: the giver's team, or the other council
    :param named: the worker or manager named on it is the one who asks
    """

    key: UUID
    copy: bool
    authority_id: int
    destination: str
    giver: str
    summary: str
    rating: str
    section47: bool
    urgent: bool
    named: bool
    received_at: datetime
    sent_at: datetime
    due_at: datetime
    chased: int
    accepted_by: str = ""
    accepted_at: datetime | None = None

    @property
    def place(self) -> tuple[bool, datetime, int, str]:
        """Urgent work first, then what is due next; a total order over councils."""
        return not self.urgent, self.due_at, self.authority_id, str(self.key)

    @property
    def cursor(self) -> Cursor:
        """Where a page of one council's inbox ends with this row."""
        return int(not self.urgent), self.due_at, str(self.key)

    @property
    def taken(self) -> tuple[datetime, str]:
        """Where it stands among what was taken on, the latest first."""
        return self.accepted_at or self.sent_at, str(self.key)
