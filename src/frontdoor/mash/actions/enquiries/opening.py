"""An accepted slip becomes an enquiry, or joins the one that is open for the same family."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.clocks import actions as clocks
from frontdoor.contacts.models import Contact, Matter, Named
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import queries as handover_queries
from frontdoor.handovers.queries import Slip
from frontdoor.handovers.rules import State as SlipState
from frontdoor.mash.actions.deciding.rows import moved
from frontdoor.mash.actions.enquiries.rows import KIND, Key, ask_safety, changed, turn
from frontdoor.mash.models import Enquiry, Subject
from frontdoor.mash.queries.enquiries import finding
from frontdoor.mash.rules import clocks as kinds
from frontdoor.mash.rules import ratings
from frontdoor.mash.rules.states import Line, Step
from frontdoor.trail import actions as trail

DESTINATION = "mash"
MATTER = "contacts.matter"


@transaction.atomic
def accept(slip_key: Key, *, seen: int, by: Actor, at: datetime) -> Enquiry | None:
    """Accept a slip and open its enquiry at once: the child is nobody's for no moment.

    :returns: the enquiry; None where what was passed is no child of a contact
    :raises Conflict: the slip has changed since `by` saw it
    :raises NotFound: no such slip for `by`
    :raises NotPermitted: `by` is not of the receiving team
    :raises StepNotAllowed: it was accepted or withdrawn already
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    handovers.accept(UUID(str(slip_key)), seen=seen, by=by, at=at)
    return open_from_slip(slip_key, by=by, at=at)


@transaction.atomic
def open_from_slip(slip_key: Key, *, by: Actor, at: datetime) -> Enquiry | None:
    """Open the enquiry of an accepted slip, or let its child join the open one of the family. Twice does it once.

    :returns: the enquiry; None where the slip is not accepted here, or is about no child of a contact
    :raises NotFound: no such slip for `by`
    :raises NotPermitted: `by` does not work on enquiries
    """
    slip = handover_queries.slip(slip_key, by=by)
    require(by, Permission.MASH_WORK, authority=slip.authority_id)
    if (slip.destination, slip.subject_kind, slip.state) != (DESTINATION, MATTER, SlipState.ACCEPTED):
        return None
    locked = Matter.objects.select_for_update(of=("self",), no_key=True).select_related("contact", "child")
    matter = within(by, locked.filter(key=slip.subject_key)).first()
    if matter is None:
        return None
    if (known := finding.of_slip(slip.key, by=by)) is not None:
        return known
    enquiry, new = _for_family(matter.contact, slip, by=by, at=at)
    _join(enquiry, matter, slip, new=new, by=by, at=at)
    trail.record("mash.open_enquiry", subject=enquiry, by=by, at=at, slip=slip.key, contact=matter.contact.key, new=new)
    return enquiry


def open_accepted(*, by: Actor, at: datetime) -> int:
    """Open what was accepted and has no enquiry yet: the minute's net under the messages.

    :returns: how many slips
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    keys = finding.accepted_without(by=by, at=at)
    for key in keys:
        open_from_slip(key, by=by, at=at)
    return len(keys)


def _for_family(contact: Contact, slip: Slip, *, by: Actor, at: datetime) -> tuple[Enquiry, bool]:
    """The open enquiry of the family, locked; or a new one. Of two slips that open one at once the second joins."""
    standing = finding.open_of(contact.family, by=by)
    if standing is None:
        try:
            with transaction.atomic():
                return _made(contact, slip, by=by, at=at), True
        except IntegrityError:
            # A sibling's slip has opened it in this very moment; the constraint is one open enquiry a family.
            standing = finding.open_of(contact.family, by=by)
            if standing is None:
                raise
    found = within(by, Enquiry.objects.select_for_update(of=("self",), no_key=True).filter(pk=standing.pk))
    return found.get(), False


def _made(contact: Contact, slip: Slip, *, by: Actor, at: datetime) -> Enquiry:
    earlier = within(by, Enquiry.objects.filter(contact=contact)).count()
    number = f"M-{contact.receipt or str(contact.key)[:8]}"
    made = Enquiry(
        authority_id=contact.authority_id, contact=contact, family=contact.family,
        reference=f"{number}/{earlier + 1}" if earlier else number, section47=slip.urgent,
        received_at=contact.received_at, opened_at=at, opened_by=slip.answered_by, touched_at=at,
        team_id=slip.to_team_id or contact.team_id, urgency=ratings.urgency(""),
    )  # fmt: skip
    (clock,) = clocks.start(
        kinds.RATE, subject=(KIND, made.key), team_id=made.team_id, label=made.reference, by=by, at=at
    )
    made.due_at = clock.due_at
    made.save(force_insert=True)
    turn(made, Line.OPENED, by=by, at=at, said_by=slip.answered_by)
    return made


def _join(enquiry: Enquiry, matter: Matter, slip: Slip, *, new: bool, by: Actor, at: datetime) -> None:
    """Write down the child that the slip brought, and the adults of its contact who are not there yet."""
    there = list(within(by, Subject.objects.select_related("named").filter(enquiry=enquiry)).order_by("position", "id"))
    place = len(there)
    twin = finding.the_same(matter.child, [each for each in there if each.is_child], by=by) if matter.child else None
    again = twin is not None and matter.child is not None and twin.named_id == matter.child.pk
    child = Subject.objects.create(
        authority_id=enquiry.authority_id, enquiry=enquiry, named=None if again else matter.child, matter=matter,
        slip=slip.key, is_child=True, position=place, same_as=twin,
    )  # fmt: skip
    adults = within(by, Named.objects.filter(contact=matter.contact).exclude(kind__in=CHILD_KINDS)).order_by("position")
    for adult in adults:
        if finding.the_same(adult, [each for each in there if not each.is_child], by=by) is None:
            place += 1
            Subject.objects.create(
                authority_id=enquiry.authority_id, enquiry=enquiry, named=adult, is_child=False, position=place
            )
    if twin is None:
        ask_safety(enquiry, [child], by=by, at=at)
    enquiry.section47 = enquiry.section47 or slip.urgent
    if not new:
        words = f"From {matter.contact.receipt}" + (": the same child again" if twin is not None else "")
        turn(enquiry, Line.CHILD_ADDED, by=by, at=at, text=words, said_by=slip.answered_by)
        moved(enquiry, Step.ADD_CHILD, by=by, at=at)
        changed(enquiry, "section47", "state", "due_at", by=by, at=at)
