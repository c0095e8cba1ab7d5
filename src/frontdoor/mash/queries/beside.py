"""Which enquiries are about an incident with children of another council too, and what is known of theirs."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import ReferenceSent, Shared
from frontdoor.contacts.queries.beside import Beside, references
from frontdoor.contacts.rules.beside import ENQUIRY
from frontdoor.mash.models import Enquiry, Subject
from frontdoor.mash.rules.beside import word


def shared_enquiries(*, by: Actor) -> list[tuple[Shared, Enquiry]]:
    """Enquiries whose word was not told yet to a council that shares the incident of one of their contacts."""
    sent = ReferenceSent.objects.filter(shared__contact=OuterRef("matter__contact"), kind=ENQUIRY)
    last = sent.filter(record=OuterRef("enquiry__key")).order_by("-id").values("word")[:1]
    rows = Subject.objects.filter(matter__contact__shared__isnull=False).select_related("enquiry", "matter")
    changed = {
        (each.matter.contact_id, each.enquiry_id): each.enquiry
        for each in within(by, rows.annotate(last=Subquery(last))).order_by("id")
        if each.matter is not None and each.last != word(each.enquiry.state)
    }
    contacts = {contact for contact, _ in changed}
    shared = list(within(by, Shared.objects.filter(contact_id__in=contacts).select_related("contact")).order_by("id"))
    return [
        (each, enquiry)
        for (contact, _), enquiry in changed.items()
        for each in shared
        if each.contact_id == contact
    ]  # fmt: skip


def beside(enquiry: Enquiry, people: Iterable[Subject], *, by: Actor) -> list[Beside]:
    """What other councils have told of their records of the incidents that an enquiry is about."""
    contacts = [each.matter.contact for each in people if each.matter is not None]
    return references([enquiry.contact.mirror, *(each.mirror for each in contacts)], by=by)
