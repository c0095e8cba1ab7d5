"""Who is told: found at the moment of telling by the room that keeps the compartment; nothing of it is kept here."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from frontdoor.letters.rules.hidden import Kept
from frontdoor.letters.rules.kinds import Route
from frontdoor.letters.rules.passages import Passage
from frontdoor.letters.rules.safety import SafeRule


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told, as the compartment has them at this moment. It is used and dropped: never stored or logged.

    :param kind: code of `codes.REFERRER_KINDS`
    :param identity: given, withheld (asked that it is not passed on) or not_given
    :param route: how they ask to be answered now
    :param source: census code of who told us; the police and courts have agreements of their own
    :param notes: safe-contact notes about anybody in the matter: each holds back what would go by itself
    :param names: every name and nickname in the matter: none may stand in an e-mail or text
    :param unsafe: addresses, numbers and e-mail addresses of people who may be harming somebody
    :param rows: every row that is this same person, under which something may be set down about reaching them
    :param safe: what is set down; this room finds it, by `rows`
    :param protected: marks of their protected addresses, likewise; never an address
    :param keeps: what of the matter may not be told: asked only where somebody typed some of the words
    :param in_words: what stands in the words and may not; this room finds it
    """

    kind: str
    identity: str
    route: Route
    source: str = ""
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    route_note: str = field(default="", repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)
    unsafe: tuple[str, ...] = field(default=(), repr=False)
    rows: tuple["Subject", ...] = ()
    safe: tuple[SafeRule, ...] = ()
    protected: tuple[str, ...] = ()
    keeps: "Keeps | None" = field(default=None, repr=False)
    in_words: tuple[Passage, ...] = ()


Keeps = Callable[[], "tuple[tuple[Kept, ...], tuple[Subject, ...]]"]
"""What may not be told in a matter, and the rows of those in it whose address is protected."""

Resolver = Callable[..., Recipient]
"""`(subject_key, recipient_key, *, by, at) -> Recipient`; raises NotFound when the compartment has no such row."""

_RESOLVERS: dict[str, Resolver] = {}
_ADDRESSES: dict[str, str] = {}


class NoResolver(LookupError):
    """Nobody can say who is told about subjects of this kind."""


def resolver(subject_kind: str, find: Resolver, *, address: str = "") -> None:
    """Make known who finds the recipient for subjects of a kind, once; the higher room calls this when it is loaded.

    :param subject_kind: `room.model`, as the trail names it
    :param address: name of the page of such a subject, which takes the council's slug and the subject's key
    :raises ValueError: another resolver stands for that kind
    """
    if _RESOLVERS.get(subject_kind, find) is not find:
        raise ValueError(f"two resolvers for {subject_kind}")
    _RESOLVERS[subject_kind] = find
    _ADDRESSES[subject_kind] = address


def resolver_for(subject_kind: str) -> Resolver:
    """The resolver of a kind of subject.

    :raises NoResolver: no room registered one
    """
    try:
        return _RESOLVERS[subject_kind]
    except KeyError as missing:
        raise NoResolver(subject_kind) from missing


Hearer = Callable[..., None]
"""`(letter, *, by, at)`, called inside the act that settles a letter: what it was about learns how that ended."""

_HEARERS: dict[str, Hearer] = {}


def hear(subject_kind: str, hearer: Hearer) -> None:
    """Make known what is called when a letter about a subject of this kind is settled, once.

    :raises ValueError: another stands for that kind
    """
    if _HEARERS.get(subject_kind, hearer) is not hearer:
        raise ValueError(f"two hearers for {subject_kind}")
    _HEARERS[subject_kind] = hearer


def hearer(subject_kind: str) -> Hearer | None:
    """What is called when a letter about such a subject is settled; None where nobody asked."""
    return _HEARERS.get(subject_kind)


def address_of(subject_kind: str) -> str:
    """The name of the page of such a subject, or nothing where its room has none."""
    return _ADDRESSES.get(subject_kind, "")


Subject = tuple[str, uuid.UUID]
"""What a letter is about, as plain values: (`room.model`, key)."""
