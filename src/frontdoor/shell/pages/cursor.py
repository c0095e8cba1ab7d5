"""The sealed cursor that the "next" of a list carries (database.md, Lists)."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import QueryDict
from django.utils.encoding import force_bytes

from frontdoor.actors.rules import NotFound
from frontdoor.shell.rules import Paged

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


@dataclass(frozen=True, slots=True)
class Paging:
    """How a page of a list is left: to the next rows, back to the first, and how many there are in all.

    :param said: the count in words; empty where this page shows them all, or nobody counted
    """

    next: str
    first: str
    said: str


def paging(
    name: str,
    rows: Paged[Any],
    asked: QueryDict,
    *,
    place: Callable[[Any], tuple[Any, ...]] = attrgetter("cursor"),
    key: str = "after",
) -> Paging:
    """The ways on from one page of a list, which keep whatever else was asked.

    :param name: the list's own name
    :param asked: what stands in the address
    :param place: of a row, where a page ends with it
    :param key: what the place is called in the address, where a page shows several lists
    """
    first, further = asked.copy(), asked.copy()
    first.pop(key, None)
    if rows.more:
        further[key] = seal(name, place(rows[-1]))
    counted = rows.total is not None and rows.total > len(rows)
    return Paging(
        next=f"?{further.urlencode()}" if rows.more else "",
        first=f"?{first.urlencode()}" if key in asked else "",
        said=f"{rows.total:,} in all" if counted else "",
    )


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
