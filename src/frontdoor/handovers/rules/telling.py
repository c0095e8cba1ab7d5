"""How the room of the subject hears of its handover: it names a job, so that nothing here knows the rooms above."""

from dataclasses import dataclass
from enum import StrEnum


class Event(StrEnum):
    """What a room may want to be told.

    `SENT` is told to the room of the destination alone; `ARRIVED` in the council that received a copy, the others in
    the council that gave the slip.
    """

    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CORRECTED = "corrected"
    ESCALATED = "escalated"
    SENT_AGAIN = "sent_again"
    WITHDRAWN = "withdrawn"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that is handed over.

    :param kind: its plain value in a slip, such as `contacts.matter`
    :param noun: what pages call one
    :param address: the route of its page, given council slug and key; empty where it has none
    :param received: the route of what the receiving council made of it, given council slug and the slip's key
    """

    kind: str
    noun: str
    address: str = ""
    received: str = ""


SUBJECTS: dict[str, Subject] = {}
_LISTENERS: dict[tuple[str, Event], tuple[str, ...]] = {}


def declare_subject(kind: str, *, noun: str, address: str = "", received: str = "") -> Subject:
    """Make a kind of subject known, once; each room does so beside its own rules.

    :raises ValueError: the kind is declared otherwise already
    """
    subject = Subject(kind, noun, address, received)
    if SUBJECTS.setdefault(kind, subject) != subject:
        raise ValueError(f"two subjects are called {kind}")
    return subject


def listen(kind: str, event: Event, job: str) -> None:
    """Have a background job of a higher room run when this happens to a subject of that kind.

    The job gets `handover=` and `subject=` (keys), or, for `ARRIVED`, `copy=`.
    """
    jobs = _LISTENERS.get((kind, event), ())
    if job not in jobs:
        _LISTENERS[(kind, event)] = (*jobs, job)


def listen_at(destination: str, event: Event, job: str) -> None:
    """Have a job of the room that receives at a destination run when this happens to any slip that goes there.

    The job gets `handover=` and `subject=` (keys). The slip stays the giver's until somebody there has accepted it.
    """
    listen(_at(destination), event, job)


def listeners_at(destination: str, event: Event) -> tuple[str, ...]:
    """The jobs of the room that receives there."""
    return listeners(_at(destination), event)


def _at(destination: str) -> str:
    return f"at {destination}"


def listeners(kind: str, event: Event) -> tuple[str, ...]:
    """The jobs that want to know."""
    return _LISTENERS.get((kind, event), ())
