"""Letting a file be opened that nobody could scan."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_person,
    require,
    unchanged,
)
from frontdoor.background.actions import later
from frontdoor.files import rules
from frontdoor.files.models import File
from frontdoor.files.rules import Hold, Step
from frontdoor.trail import actions as trail


@transaction.atomic
def release(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> File:
    """Let a file be opened though nobody could scan it; it stays marked, and is scanned when the scanner comes back.

    What is opened is a clean copy even so, which is made at once after.

    :raises Conflict: the file has changed since `by` saw it
    :raises InvalidInput: `why`: no reason
    :raises NotFound: the council acted for has no such file
    :raises NotPermitted: `by` is no manager, or may not read what it belongs to
    :raises StepNotAllowed: it is not held for want of a scan
    """
    file = within(by, File.objects.select_for_update(of=("self",), no_key=True).filter(pk=key)).first()
    if file is None:
        raise NotFound
    require(by, rules.holder(file.subject_kind).read, authority=file.authority_id)
    require(by, Permission.FILE_RELEASE, authority=file.authority_id)

    unchanged(seen, file.version)
    state = rules.after(file.state, Step.RELEASE)
    if file.hold not in (Hold.NO_SCANNER, Hold.NO_ANSWER):
        raise StepNotAllowed(rules.why(file.state, file.hold))
    file.released_why = rules.reason(why)
    file.state, file.hold = state, Hold.COPYING
    file.released_by, file.released_at, file.version = acting_person(by), at, file.version + 1
    file.save(update_fields=["state", "hold", "released_by", "released_at", "released_why", "version"])
    later("files.copy", file=str(file.pk))

    trail.record("files.release", subject=("files.file", file.pk), by=by, at=at, why=file.released_why)
    return file
