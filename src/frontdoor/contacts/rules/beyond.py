"""What rooms above add to contacts: each names itself while it starts, so that contacts never learns of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from frontdoor.actors.rules import Permission


@dataclass(frozen=True, slots=True)
class Way:
    """One way on.

    :param address: the route of a page, given council slug and the contact's key
    :param while_open: offered only while the contact is not closed
    """

    words: str
    address: str
    permission: Permission
    while_open: bool = False


WAYS: dict[str, Way] = {}
"""The declared ways by address; filled while the rooms start, read afterwards."""


def declare_way(words: str, address: str, permission: Permission, *, while_open: bool = False) -> None:
    """Make a way known, once.

    :raises ValueError: another one leads to that address
    """
    way = Way(words, address, permission, while_open)
    if WAYS.setdefault(address, way) != way:
        raise ValueError(f"two ways lead to {address}")


Gives = Callable[..., tuple[str, Any] | None]
"""Given a contact, the council's slug, `by=` and `at=`: the template of a part of its page and what it shows."""

PARTS: list[Gives] = []
"""Parts of a contact's page that rooms above give; filled while the rooms start, read afterwards."""


def declare_part(gives: Gives) -> None:
    """Have a part of a contact's page given by a room above, once; it asks by itself what its reader may see."""
    if gives not in PARTS:
        PARTS.append(gives)


CHILDREN: dict[str, Callable[..., Any]] = {}
"""Whose child a thing of a room above is about: by its kind; filled while the rooms start, read afterwards."""


COMES_FROM: dict[str, Callable[..., Any]] = {}
"""From which contact such a thing comes: also where nobody could name the child. Filled and read as the above."""


def declare_child(kind: str, gives: Callable[..., Any], *, comes_from: Callable[..., Any]) -> None:
    """Say of a kind of thing that is handed over which child it is about, so that whoever receives it knows the child.

    :param gives: given the thing's key and `by=`, the `Named` that it is about; None where nobody could name the child
    :param comes_from: given the same, its `Contact`; None where there is no such thing
    :raises ValueError: somebody else says it of that kind
    """
    if CHILDREN.setdefault(kind, gives) is not gives or COMES_FROM.setdefault(kind, comes_from) is not comes_from:
        raise ValueError(f"two rooms say whose child {kind} is about")


PROTECTED: list[Callable[..., None]] = []
"""What hears that protection was started on a contact: filled while the rooms start, read afterwards."""


def declare_protected(hears: Callable[..., None]) -> None:
    """Have a room above hear of protection in the act that starts it, once; it asks for nothing and refuses nothing.

    :param hears: given the protection, `by=` and `at=`
    """
    if hears not in PROTECTED:
        PROTECTED.append(hears)


SECTION47: dict[str, Callable[..., Any]] = {}
"""On which day the section 47 enquiry of a thing that is handed over began: by its kind; filled while rooms start."""


def declare_section47(kind: str, gives: Callable[..., Any]) -> None:
    """Say of a kind of thing that is handed over when its section 47 enquiry began, for whoever keeps that date.

    :param gives: given the thing's key and `by=`, the day, or None
    :raises ValueError: somebody else says it of that kind
    """
    if SECTION47.setdefault(kind, gives) is not gives:
        raise ValueError(f"two rooms say when the section 47 enquiry of {kind} began")


COMPLAINT_KINDS = frozenset({"complaint", "compliment"})
"""Sub-types of a contact that are about how we work, and are answered as such besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldComplaint:
    """A complaint or compliment as it was told to somebody of this room.

    :param came: key of the contact in which it came, which goes its own way; None where it came in no contact
    :param about: key of the contact that it is about
    :param note: how it was told, for whoever answers for it
    """

    kind: str
    what: str
    way: str
    who: str
    received_at: datetime
    name: str = ""
    reply_to: str = ""
    came: UUID | None = None
    about: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Complaints:
    """The room that answers complaints, as this room sees it.

    :param opens: takes one in at once, and gives its number
    :param number: the number of the one that came in the contact of a key; empty where there is none
    """

    opens: Callable[..., str]
    number: Callable[..., str]


COMPLAINTS: list[Complaints] = []
"""The one room that answers complaints; filled while the rooms start."""


def declare_complaints(room: Complaints) -> None:
    """Make known who answers complaints, once.

    :raises ValueError: another room does
    """
    if COMPLAINTS and [room] != COMPLAINTS:
        raise ValueError("two rooms answer complaints")
    COMPLAINTS[:] = [room]


def complaints() -> Complaints:
    """The room that answers complaints."""
    return COMPLAINTS[0]
