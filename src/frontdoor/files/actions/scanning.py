"""Looking a file through and making the copy that people open, before anybody may open it."""

import contextlib
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_council, require
from frontdoor.background.actions import later
from frontdoor.files import queries, rules
from frontdoor.files.actions import scanner
from frontdoor.files.actions.copying import carried_by, clean_copy, pages_of
from frontdoor.files.actions.keeping import keep_carried, put, put_page
from frontdoor.files.models import File, Piece
from frontdoor.files.rules import Hold, State, Step
from frontdoor.trail import actions as trail

AGAIN = timedelta(minutes=5)
"""How long a file that could not be scanned waits before it is tried again."""

AT_ONCE = 20
"""Files that one sweep has tried again."""


@transaction.atomic
def scan(key: UUID | str, *, by: Actor, at: datetime) -> File:
    """Have a file scanned, and make the copy that people open; where nobody scans, it stays held and says so.

    The long part is done before anything is written or locked, so that nobody waits for it; the second of two at once
    finds that the file has changed, and leaves it.

    :raises NotFound: the council acted for has no such file
    :raises NotPermitted: `by` may not scan
    """
    file = _found(key, by=by)
    require(by, Permission.FILE_SCAN, authority=file.authority_id)
    if file.scanned_at is not None or file.state == State.REFUSED:
        return file
    answer = scanner.look_through(queries.stored(file.pk, Piece.ORIGINAL, by=by))
    if not answer.asked:
        return _not_scanned(file, by=by, at=at)
    if answer.found:
        return _refused(file, answer.found, by=by, at=at)
    _copied(file, Step.PASS, scanned=True, by=by, at=at)
    return file


@transaction.atomic
def make_copy(key: UUID | str, *, by: Actor, at: datetime) -> File:
    """Make the copy of a file that a manager has released without a scan.

    :raises NotFound: the council acted for has no such file
    :raises NotPermitted: `by` may not scan
    """
    file = _found(key, by=by)
    require(by, Permission.FILE_SCAN, authority=file.authority_id)
    if file.state == State.RELEASED and file.copy_digest is None:
        _copied(file, None, scanned=False, by=by, at=at)
    return file


@transaction.atomic
def sweep(*, by: Actor, at: datetime) -> int:
    """Have what could not be scanned scanned again, as soon as the scanner answers; also what was released without.

    :returns: how many files are tried
    :raises NotPermitted: `by` may not scan
    """
    require(by, Permission.FILE_SCAN, authority=acting_council(by))
    open_ones = File.objects.filter(scanned_at__isnull=True, state__in=[State.HELD, State.RELEASED])
    waiting = within(by, open_ones.filter(Q(tried_at__lt=at - AGAIN) | Q(tried_at=None, received_at__lt=at - AGAIN)))
    tried = list(waiting.order_by(F("tried_at").asc(nulls_first=True), "id").values_list("pk", flat=True)[:AT_ONCE])
    if not tried or not scanner.answers():
        return 0
    within(by, File.objects.filter(pk__in=tried)).update(tried_at=at)
    for key in tried:
        later("files.scan", file=str(key))
    trail.record("files.sweep", by=by, at=at, tried=[str(key) for key in tried])
    return len(tried)


def _found(key: UUID | str, *, by: Actor) -> File:
    file = within(by, File.objects.filter(pk=key)).first()
    if file is None:
        raise NotFound
    return file


def _locked(file: File, *, by: Actor) -> bool:
    """Whether the file still stands as it was read; from here on nobody else changes it."""
    now = within(by, File.objects.select_for_update(of=("self",), no_key=True).filter(pk=file.pk)).get()
    return now.version == file.version


def _saved(file: File, *fields: str, by: Actor, at: datetime) -> None:
    file.tried_at, file.version = at, file.version + 1
    file.save(update_fields=[*fields, "tried_at", "version"])


def _not_scanned(file: File, *, by: Actor, at: datetime) -> File:
    if _locked(file, by=by):
        file.hold = Hold.NO_ANSWER if scanner.is_set_up() else Hold.NO_SCANNER
        if file.state == State.HELD:
            _saved(file, "hold", by=by, at=at)
            trail.record("files.not_scanned", subject=("files.file", file.pk), by=by, at=at, hold=file.hold)
    return file


def _refused(file: File, found: str, *, by: Actor, at: datetime) -> File:
    if _locked(file, by=by):
        file.state, file.hold = rules.after(file.state, Step.REFUSE), ""
        file.found, file.scanned_at = found, at
        _saved(file, "state", "hold", "found", "scanned_at", by=by, at=at)
        trail.record("files.refuse", subject=("files.file", file.pk), by=by, at=at, found=found)
    return file


def _copied(file: File, step: Step | None, *, scanned: bool, by: Actor, at: datetime) -> None:
    """Store the copy, or hold the file because there can be none."""
    if file.copy_digest is not None or rules.Kind(file.kind) in rules.AS_THEY_ARE:
        if _locked(file, by=by):
            file.copy_size, file.copy_digest = file.copy_size or file.size, file.copy_digest or file.digest
            _settled(file, step, scanned=scanned, by=by, at=at)
        return
    with clean_copy(file, by=by) as made:
        pages = pages_of(made.copy, rules.Kind(file.kind))
        carried = carried_by(made.original) if _taken_out(file, by=by) else []
        if not _locked(file, by=by):
            return
        if made.copy is not None:
            file.copy_size = made.copy.seek(0, 2)
            file.copy_digest = put(made.copy, file.pk, Piece.COPY, by=by)
            file.page_digests = b"".join(put_page(each, file.pk, place, by=by) for place, each in enumerate(pages))
        _settled(file, step, scanned=scanned, by=by, at=at)
    _keep_carried(file, carried, by=by, at=at)


def _taken_out(file: File, *, by: Actor) -> bool:
    """Whether what an e-mail carries has still to be taken out of it: the mailbox does so itself, and so is known.

    An e-mail within an e-mail is taken apart too; what lies deeper stays in it.
    """
    if file.kind != rules.Kind.EML or within(by, File.objects.filter(part_of=file.pk)).exists():
        return False
    return not within(by, File.objects.filter(parts=file.pk, part_of__isnull=False)).exists()


def _keep_carried(file: File, carried: list[tuple[str, bytes]], *, by: Actor, at: datetime) -> None:
    """Keep each file beside its e-mail, scanned and copied as any other; what is not taken stays in the original."""
    kept = 0
    for name, content in carried:
        with contextlib.suppress(InvalidInput):
            keep_carried(BytesIO(content), name=name, whole=file, by=by, at=at)
            kept += 1
    if carried:
        trail.record(
            "files.take_out", subject=("files.file", file.pk), by=by, at=at, kept=kept, left=len(carried) - kept
        )


def _settled(file: File, step: Step | None, *, scanned: bool, by: Actor, at: datetime) -> None:
    if file.copy_digest is None:
        state, file.hold = State.HELD, Hold.NO_COPY.value
        file.state = rules.after(file.state, Step.HOLD) if file.state == State.RELEASED else state
    else:
        file.state, file.hold = rules.after(file.state, step) if step else State(file.state), ""
    if scanned:
        file.scanned_at = at
    _saved(file, "state", "hold", "scanned_at", "copy_size", "copy_digest", "page_digests", by=by, at=at)
    action = "files.scan" if scanned else "files.make_copy"
    copied = bytes(file.copy_digest).hex() if file.copy_digest else ""
    trail.record(action, subject=("files.file", file.pk), by=by, at=at, state=file.state, copy=copied)
