"""Adding a file to a contact."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require
from frontdoor.contacts.models import Contact
from frontdoor.files import actions as files
from frontdoor.files.models import File
from frontdoor.trail import actions as trail


@transaction.atomic
def attach(key: UUID | str, *, content: BinaryIO, name: str, by: Actor, at: datetime) -> File:
    """Add a file to a contact, also to a closed one: what comes later belongs to it all the same.

    :param content: can be read again from its start
    :raises InvalidInput: `file`: it is not taken, in words for whoever added it
    :raises NotFound: the council acted for has no such contact
    :raises NotPermitted: `by` may not take in
    """
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    require(by, Permission.CONTACT_TAKE, authority=contact.authority_id)

    file = files.keep(content, name=name, subject=("contacts.contact", contact.key), by=by, at=at)

    trail.record("contacts.attach", subject=contact, by=by, at=at, file=file.pk)
    return file
