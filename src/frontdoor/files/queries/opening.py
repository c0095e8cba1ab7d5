"""Opening a file: the entry that says so, and what is in it, piece by piece."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, StepNotAllowed, acting_council, require
from frontdoor.files import rules
from frontdoor.files.models import File, Piece
from frontdoor.files.queries.lists import may_open
from frontdoor.trail import actions as trail


class Broken(Exception):
    """What is stored is not what was kept: the hash differs, or a piece is missing."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be read now.

    :param of: which pieces: the working copy's, or the original's
    :param digest: the SHA-256 that all of it must have
    """

    key: UUID
    name: str
    kind: rules.Kind
    of: str
    size: int
    digest: bytes


def open_file(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """Open the working copy of a file; it leaves one entry.

    :raises NotFound: the council acted for has no such file, or `by` may not know of what it belongs to
    :raises NotPermitted: `by` may not read what it belongs to
    :raises StepNotAllowed: it is held, or was refused by the scanner
    """
    file = within(by, File.objects.filter(pk=key)).first()
    if file is None:
        raise NotFound
    require(by, rules.holder(file.subject_kind).read, authority=file.authority_id)
    if not may_open(file):
        raise StepNotAllowed(rules.why(file.state, file.hold) or "A clean copy is being made of it.")
    trail.record("files.open", subject=("files.file", file.pk), by=by, at=at, why=why, of=Piece.COPY)
    return Opened(
        file.pk, file.name, rules.Kind(file.kind), Piece.COPY, file.copy_size or 0, bytes(file.copy_digest or b"")
    )


def pieces(opened: Opened, *, by: Actor) -> Iterator[bytes]:
    """What is in an opened file, at most 1 MB at a time, each read in a transaction of its own.

    The last piece is given only when all of it has the hash that was kept, so that a changed file never arrives whole.

    :raises Broken: it is not what was kept
    """
    whole, before, number = hashlib.sha256(), b"", 0
    while True:
        with acting_for(acting_council(by), by=by) as acting:
            found = Piece.objects.filter(file_id=opened.key, of=opened.of, number=number)
            piece = within(acting, found).values_list("content", flat=True).first()
        if piece is None:
            break
        if before:
            yield before
        before = bytes(piece)
        whole.update(before)
        number += 1
    if whole.digest() != opened.digest:
        raise Broken(f"{opened.of} of {opened.key}")
    if before:
        yield before
