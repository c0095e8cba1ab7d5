"""The keys outside the database that wrap each council's own: read from a file, never stored, never logged."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.letters.models import DataKey, ProtectedAddress
from frontdoor.letters.rules import typed


class NoKey(Exception):
    """The key that is needed is not here; says where it is looked for."""


def masters() -> dict[str, bytes]:
    """Every key of the file by its fingerprint; the first of the file wraps what is new.

    :raises NoKey: no file is set, or it holds no key
    """
    return dict(_read(settings.FIELD_KEY_FILE))


def current() -> tuple[str, bytes]:
    """Fingerprint and key that wrap what is new.

    :raises NoKey: there is none
    """
    return next(iter(masters().items()))


@lru_cache(maxsize=4)
def _read(file: Path | None) -> tuple[tuple[str, bytes], ...]:
    if file is None or not file.exists():
        raise NoKey("FRONTDOOR_FIELD_KEY_FILE is not set, or there is no such file")
    keys = [bytes.fromhex(line.strip()) for line in file.read_text().splitlines() if line.strip()]
    if not keys or any(len(key) != 32 for key in keys):
        raise NoKey(f"{file} holds no key of 64 hexadecimal digits")
    return tuple((hashlib.sha256(b"frontdoor.master.1" + key).hexdigest()[:16], key) for key in keys)


def seal_typed(address: str) -> str:
    """An address that somebody types and wants kept from others, as one word; nothing of the database is read for it.

    :raises NoKey: there is no key outside
    """
    name, master = current()
    return typed.sealed_text(address, name=name, master=master)


def open_typed(text: str) -> str | None:
    """The address of such a word; None where nobody here sealed it. Used where a report is taken in, and nowhere else.

    :raises NoKey: there is no key outside
    """
    return typed.opened_text(text, masters())


@dataclass(frozen=True, slots=True)
class Standing:
    """A council's key in use.

    :param since: since when; None where it never protected an address
    :param left: whether an address is still sealed under an older one
    """

    since: datetime | None
    left: bool


def standing(*, by: Actor) -> Standing:
    """Since when the council's key is in use, and whether everything is sealed under it. Part of a change of keys."""
    using = within(by, DataKey.objects.filter(retired_at=None)).first()
    if using is None:
        return Standing(None, left=False)
    left = within(by, ProtectedAddress.objects.exclude(data_key=using.key)).exists()
    return Standing(using.made_at, left)
