"""Looking a file through before anybody may open it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require
from frontdoor.files import rules
from frontdoor.files.models import File
from frontdoor.trail import actions as trail


@transaction.atomic
def scan(key: UUID | str, *, by: Actor, at: datetime) -> File:
    """Have a file scanned; where there is no scanner it stays held, and says so.

    :raises NotFound: the council acted for has no such file
    :raises NotPermitted: `by` may not scan
    """
    file = within(by, File.objects.select_for_update(of=("self",)).filter(pk=key)).first()
    if file is None:
        raise NotFound
    require(by, Permission.FILE_SCAN, authority=file.authority_id)
    file.hold, file.tried_at, file.version = rules.Hold.NO_SCANNER, at, file.version + 1
    file.save(update_fields=["hold", "tried_at", "version"])
    trail.record("files.scan", subject=("files.file", file.pk), by=by, at=at, answer=file.hold)
    return file
