"""What was known at the moment of a decision, as canonical JSON with a schema version, hashed over its bytes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

SCHEMA = 1
LARGEST = 1_048_576
"""Bytes of one snapshot, at most."""


class TooLarge(ValueError):
    """A snapshot would pass 1 MB: something that belongs in a file has been typed into the record."""


def canonical(known: Mapping[str, Any]) -> bytes:
    """The bytes that are kept and hashed: keys sorted, no spaces, UTF-8.

    :raises TooLarge: more than 1 MB
    """
    content = json.dumps(
        {"schema": SCHEMA, **known}, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder
    ).encode()
    if len(content) > LARGEST:
        raise TooLarge
    return content


def sealed(content: bytes) -> bytes:
    """SHA-256 over the bytes."""
    return hashlib.sha256(content).digest()


def opened(content: bytes, hash_: bytes) -> dict[str, Any]:
    """A kept snapshot, checked against its hash.

    :raises ValueError: the bytes are not those that were sealed
    """
    if sealed(content) != hash_:
        raise ValueError("the snapshot is not what was sealed")
    found: dict[str, Any] = json.loads(content)
    return found
