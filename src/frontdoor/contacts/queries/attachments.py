"""The files of a contact: what came with it, and what was added to it later."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Correspondence
from frontdoor.contacts.rules.correspondence import ORIGINALS
from frontdoor.files import queries as files
from frontdoor.files.queries import FileRow
from frontdoor.trail import actions as trail


def attached(contact: Contact, *, by: Actor) -> list[FileRow]:
    """The files of a contact that a page has opened, in the order in which they came.

    The paper that it came on is among them for whoever may see who wrote it; without its names, which often say that:
    they stand where it is opened.
    """
    subjects = [("contacts.submission", contact.submission_id), ("contacts.contact", contact.key)]
    if by.may(Permission.REFERRER_READ):
        papers = within(by, Correspondence.objects.filter(contact=contact)).values_list("key", flat=True)
        subjects += [(ORIGINALS, key) for key in papers]
    found = files.of_subjects(subjects, by=by)
    number = count(1)
    return [replace(each, name=f"Original {next(number)}") if each.subject[0] == ORIGINALS else each for each in found]


def came_on_paper(contact: Contact, *, by: Actor) -> bool:
    """Whether a paper or an e-mail lies with who told us, so that a page without files does not say there is none."""
    papers = Correspondence.objects.filter(contact=contact)
    return within(by, papers.filter(original__isnull=False)).exists()


@dataclass(frozen=True, slots=True)
class Attached:
    """The files of one contact, on a page of their own."""

    key: UUID
    receipt: str
    files: list[FileRow]
    on_paper: bool


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
    return Attached(contact.key, contact.receipt, found, came_on_paper(contact, by=by))


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
