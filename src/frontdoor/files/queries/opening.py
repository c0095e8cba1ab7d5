"""Opening a file: the entry that says so, and what is in it, piece by piece."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, acting_council, require
from frontdoor.files import rules
from frontdoor.files.models import File, Piece
from frontdoor.files.queries.lists import FileRow, as_it_is, may_open, may_take_original, shown
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
    file = _readable(key, by=by)
    _check_open(file)
    trail.record("files.open", subject=("files.file", file.pk), by=by, at=at, why=why)
    kind, digest = rules.Kind(file.kind), bytes(file.copy_digest or b"")
    if as_it_is(file):
        return Opened(file.pk, file.name, kind, Piece.ORIGINAL, file.copy_size or 0, digest)
    kind = rules.COPIES.get(kind, kind)
    return Opened(file.pk, rules.of_copy(file.name, kind), kind, Piece.COPY, file.copy_size or 0, digest)


def see_page(key: UUID | str, number: int, *, by: Actor, at: datetime) -> bytes:
    """The picture of one page of a working copy, a JPEG; it leaves one entry.

    :param number: from 1
    :raises NotFound: as `open_file`; or it has no such page
    :raises NotPermitted: `by` may not read what it belongs to
    :raises StepNotAllowed: it is held, or was refused by the scanner
    :raises Broken: it is not what was kept
    """
    file = _readable(key, by=by)
    _check_open(file)
    digest = bytes(file.page_digests)[32 * (number - 1) : 32 * number] if number > 0 else b""
    if not digest:
        raise NotFound
    trail.record("files.see_page", subject=("files.file", file.pk), by=by, at=at, page=number)
    content = _piece(file.pk, Piece.PAGE, number - 1, by=by)
    if content is None or hashlib.sha256(content).digest() != digest:
        raise Broken(f"page {number} of {file.pk}")
    return content


def _check_open(file: File) -> None:
    if not may_open(file):
        raise StepNotAllowed(rules.why(file.state, file.hold) or "There is no clean copy of it.")


def open_original(key: UUID | str, *, why: str, by: Actor, at: datetime) -> Opened:
    """Open the original of a file as it came, with everything in it; a manager alone, with a reason, and an entry.

    :raises InvalidInput: `why`: no reason
    :raises NotFound: as `open_file`
    :raises NotPermitted: `by` is no manager, or may not read what it belongs to
    :raises StepNotAllowed: it is held for want of a scan, or was refused by the scanner
    """
    file = _readable(key, by=by)
    require(by, Permission.FILE_RELEASE, authority=file.authority_id)
    if not may_take_original(file):
        raise StepNotAllowed(rules.why(file.state, file.hold))
    said = rules.reason(why)
    trail.record("files.open_original", subject=("files.file", file.pk), by=by, at=at, why=said)
    return Opened(file.pk, file.name, rules.Kind(file.kind), Piece.ORIGINAL, file.size, bytes(file.digest))


def show_file(key: UUID | str, *, by: Actor, at: datetime) -> FileRow:
    """What is known of one file, without opening it; it leaves one entry.

    :raises NotFound: as `open_file`
    :raises NotPermitted: `by` may not read what it belongs to
    """
    file = _readable(key, by=by)
    trail.record("files.show", subject=("files.file", file.pk), by=by, at=at)
    return shown([file], by=by)[0]


def _readable(key: UUID | str, *, by: Actor) -> File:
    file = within(by, File.objects.filter(pk=key)).first()
    if file is None:
        raise NotFound
    require(by, rules.holder(file.subject_kind).read, authority=file.authority_id)
    return file


def stored(key: UUID, of: str, *, by: Actor) -> Iterator[bytes]:
    """What is stored of a file, at most 1 MB at a time, while somebody acts: for the scanner and the copy.

    :param of: which pieces: the working copy's, or the original's
    """
    number = 0
    while (piece := _piece(key, of, number, by=by)) is not None:
        yield piece
        number += 1


def _piece(key: UUID, of: str, number: int, *, by: Actor) -> bytes | None:
    found = within(by, Piece.objects.filter(file_id=key, of=of, number=number))
    content = found.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def pieces(opened: Opened, *, by: Actor) -> Iterator[bytes]:
    """What is in an opened file, at most 1 MB at a time, each read in a transaction of its own.

    The last piece is given only when all of it has the hash that was kept, so that a changed file never arrives whole.

    :raises Broken: it is not what was kept
    """
    whole, before, number = hashlib.sha256(), b"", 0
    while True:
        with acting_for(acting_council(by), by=by) as acting:
            piece = _piece(opened.key, opened.of, number, by=acting)
        if piece is None:
            break
        if before:
            yield before
        before = piece
        whole.update(before)
        number += 1
    if whole.digest() != opened.digest:
        raise Broken(f"{opened.of} of {opened.key}")
    if before:
        yield before


_AS_TEXT = [rules.Kind.TEXT.value, *(kind.value for kind, copy in rules.COPIES.items() if copy is rules.Kind.TEXT)]
"""Kinds of which what people open is plain text: notes, and e-mails taken apart."""
LONGEST_TEXT = 200_000
"""Bytes of a file of plain text that are read at most: more than anybody writes in one."""


def texts_of(subjects: Sequence[tuple[str, UUID]], *, by: Actor) -> list[str]:
    """What stands in those files of some subjects that people open as plain text: for the guard of words alone.

    No page shows it. Of any other kind nothing is known as text: only a reader sees what is in a picture of a page.

    :param subjects: (`room.model`, key)
    :raises NotPermitted: `by` may not read what one of them belongs to
    """
    found: list[str] = []
    for kind, key in subjects:
        require(by, rules.holder(kind).read, authority=acting_council(by))
        wanted = File.objects.filter(subject_kind=kind, subject_key=key, kind__in=_AS_TEXT)
        for file in filter(may_open, within(by, wanted.order_by("received_at", "id"))):
            of = Piece.ORIGINAL if as_it_is(file) else Piece.COPY
            content = _piece(file.pk, of, 0, by=by) or b""
            found.append(content[:LONGEST_TEXT].decode("utf-8", "replace"))
    return found
