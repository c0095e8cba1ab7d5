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
def keep(content: BinaryIO, *, name: str, subject: tuple[str, uuid.UUID], by: Actor, at: datetime) -> File:
    """Keep a file with what it belongs to. Nobody can open it until it was scanned, or a manager lets it be opened.

    The portal's role inserts and reads nothing: keys are made here. At most 1 MB of the file is in hand at a time.

    :param content: can be read again from its start
    :param name: as the sender called it; kept without path, controls and marks that turn writing around
    :param subject: (`room.model`, key), of a kind that its room has declared (`rules.holds_files`)
    :raises InvalidInput: `file`: it is not taken, in words for whoever sent it
    :raises NotFound: nothing of that kind has files
    :raises NotPermitted: `by` may not add files to it
    """
    require(by, rules.holder(subject[0]).keep, authority=acting_council(by))
    size = content.seek(0, 2)
    try:
        kind = rules.kind_of(content, size)
        called = rules.cleaned(name, kind)
    except rules.Refused as refusal:
        raise InvalidInput(file=str(refusal)) from refusal
    _check_count(subject, by)
    file = File(
        id=uuid.uuid4(), authority_id=acting_council(by), subject_kind=subject[0], subject_key=subject[1], name=called,
        kind=kind, size=size, state=rules.State.HELD, hold=rules.Hold.WAITING, received_at=at, received_by=by.user_id,
    )  # fmt: skip
    file.digest = put(content, file.pk, Piece.ORIGINAL, by=by)
    file.save(force_insert=True)
    later("files.scan", file=str(file.pk))
    digest = bytes(file.digest).hex()
    about, key = subject
    trail.record(
        "files.keep", subject=("files.file", file.pk), by=by, at=at, of=about, key=key, kind=kind, size=size,
        sha256=digest,
    )  # fmt: skip
    return file


def _check_count(subject: tuple[str, uuid.UUID], by: Actor) -> None:
    """At most a hundred files of one subject; the portal, which reads nothing, counts what it takes in itself."""
    if by.db_role == "frontdoor_portal":
        return
    if within(by, File.objects.filter(subject_key=subject[1], subject_kind=subject[0])).count() >= MOST_FILES:
        raise InvalidInput(file=f"There are {MOST_FILES} files already. Send the others with another contact")


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
