"""Making what people open of a foreign file, in programs of their own that can do nothing else.

`rules/cleaning.py` makes the clean copy, `rules/apart.py` pictures of its pages and the files that an e-mail carries.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from types import ModuleType
from typing import BinaryIO

from frontdoor.actors.rules import Actor
from frontdoor.files import queries, rules
from frontdoor.files.models import File, Piece
from frontdoor.files.rules import apart, cleaning

LONGEST = 90
"""Seconds after which a program is ended, whatever it is doing."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of an original, in files without names that are gone afterwards.

    :param copy: the clean copy; None where none can be made
    :param original: the file as it came, for what is taken out of it
    """

    original: BinaryIO
    copy: BinaryIO | None


@contextmanager
def clean_copy(file: File, *, by: Actor) -> Iterator[Made]:
    """A clean copy of an original.

    Nothing of this process is handed down but the two files: no environment, no secret, no connection.
    """
    with tempfile.TemporaryFile() as original, tempfile.TemporaryFile() as copy:
        for piece in queries.stored(file.pk, Piece.ORIGINAL, by=by):
            original.write(piece)
        original.seek(0)
        yield Made(original, copy if _made(original, copy, rules.Kind(file.kind)) else None)


def _made(original: BinaryIO, copy: BinaryIO, kind: rules.Kind) -> bool:
    """Whether the program ended well, and what it wrote is of its kind by the same strict look as at the door."""
    try:
        return _ran(cleaning, kind, original, copy) and _right(copy, rules.COPIES.get(kind, kind))
    except rules.Refused:
        return False


def _right(copy: BinaryIO, kind: rules.Kind) -> bool:
    """Words may speak of anything, also in the marks of a page: they are only ever saved as plain text."""
    if kind is rules.Kind.TEXT:
        rules.check_text(copy)
        return True
    return rules.kind_of(copy, copy.seek(0, 2), most=cleaning.LARGEST) is kind


def _ran(program: ModuleType, kind: rules.Kind, source: BinaryIO, target: BinaryIO) -> bool:
    """Whether a program read the one file and wrote the other, in time."""
    source.seek(0)
    command = [sys.executable, "-I", "-B", str(program.__file__), kind.value]
    try:
        done = subprocess.run(
            command, stdin=source, stdout=target, stderr=subprocess.DEVNULL, env={}, cwd="/", timeout=LONGEST,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def pages_of(copy: BinaryIO | None, kind: rules.Kind) -> list[bytes]:
    """A picture of each page of a clean copy; none where it shows none, or one of them could not be drawn.

    :param kind: the original's
    """
    if copy is None or kind not in rules.SEEN:
        return []
    drawn = _pieces(rules.COPIES.get(kind, kind), copy)
    try:
        right = all(rules.kind_of(BytesIO(each), len(each), most=rules.PIECE) is rules.Kind.JPEG for each in drawn)
    except rules.Refused:
        return []
    return drawn if right and len(drawn) <= apart.MOST_PAGES else []


def carried_by(original: BinaryIO) -> list[tuple[str, bytes]]:
    """The files that an e-mail carries, each with the name that its sender gave it."""
    found = iter(_pieces(rules.Kind.EML, original))
    return [(name.decode("utf-8", "replace"), content) for name, content in zip(found, found, strict=False)]


def _pieces(kind: rules.Kind, source: BinaryIO) -> list[bytes]:
    """What the second program wrote, each piece behind its length; nothing unless all of it is there."""
    with tempfile.TemporaryFile() as written:
        if not _ran(apart, kind, source, written):
            return []
        written.seek(0)
        found = []
        while head := written.read(4):
            found.append(written.read(int.from_bytes(head, "big")))
    return found
