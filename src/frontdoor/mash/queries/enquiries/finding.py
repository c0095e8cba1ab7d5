"""Which enquiry a slip or a family has, who is the same person, and what was accepted and has none yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries.alike import same_person
from frontdoor.handovers.models import Handover
from frontdoor.mash.models import Enquiry, Subject
from frontdoor.mash.rules.states import State

RECENT = timedelta(days=92)
"""How far back the sweep looks for slips without an enquiry."""
MOST = 100


def of_slip(slip: UUID, *, by: Actor) -> Enquiry | None:
    """The enquiry that a slip has opened or joined: where that was joined to another one, still that one."""
    found = within(by, Subject.objects.select_related("enquiry").filter(slip=slip)).order_by("id").first()
    return found.enquiry if found else None


def of_child(key: UUID | str, *, by: Actor) -> Enquiry:
    """The enquiry in which a child is, by the key of that row.

    :raises NotFound: the council acted for has none of that key
    """
    found = within(by, Subject.objects.select_related("enquiry").filter(key=key, is_child=True)).first()
    if found is None:
        raise NotFound
    return found.enquiry


def named_child(key: UUID | str, *, by: Actor) -> Named | None:
    """Whom a child of an enquiry is, as the contact named them; for rooms that receive the child."""
    found = within(by, Subject.objects.select_related("named", "same_as__named").filter(key=key, is_child=True)).first()
    if found is None:
        return None
    return found.named or (found.same_as.named if found.same_as else None)


def contact_of(key: UUID | str, *, by: Actor) -> Contact | None:
    """From which contact a child of an enquiry came; for rooms that receive the child, named or not."""
    rows = Subject.objects.select_related("matter__contact", "enquiry__contact").filter(key=key, is_child=True)
    found = within(by, rows).first()
    return None if found is None else found.matter.contact if found.matter else found.enquiry.contact


def open_of(family: UUID, *, by: Actor) -> Enquiry | None:
    """The open enquiry of a family, its own or the one that it was joined to."""
    own = within(by, Enquiry.objects.filter(family=family, settled_at=None)).first()
    if own is not None:
        return own
    joined = Enquiry.objects.select_related("joined_to").filter(family=family, state=State.JOINED)
    last = within(by, joined).order_by("-id").first()
    return last.joined_to if last and last.joined_to and last.joined_to.settled_at is None else None


def of_contact(contact: UUID | str, *, by: Actor) -> list[Enquiry]:
    """The enquiries in which a child of a contact is, the newest first: for the page of the contact."""
    those = within(by, Subject.objects.filter(matter__contact__key=contact)).values("enquiry_id")
    return list(within(by, Enquiry.objects.filter(pk__in=those)).order_by("-opened_at", "-id"))


def accepted_without(*, by: Actor, at: datetime) -> list[UUID]:
    """Keys of slips that were accepted for an enquiry and have none yet, the oldest first."""
    slips = Handover.objects.filter(
        destination="mash", subject_kind="contacts.matter", state="accepted", settled_at__gte=at - RECENT
    )
    known = within(by, Subject.objects.filter(slip__isnull=False)).values("slip")
    return list(
        within(by, slips.exclude(key__in=known)).order_by("settled_at", "id").values_list("key", flat=True)[:MOST]
    )


def the_same(person: Named, rows: Sequence[Subject], *, by: Actor) -> Subject | None:
    """The row of somebody who is in the enquiry already, by `same_person`."""
    firsts = [row for row in rows if row.same_as_id is None]
    found = same_person(person, [row.named for row in firsts if row.named is not None], by=by)
    return next((row for row in firsts if found is not None and row.named == found), None)
