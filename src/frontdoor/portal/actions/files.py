"""Adding a photo or a document to a report that has arrived: whatever becomes of the file, the report stands."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, NotFound
from frontdoor.files import actions as files
from frontdoor.portal.models import Draft
from frontdoor.portal.rules import attaching


@transaction.atomic
def attach(content: BinaryIO, *, name: str, by: Actor, at: datetime) -> None:
    """Add one file to the report that this browser sent.

    :raises NotFound: this browser sent none, or its receipt is shown no more
    :raises InvalidInput: `file`: there are as many as there may be, or it is not taken, in words for the sender
    """
    draft = Draft.objects.select_for_update(of=("self",)).filter(holder=by.draft, until__gt=at).first()
    if draft is None or "sent" not in draft.data:
        raise NotFound
    sent = draft.data["sent"]
    added = list(sent.get("files", []))
    if not attaching.room(len(added)):
        raise InvalidInput(file=f"You can add {attaching.MOST_FILES} files. Ring us about the others")
    kept = files.keep(content, name=name, subject=("contacts.submission", UUID(sent["submission"])), by=by, at=at)
    draft.data = {"sent": {**sent, "files": [*added, kept.name]}}
    draft.save(update_fields=["data"])
