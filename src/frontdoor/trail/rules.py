"""The seals of the trail: leaves, trees, chained heads and proofs. Pure: bytes in, bytes out.

The tree is that of RFC 6962, section 2.1: SHA-256, a leaf and a node hashed with different first bytes, so that neither
can pass for the other. Leaves stand in the order of their tag, a keyed hash of the subject, and then of time: so all
entries about one child lie side by side, and a proof that shows them with their two neighbours shows that none is left
out, without showing what the neighbours are about.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VERSION = b"frontdoor trail seal 1"
LONGEST_TRANSACTION = timedelta(days=1)
NOTHING = bytes(32)
"""What the first seal is chained to."""


def _framed(parts: Sequence[bytes]) -> bytes:
    """Parts, each behind its length, so that no two lists of parts read alike."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


COLUMNS = """entry.id, entry.authority_id, entry.actor, entry.post, entry.action, entry.subject_kind, entry.subject_key,
       entry.why, entry.detail::text, entry.at, entry.recorded_at, entry.xid::text, entry.salt::text"""
"""What of an entry is sealed, in this order, as SQL reads it; the table is called `entry`."""

OF_SEALING = frozenset({"trail.seal", "trail.publish"})
"""Entries that sealing leaves of itself."""

ID, AUTHORITY, ACTION, SUBJECT, RECORDED_AT = 0, 1, 4, 6, 10


def entry_fields(row: Sequence[Any]) -> tuple[str, ...]:
    """An entry's columns, each as the text that is hashed."""
    return tuple(instant(value) if isinstance(value, datetime) else str(value) for value in row)


def instant(at: datetime) -> str:
    """An instant as it is hashed: UTC, with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def inner(fields: Sequence[str]) -> bytes:
    """What a leaf holds of its entry.

    :param fields: every column of the entry as text, the salt among them, so that a guess cannot be checked by hashing
    """
    return hashlib.sha256(_framed([field.encode() for field in fields])).digest()


def tag(secret: bytes, authority: int, subject: str) -> bytes:
    """The place of a subject in the trees of a council; without the secret nobody tells whose it is."""
    return hmac.digest(secret, _framed([str(authority).encode(), subject.encode()]), "sha256")


@dataclass(frozen=True, slots=True, order=True)
class Leaf:
    """One entry in a tree; the order is that of the tree.

    :param recorded_at: the database's own instant, as `instant` writes it
    """

    tag: bytes
    recorded_at: str
    entry: int
    inner: bytes

    @property
    def hash(self) -> bytes:
        content = _framed([self.tag, self.recorded_at.encode(), str(self.entry).encode(), self.inner])
        return hashlib.sha256(b"\x00" + content).digest()


def leaf_of(fields: Sequence[str], secret: bytes) -> Leaf:
    """The leaf of an entry, from its fields."""
    authority, subject = int(fields[AUTHORITY]), fields[SUBJECT]
    return Leaf(tag(secret, authority, subject), fields[RECORDED_AT], int(fields[ID]), inner(fields))


def slipped_in(leaves: Sequence[Leaf], newest: str) -> list[int]:
    """The entries of a seal that say they are a day older than the newest of the seal before: no transaction lasts so.

    :param newest: the newest `recorded_at` of the seal before; empty for the first
    """
    if not newest:
        return []
    oldest = instant(datetime.fromisoformat(newest) - LONGEST_TRANSACTION)
    return [leaf.entry for leaf in leaves if leaf.recorded_at < oldest]


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(count: int) -> int:
    """The largest power of two below a count of two or more."""
    return 1 << (count - 1).bit_length() - 1


def root(hashes: Sequence[bytes]) -> bytes:
    """The root of a tree.

    :raises ValueError: a tree has at least one leaf
    """
    if not hashes:
        raise ValueError("a tree has at least one leaf")
    if len(hashes) == 1:
        return hashes[0]
    middle = _split(len(hashes))
    return _node(root(hashes[:middle]), root(hashes[middle:]))


def path(hashes: Sequence[bytes], position: int) -> list[bytes]:
    """The hashes beside the way from a leaf up to the root, the lowest first."""
    if len(hashes) == 1:
        return []
    middle = _split(len(hashes))
    if position < middle:
        return [*path(hashes[:middle], position), root(hashes[middle:])]
    return [*path(hashes[middle:], position - middle), root(hashes[:middle])]


def climbed(leaf: bytes, position: int, count: int, beside: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its path lead to; None where the path does not fit position and count."""
    if count == 1:
        return leaf if not beside and position == 0 else None
    if not beside or not 0 <= position < count:
        return None
    middle = _split(count)
    if position < middle:
        below = climbed(leaf, position, middle, beside[:-1])
        return below and _node(below, beside[-1])
    below = climbed(leaf, position - middle, count - middle, beside[:-1])
    return below and _node(beside[-1], below)


