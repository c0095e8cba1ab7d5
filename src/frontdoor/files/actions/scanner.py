"""Asking the scanner: clamd's own few words over a socket.

Written here because there is nothing to take: `clamd` on PyPI is from 2014 and unkept, `clamav-client` is GPL. clamd is
asked by its stream (INSTREAM), so it needs no file and no right to read one.
"""

import re
import socket
import struct
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE = 60
"""Seconds that clamd may take to answer or to take a piece."""

_LONGEST = 4_096


@dataclass(frozen=True, slots=True)
class Answer:
    """What the scanner said.

    :param asked: there is a scanner, and it said something that can be relied on
    :param found: what it calls what it found; empty where it found nothing
    """

    asked: bool
    found: str = ""


def is_set_up() -> bool:
    """Whether there is a scanner to ask at all."""
    return bool(settings.CLAMD)


def answers() -> bool:
    """Whether there is a scanner and it answers."""
    try:
        return is_set_up() and _said(b"zPING\0", ()) == "PONG"
    except OSError:
        return False


def look_through(pieces: Iterable[bytes]) -> Answer:
    """Have a file looked through, piece by piece. What is no plain answer counts as none, and the file stays held."""
    if not is_set_up():
        return Answer(False)
    try:
        said = _said(b"zINSTREAM\0", pieces)
    except OSError:
        return Answer(False)
    if said == "stream: OK":
        return Answer(True)
    found = re.fullmatch(r"stream: (.+) FOUND", said)
    return Answer(True, found[1][:120]) if found else Answer(False)


def _said(command: bytes, pieces: Iterable[bytes]) -> str:
    """One question and its answer.

    :raises OSError: nobody answers, or not in time
    """
    with closing(_connected()) as line:
        line.sendall(command)
        if command == b"zINSTREAM\0":
            for piece in pieces:
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
        heard = b""
        while not heard.endswith(b"\0") and len(heard) < _LONGEST:
            if not (more := line.recv(_LONGEST)):
                break
            heard += more
    return heard.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected() -> socket.socket:
    place = urlsplit(settings.CLAMD)
    if place.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        line.connect(place.path)
        return line
    return socket.create_connection((place.hostname or "", place.port or 3310), timeout=PATIENCE)
