"""The files of one subject, as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.files import rules
from frontdoor.files.models import File

_WORDS = dict(rules.KINDS)
_COPIES = {_WORDS[kind]: _WORDS[copy] for kind, copy in rules.COPIES.items()}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as lists and pages show it.

    :param kind: in words
    :param size: in bytes, of the original
    :param state_words: how it stands
    :param why: what to know or do about it; empty where it may simply be opened
    :param added_by: who added it; empty where it came with something
    :param digest: SHA-256 of the original, in hexadecimal
    :param found: what the scanner called it
    :param pages: pictures of pages of its working copy that may be looked at
    :param part_of: key of the e-mail out of which it was taken
    :param as_it_is: the working copy is the original itself
    :param may_open: there is a working copy, and it may be opened
    :param may_release: whoever asks may let it be opened without a scan
    :param may_take_original: whoever asks may take the original
    """

    key: UUID
    subject: tuple[str, UUID]
    name: str
    kind: str
    size: int
    state: rules.State
    hold: str
    state_words: str
    why: str
    received_at: datetime
    added_by: str
    digest: str
    found: str
    may_open: bool
    may_release: bool
    may_take_original: bool
    scanned_at: datetime | None
    released_at: datetime | None
    released_by: str
    released_why: str
    version: int
    pages: int
    part_of: UUID | None
    as_it_is: bool

    @property
    def copy_kind(self) -> str:
        """What the working copy is, in words, where it is of another kind; else empty."""
        return "" if self.as_it_is else _COPIES.get(self.kind, "")

    @property
    def size_words(self) -> str:
        return rules.size_words(self.size)


def of_subject(subject: tuple[str, UUID], *, by: Actor) -> list[FileRow]:
    """The files of one subject in the order in which they came; part of the page that opens the subject.

    :param subject: (`room.model`, key)
    :raises NotFound: nothing of that kind has files
    :raises NotPermitted: `by` may not read what they belong to
    """
    return of_subjects([subject], by=by)


def of_subjects(subjects: Sequence[tuple[str, UUID]], *, by: Actor) -> list[FileRow]:
    """The files of several subjects that one page opens together, in the order in which they came.

    Those of one moment stand by name.

    :raises NotFound: nothing of one of these kinds has files
    :raises NotPermitted: `by` may not read what one of them belongs to
    """
    wanted = Q()
    for kind, key in subjects:
        require(by, rules.holder(kind).read, authority=acting_council(by))
        wanted |= Q(subject_kind=kind, subject_key=key)
    found = within(by, File.objects.filter(wanted, subject_key__in=[key for _, key in subjects]))
    return shown(list(found.order_by("received_at", "name", "id")), by=by)


def shown(files: list[File], *, by: Actor) -> list[FileRow]:
    """Files as lists show them, with the names of the people in them."""
    people = {number for each in files for number in (each.received_by, each.released_by) if number is not None}
    known = names(people, by=by) if people else {}
    return [_row(each, known, by) for each in files]


def _row(file: File, known: dict[int, str], by: Actor) -> FileRow:
    manages = by.may(Permission.FILE_RELEASE)
    return FileRow(
        key=file.pk, subject=(file.subject_kind, file.subject_key), name=file.name,
        kind=file.get_kind_display(), size=file.size, state=rules.State(file.state),
        hold=file.hold, state_words=file.get_state_display(), why=rules.why(file.state, file.hold),
        received_at=file.received_at, added_by=known.get(file.received_by or 0, ""), digest=bytes(file.digest).hex(),
        found=file.found, may_open=may_open(file), may_release=manages and may_release(file),
        may_take_original=manages and may_take_original(file), scanned_at=file.scanned_at, released_at=file.released_at,
        released_by=known.get(file.released_by or 0, ""), released_why=file.released_why, version=file.version,
        pages=len(file.page_digests) // 32 if may_open(file) else 0, part_of=file.part_of_id,
        as_it_is=as_it_is(file),
    )  # fmt: skip


def may_open(file: File) -> bool:
    """Whether the working copy may be opened: it was scanned or released, and there is one."""
    return file.state in (rules.State.CLEAN, rules.State.RELEASED) and file.copy_digest is not None


def as_it_is(file: File) -> bool:
    """Whether the working copy is the original itself; nothing of it is stored twice."""
    return file.copy_digest is not None and bytes(file.copy_digest) == bytes(file.digest)


def may_release(file: File) -> bool:
    """Whether it is held for want of a scan alone."""
    return file.state == rules.State.HELD and file.hold in (rules.Hold.NO_SCANNER, rules.Hold.NO_ANSWER)


def may_take_original(file: File) -> bool:
    """Whether there is a way to the original: it may be opened, or was scanned or released and cannot be copied."""
    looked = file.scanned_at is not None or file.released_at is not None
    return may_open(file) or (file.state == rules.State.HELD and file.hold == rules.Hold.NO_COPY and looked)
