"""How a protected address is kept: AES-256-GCM under a key of the council's own, itself wrapped by a key outside.

Every message is bound to its council and row, so that a sealed value copied to another row does not open. Keyed digests
(`passages`) let a text be searched for an address without opening one.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*(\d[A-Za-z]{2})\b")
_LONGEST = 5
"""Words of a first line of an address at most that a text is searched for."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is stored instead of the words."""

    nonce: bytes
    content: bytes


class CannotOpen(Exception):
    """Wrong key, wrong row, or changed content."""


def fresh_key() -> bytes:
    """A new key of 256 bits."""
    return AESGCM.generate_key(256)


def seal(plain: bytes, key: bytes, *, bound_to: str) -> Sealed:
    """Seal bytes for one place.

    :param bound_to: council and row; opening asks for the same
    """
    nonce = secrets.token_bytes(_NONCE)
    return Sealed(nonce, AESGCM(key).encrypt(nonce, plain, bound_to.encode()))


def open_sealed(sealed: Sealed, key: bytes, *, bound_to: str) -> bytes:
    """Open what was sealed.

    :raises CannotOpen: wrong key, wrong place, or changed content
    """
    try:
        return AESGCM(key).decrypt(sealed.nonce, sealed.content, bound_to.encode())
    except InvalidTag as wrong:
        raise CannotOpen(bound_to) from wrong


def wrap(data_key: bytes, master: bytes, *, bound_to: str) -> Sealed:
    """A council's key as it may lie in the database."""
    return seal(data_key, master, bound_to=bound_to)


def unwrap(wrapped: Sealed, master: bytes, *, bound_to: str) -> bytes:
    """The council's key.

    :raises CannotOpen: another master key wrapped it
    """
    return open_sealed(wrapped, master, bound_to=bound_to)


_WORDS = re.compile(r"sealed:1:([0-9a-f-]{36}):([A-Za-z0-9_-]{16}):([A-Za-z0-9_-]+={0,2})")


def packed(sealed: Sealed, key: UUID) -> str:
    """Sealed words as one word that stands in their column.

    :param key: of the council's key under which they were sealed
    """
    nonce, content = (base64.urlsafe_b64encode(part).decode() for part in (sealed.nonce, sealed.content))
    return f"sealed:1:{key}:{nonce}:{content}"


def unpacked(text: str) -> tuple[UUID, Sealed] | None:
    """The key and the sealed words of such a word; None for any other text."""
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    try:
        return UUID(found[1]), Sealed(*(base64.urlsafe_b64decode(part) for part in found.groups()[1:]))
    except (ValueError, binascii.Error):
        return None


def _digest(key: bytes, kind: str, words: str) -> str:
    return hmac.new(key, f"{kind}\x1f{words}".encode(), hashlib.sha256).hexdigest()[:32]


def _folded(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))


def former_marks(text: str, key: bytes) -> set[str]:
    """Every digest that an address in this text would have among marks made before `passages` made them.

    Such marks have no colon; `./frontdoor rotate_keys` makes them anew.
    """
    return set(_marks(text, key))


def _marks(text: str, key: bytes) -> Iterator[str]:
    for parts in _POSTCODE.findall(text):
        yield _digest(key, "postcode", "".join(parts).casefold())
    words = _folded(text)
    for start in range(len(words)):
        for length in range(2, _LONGEST + 1):
            if start + length <= len(words):
                yield _digest(key, "line", " ".join(words[start : start + length]))
