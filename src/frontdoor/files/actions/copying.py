"""Making the copy that people open, in a program of its own that can do nothing else (`rules/cleaning.py`)."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from frontdoor.actors.rules import Actor
from frontdoor.files import queries, rules
from frontdoor.files.models import File, Piece
from frontdoor.files.rules import cleaning

LONGEST = 90
"""Seconds after which the program is ended, whatever it is doing."""


@contextmanager
def clean_copy(file: File, *, by: Actor) -> Iterator[BinaryIO | None]:
    """A clean copy of an original, in a file without a name that is gone afterwards.

    Nothing of this process is handed down but the two files: no environment, no secret, no connection.

    :yields: the copy, or None where none can be made
    """
    with tempfile.TemporaryFile() as original, tempfile.TemporaryFile() as copy:
        for piece in queries.stored(file.pk, Piece.ORIGINAL, by=by):
            original.write(piece)
        original.seek(0)
        yield copy if _made(original, copy, rules.Kind(file.kind)) else None


def _made(original: BinaryIO, copy: BinaryIO, kind: rules.Kind) -> bool:
    """Whether the program ended well, and what it wrote is of the same kind by the same strict look as at the door."""
    program = [sys.executable, "-I", "-B", cleaning.__file__, kind.value]
    try:
        done = subprocess.run(
            program, stdin=original, stdout=copy, stderr=subprocess.DEVNULL, env={}, cwd="/", timeout=LONGEST,
            check=False,
        )  # fmt: skip
        return done.returncode == 0 and rules.kind_of(copy, copy.seek(0, 2), most=cleaning.LARGEST) is kind
    except (subprocess.TimeoutExpired, rules.Refused):
        return False
