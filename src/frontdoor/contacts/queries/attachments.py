"""The files of a contact: what came with it, and what was added to it later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact
from frontdoor.files import queries as files
from frontdoor.files.queries import FileRow
from frontdoor.trail import actions as trail


def attached(contact: Contact, *, by: Actor) -> list[FileRow]:
    """The files of a contact that a page has opened, in the order in which they came."""
    subjects = [("contacts.submission", contact.submission_id), ("contacts.contact", contact.key)]
    return files.of_subjects(subjects, by=by)


@dataclass(frozen=True, slots=True)
class Attached:
    """The files of one contact, on a page of their own."""

    key: UUID
    receipt: str
    files: list[FileRow]


def open_files(key: UUID | str, *, by: Actor, at: datetime) -> Attached:
    """The files of one contact; it leaves one entry, which names those that are shown.

    :raises NotFound: the council acted for has no such contact
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    found = attached(contact, by=by)
    trail.record("contacts.files", subject=contact, by=by, at=at, shown=[str(each.key) for each in found])
    return Attached(contact.key, contact.receipt, found)


def of_submission(key: UUID | str, *, by: Actor) -> UUID:
    """The key of the contact that was made of a submission.

    :raises NotFound: the council acted for has none, or nothing was made of it yet
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = within(by, Contact.objects.filter(submission_id=key)).order_by("id").values_list("key", flat=True).first()
    if found is None:
        raise NotFound
    return found
