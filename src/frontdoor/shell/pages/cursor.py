"""The sealed cursor that the "next" of a list carries (database.md, Lists)."""

import base64
import hashlib
import json
from datetime import date, datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

from frontdoor.actors.rules import NotFound

# A list that was left open over a day has moved on; its "next" leads to nothing.
LIFETIME = 24 * 60 * 60


def seal(name: str, values: tuple[Any, ...]) -> str:
    """The cursor after a row, as text for an address.

    Encrypted as well as signed: sort keys may be names, and names do not stand in addresses.

    :param name: the list's own name; a cursor of one list opens no other
    :param values: the row's sort key, council and id: texts, whole numbers, days and instants
    """
    body = json.dumps([name, *map(_written, values)], separators=(",", ":"))
    return _box().encrypt(body.encode()).decode().rstrip("=")


def unseal(name: str, cursor: str) -> tuple[Any, ...] | None:
    """The values of a cursor; None for the first page, which has none.

    :raises NotFound: it was made up, changed, made for another list or is older than a day
    """
    if not cursor:
        return None
    try:
        body = _box().decrypt(f"{cursor}{'=' * (-len(cursor) % 4)}".encode(), ttl=LIFETIME)
    except (InvalidToken, ValueError):
        raise NotFound from None
    made_for, *values = json.loads(body)
    if made_for != name:
        raise NotFound
    return tuple(map(_read, values))


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"frontdoor.shell.cursor:" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def _written(value: Any) -> Any:
    # A datetime is a date too, so it is asked first.
    if isinstance(value, datetime):
        return {"instant": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        (kind, text), *_ = value.items()
        return datetime.fromisoformat(text) if kind == "instant" else date.fromisoformat(text)
    return value
