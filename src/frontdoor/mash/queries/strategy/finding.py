"""Which children a contact has, which discussions there are of it, and what other rooms ask about a child of one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks.rules import london_date
from frontdoor.contacts.models import Contact, Matter, Named
from frontdoor.contacts.queries.alike import same_person
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.mash.models import Discussed, Discussion, Enquiry, Subject
from frontdoor.mash.queries.enquiries.finding import open_of
from frontdoor.mash.queries.enquiries.lists import name_of as of_subject
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Child:
    """A child whom a discussion may be about: as a contact named them, or one whom it could not name.

    :param key: of the child's name, or of the contact's part about them
    """

    key: UUID
    label: str
    named: Named | None
    matter: Matter | None


def children_of(contact: Contact, *, by: Actor) -> list[Child]:
    """The children of a contact, those not born yet and those not identified too, each once; part of an act."""
    found = []
    matters = within(by, Matter.objects.select_related("child").filter(contact=contact)).order_by("id")
    named: set[int] = set()
    for matter in matters:
        if matter.child_id is None:
            found.append(Child(matter.key, matter.called, None, matter))
        elif matter.child_id not in named:
            named.add(matter.child_id)
            found.append(Child(matter.key, matter.called, matter.child, matter))
    others = Named.objects.filter(contact=contact, kind__in=CHILD_KINDS).exclude(pk__in=named)
    found += [Child(each.key, each.label, each, None) for each in within(by, others).order_by("position")]
    return found


def to_begin(key: UUID | str, *, by: Actor) -> tuple[Contact, list[Child]]:
    """The contact from which a discussion is asked for, with its children; the act itself stands in the trail.

    :raises NotFound: the council acted for has none of that key
    :raises NotPermitted: `by` does not work on enquiries
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    return contact, children_of(contact, by=by)


def open_to_begin(key: UUID | str, *, by: Actor, at: object) -> tuple[Contact, list[Child]]:
    """The same for a page; it leaves an entry.

    :raises NotFound: the council acted for has none of that key
    :raises NotPermitted: `by` does not work on enquiries
    """
    contact, children = to_begin(key, by=by)
    trail.record("mash.open_to_begin_strategy", subject=contact, by=by, at=at)  # type: ignore[arg-type]  # an instant
    return contact, children


def open_enquiry_of(contact: Contact, *, by: Actor) -> Enquiry | None:
    """The open enquiry of a contact's family, beside which a discussion runs."""
    return open_of(contact.family, by=by)


def may_join(row: Discussion, *, by: Actor) -> list[Child]:
    """Children who are not in a discussion yet: of its contact, and of the enquiry beside it, each once."""
    there = list(within(by, Discussed.objects.select_related("named").filter(discussion=row)))
    named = [each.named for each in there if each.named is not None]
    matters = {each.matter_id for each in there if each.matter_id is not None}
    enquiry = row.enquiry or open_enquiry_of(row.contact, by=by)
    wanted = Subject.objects.select_related("named", "matter").filter(enquiry=enquiry, is_child=True, same_as=None)
    beside = within(by, wanted).order_by("position", "id") if enquiry else []
    found = []
    for child in (*children_of(row.contact, by=by), *(Child(e.key, of_subject(e), e.named, e.matter) for e in beside)):
        known = child.named is not None and same_person(child.named, named, by=by) is not None
        if known or (child.matter is not None and child.matter.pk in matters):
            continue
        found.append(child)
        named += [child.named] if child.named is not None else []
        matters |= {child.matter.pk} if child.matter is not None else set()
    return found


def name_of(child: Discussed) -> str:
    """How pages name a child of a discussion: as the contact did."""
    if child.named:
        return child.named.label
    return child.matter.called if child.matter else "Child not yet identified"


def named_child(key: UUID | str, *, by: Actor) -> Named | None:
    """Whom a child of a discussion is, as the contact named them; for rooms that receive the child."""
    found = within(by, Discussed.objects.select_related("named").filter(key=key)).first()
    return found.named if found else None


def contact_of(key: UUID | str, *, by: Actor) -> Contact | None:
    """From which contact a child of a discussion came; for rooms that receive the child, named or not."""
    rows = Discussed.objects.select_related("matter__contact", "discussion__contact").filter(key=key)
    found = within(by, rows).first()
    return None if found is None else found.matter.contact if found.matter else found.discussion.contact


def began_on(key: UUID | str, *, by: Actor) -> date | None:
    """On which day the section 47 enquiry of a child of a discussion began; None where none did."""
    began = within(by, Discussed.objects.filter(key=key)).values_list("began_at", flat=True).first()
    return london_date(began) if began else None


def of_child(key: UUID | str, *, by: Actor) -> Discussion:
    """The discussion in which a child is, by the key of that row.

    :raises NotFound: the council acted for has none of that key
    """
    found = within(by, Discussed.objects.select_related("discussion").filter(key=key)).first()
    if found is None:
        raise NotFound
    return found.discussion


def of_contact(contact: Contact, *, by: Actor) -> list[Discussion]:
    """The strategy discussions of a contact, the newest first. Part of opening it."""
    return list(within(by, Discussion.objects.filter(contact=contact)).order_by("-asked_at", "-id"))