@dataclass(frozen=True, slots=True)
class Head:
    """What is signed: one batch of a council's trail and all batches before it."""

    authority: int
    number: int
    entries: int
    root: bytes
    previous: bytes
    sealed_at: datetime

    @property
    def hash(self) -> bytes:
        numbers = (str(value).encode() for value in (self.authority, self.number, self.entries))
        parts = [VERSION, *numbers, self.root, self.previous, instant(self.sealed_at).encode()]
        return hashlib.sha256(_framed(parts)).digest()


def signed_by(public: Ed25519PublicKey, signature: bytes, head: bytes) -> bool:
    """Whether the key that lies outside the database signed a head."""
    try:
        public.verify(signature, head)
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Shown:
    """A leaf of a proof, with its place and its path.

    :param fields: the entry's columns as text, where it is about the subject; a neighbour is shown without
    """

    leaf: Leaf
    position: int
    beside: tuple[bytes, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proved:
    """One seal of a proof: its head, its signature, and the leaves from neighbour to neighbour, side by side."""

    head: Head
    signature: bytes
    shown: tuple[Shown, ...]


def faults(subject: bytes, proved: Sequence[Proved], public: Ed25519PublicKey) -> list[str]:
    """What is wrong with a proof of everything that the trail holds about one subject; nothing where it holds.

    :param subject: the subject's tag
    :param proved: every seal from the first, in order
    """
    found: list[str] = []
    previous = NOTHING
    for number, each in enumerate(proved, start=1):
        wrong = _chain_fault(each, number, previous, public) or _leaves_fault(subject, each)
        if wrong:
            found.append(f"seal {number}: {wrong}")
        previous = each.head.hash
    return found


def _chain_fault(each: Proved, number: int, previous: bytes, public: Ed25519PublicKey) -> str:
    if each.head.number != number or each.head.previous != previous:
        return "does not follow the one before"
    return "" if signed_by(public, each.signature, each.head.hash) else "is not signed by the key"


def _leaves_fault(subject: bytes, each: Proved) -> str:
    shown, last = each.shown, each.head.entries - 1
    for one in shown:
        if climbed(one.leaf.hash, one.position, each.head.entries, one.beside) != each.head.root:
            return "shows a leaf that is not in its tree"
        if one.leaf.tag == subject and inner(one.fields) != one.leaf.inner:
            return "shows an entry that is not the one that was sealed"
    positions = [one.position for one in shown]
    if not positions or positions != list(range(positions[0], positions[-1] + 1)):
        return "shows leaves that do not lie side by side"
    if positions[0] != 0 and shown[0].leaf.tag >= subject:
        return "hides what lies before"
    if positions[-1] != last and shown[-1].leaf.tag <= subject:
        return "hides what lies after"
    return ""


def as_json(each: Proved) -> dict[str, Any]:
    """One seal of a proof as plain values, for a file that anybody can check."""
    head = each.head
    return {
        "council": head.authority, "number": head.number, "entries": head.entries, "root": head.root.hex(),
        "previous": head.previous.hex(), "sealed_at": instant(head.sealed_at), "signature": each.signature.hex(),
        "leaves": [
            {
                "tag": one.leaf.tag.hex(), "recorded_at": one.leaf.recorded_at, "entry": one.leaf.entry,
                "inner": one.leaf.inner.hex(), "position": one.position, "path": [step.hex() for step in one.beside],
                "fields": list(one.fields),
            }
            for one in each.shown
        ],
    }  # fmt: skip


def from_json(read: dict[str, Any]) -> Proved:
    """One seal of a proof from plain values.

    :raises KeyError, ValueError: it is no proof
    """
    head = Head(
        read["council"], read["number"], read["entries"], bytes.fromhex(read["root"]),
        bytes.fromhex(read["previous"]), datetime.fromisoformat(read["sealed_at"]),
    )  # fmt: skip
    shown = tuple(
        Shown(
            Leaf(bytes.fromhex(one["tag"]), one["recorded_at"], one["entry"], bytes.fromhex(one["inner"])),
            one["position"],
            tuple(bytes.fromhex(step) for step in one["path"]),
            tuple(one["fields"]),
        )
        for one in read["leaves"]
    )
    return Proved(head, bytes.fromhex(read["signature"]), shown)
