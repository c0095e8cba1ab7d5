"""Keeping a file: looked at by what is in it, hashed and stored piece by piece, and left for the scanner."""

import hashlib
import uuid
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, acting_council, require
from frontdoor.background.actions import later
from frontdoor.files import rules
from frontdoor.files.models import File, Piece
from frontdoor.trail import actions as trail

MOST_FILES = 100
"""Files of one subject at most."""


@transaction.atomic
def keep(
    content: BinaryIO, *, name: str, subject: tuple[str, uuid.UUID], part_of: uuid.UUID | None = None, by: Actor,
    at: datetime,
) -> File:  # fmt: skip
    """Keep a file with what it belongs to. Nobody can open it until it was scanned, or a manager lets it be opened.

    The portal's role inserts and reads nothing: keys are made here. At most 1 MB of the file is in hand at a time.

    :param content: can be read again from its start
    :param name: as the sender called it; kept without path, controls and marks that turn writing around
    :param subject: (`room.model`, key), of a kind that its room has declared (`rules.holds_files`)
    :param part_of: the e-mail, kept before, out of which it was taken
    :raises InvalidInput: `file`: it is not taken, in words for whoever sent it
    :raises NotFound: nothing of that kind has files
    :raises NotPermitted: `by` may not add files to it
    """
    require(by, rules.holder(subject[0]).keep, authority=acting_council(by))
    return _kept(content, name=name, subject=subject, part_of=part_of, received_by=by.user_id, by=by, at=at)


def keep_carried(content: BinaryIO, *, name: str, whole: File, by: Actor, at: datetime) -> File:
    """Keep a file that a kept e-mail carries, beside it: it came when the e-mail came, from whoever sent that.

    Part of the act that takes it out, which has asked for the permission.

    :raises InvalidInput: `file`: it is not taken
    """
    subject = (whole.subject_kind, whole.subject_key)
    return _kept(
        content, name=name, subject=subject, part_of=whole.pk, received_by=whole.received_by,
        received_at=whole.received_at, by=by, at=at,
    )  # fmt: skip


def _kept(
    content: BinaryIO, *, name: str, subject: tuple[str, uuid.UUID], part_of: uuid.UUID | None, received_by: int | None,
    received_at: datetime | None = None, by: Actor, at: datetime,
) -> File:  # fmt: skip
    size = content.seek(0, 2)
    try:
        kind = rules.kind_of(content, size)
        called = rules.cleaned(name, kind)
    except rules.Refused as refusal:
        raise InvalidInput(file=str(refusal)) from refusal
    _check_count(subject, by)
    file = File(
        id=uuid.uuid4(), authority_id=acting_council(by), subject_kind=subject[0], subject_key=subject[1], name=called,
        kind=kind, size=size, state=rules.State.HELD, hold=rules.Hold.WAITING, received_at=received_at or at,
        received_by=received_by, part_of_id=part_of,
    )  # fmt: skip
    file.digest = put(content, file.pk, Piece.ORIGINAL, by=by)
    file.save(force_insert=True)
    later("files.scan", file=str(file.pk))
    digest = bytes(file.digest).hex()
    about, key = subject
    trail.record(
        "files.keep", subject=("files.file", file.pk), by=by, at=at, of=about, key=key, kind=kind, size=size,
        sha256=digest, part_of=part_of,
    )  # fmt: skip
    return file


def _check_count(subject: tuple[str, uuid.UUID], by: Actor) -> None:
    """At most a hundred files of one subject; the portal, which reads nothing, counts what it takes in itself."""
    if by.db_role == "frontdoor_portal":
        return
    if within(by, File.objects.filter(subject_key=subject[1], subject_kind=subject[0])).count() >= MOST_FILES:
        raise InvalidInput(file=f"There are {MOST_FILES} files already. Send the others with another contact")


def put_page(content: bytes, file: uuid.UUID, number: int, *, by: Actor) -> bytes:
    """Store the picture of one page of a clean copy.

    :param number: from 0
    :returns: its SHA-256
    """
    Piece(authority_id=acting_council(by), file_id=file, of=Piece.PAGE, number=number, content=content).save(
        force_insert=True
    )
    return hashlib.sha256(content).digest()


def put(content: BinaryIO, file: uuid.UUID, of: str, *, by: Actor) -> bytes:
    """Store what is read from the start as pieces; the row of the file may follow.

    :returns: the SHA-256 of all of it
    """
    content.seek(0)
    whole, number = hashlib.sha256(), 0
    while piece := content.read(rules.PIECE):
        whole.update(piece)
        Piece(authority_id=acting_council(by), file_id=file, of=of, number=number, content=piece).save(
            force_insert=True
        )
        number += 1
    return whole.digest()
