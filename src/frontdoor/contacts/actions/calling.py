"""A call from a parent about a contact: begun, found, checked, and what was said and asked kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.contacts.actions.intake import submit_and_take_in
from frontdoor.contacts.models import Contact, FamilyCall, Matter, Named
from frontdoor.contacts.queries.calling import facts_of
from frontdoor.contacts.rules import calling as rules
from frontdoor.contacts.rules.beyond import ToldComplaint, complaints
from frontdoor.contacts.rules.calling import RING, SUBJECT
from frontdoor.contacts.rules.intake import ReferrerGiven, Report
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.trail import actions as trail

LONGEST = timedelta(days=7)


def _take(key: UUID | str, *, seen: int, by: Actor) -> FamilyCall:
    """One's own call that goes on, locked.

    :raises NotFound: none of that key
    :raises StepNotAllowed: it has ended, or somebody else took it
    """
    locked = FamilyCall.objects.select_for_update(of=("self",), no_key=True).select_related("contact", "person")
    found = within(by, locked.filter(key=key)).first()
    if found is None:
        raise NotFound
    require(by, Permission.FAMILY_TELL, authority=found.authority_id)
    if found.taken_by != by.user_id:
        raise StepNotAllowed("A colleague took this call.")
    if found.ended_at is not None:
        raise StepNotAllowed("This call has ended.", when=found.ended_at)
    unchanged(seen, found.version)
    return found


def _save(call: FamilyCall, *fields: str) -> None:
    call.version += 1
    call.save(update_fields=[*fields, "version"])


@transaction.atomic
def begin(caller: str, *, by: Actor, at: datetime) -> FamilyCall:
    """Begin a call from a parent or carer: who says they ring. Nothing is looked up by it.

    :raises NotPermitted: `by` tells no families
    :raises InvalidInput: nobody named
    """
    require(by, Permission.FAMILY_TELL, authority=acting_council(by))
    if not caller.strip():
        raise InvalidInput(caller="Write who says they ring")
    made = FamilyCall.objects.create(
        authority_id=acting_council(by), caller=caller.strip()[:200], began_at=at, taken_by=acting_person(by)
    )
    trail.record("contacts.begin_family_call", subject=made, by=by, at=at)
    return made


@transaction.atomic
def pick(key: UUID | str, *, seen: int, contact: UUID | str, by: Actor, at: datetime) -> FamilyCall:
    """Set which contact the caller seems to ask about; what was checked before counts no more.

    :raises NotFound: the council acted for has no such contact
    :raises StepNotAllowed: it is sure already who rings, or the call has ended
    """
    call = _take(key, seen=seen, by=by)
    found = within(by, Contact.objects.filter(key=contact).exclude(state="voided")).first()
    if found is None:
        raise NotFound
    if call.check_made:
        raise StepNotAllowed("The check of who rings has been made. End this call and begin another.")
    call.contact, call.person = found, None
    _save(call, "contact", "person")
    trail.record("contacts.pick", subject=call, by=by, at=at, contact=found.key)
    return call


@transaction.atomic
def check(
    key: UUID | str,
    *,
    seen: int,
    person: UUID | str | None,
    made: str,
    right: Sequence[str] = (),
    children: Sequence[str] = (),
    known_from: str = "",
    by: Actor,
    at: datetime,
) -> FamilyCall:
    """Write down how it was made sure who rings, and for which children they have parental responsibility.

    It is done once a call: whoever failed it does not try again until the answers fit.

    :param person: key of the adult whom the contact names; None where it could not be made sure
    :param right: codes of the questions that were answered rightly
    :param children: keys of the matters of the children for whom they have parental responsibility
    :param known_from: from where that is known
    :raises StepNotAllowed: the check was made already
    :raises InvalidInput: with a message by field
    """
    call = _take(key, seen=seen, by=by)
    if call.check_made:
        raise StepNotAllowed("The check of who rings has been made already.")
    people = list(within(by, Named.objects.filter(contact=call.contact))) if call.contact else []
    offered = [each.code for each in facts_of(people)]
    sure = rules.check_identity(made, right, offered)
    who = next((each for each in people if str(each.key) == str(person) and each.kind not in CHILD_KINDS), None)
    if sure and who is None:
        raise InvalidInput(person="Choose who of the contact this is")
    if sure and children and not known_from.strip():
        raise InvalidInput(known_from="Say from where it is known that they have parental responsibility")
    own = within(by, Matter.objects.filter(contact=call.contact, key__in=list(children)))
    call.check_made, call.person, call.known_from = made, who if sure else None, known_from.strip()[:300]
    call.facts = [{"asked": code, "right": code in set(right)} for code in offered] if made == "facts" else []
    call.children = [str(each) for each in own.values_list("key", flat=True)] if sure else []
    call.confirmed_at = at if sure else None
    _save(call, "check_made", "person", "known_from", "facts", "children", "confirmed_at")
    trail.record("contacts.check_caller", subject=call, by=by, at=at, made=made, sure=sure)
    return call


@transaction.atomic
def end(
    key: UUID | str,
    *,
    seen: int,
    asked: str,
    said: str,
    complaint: str = "",
    reply_to: str = "",
    worry: str = "",
    ring_by: datetime | None = None,
    by: Actor,
    at: datetime,
) -> FamilyCall:
    """End the call: what was asked and said, a promise to ring back; a worry and a complaint go on from here.

    :param complaint: what they complain of, in their words; whoever answers complaints has it at once, timed from the
        beginning of the call
    :param reply_to: how they want the complaint answered
    :param worry: a worry about a child that was told in this call, in the caller's words: a contact of its own
    :param ring_by: when somebody was promised to ring back
    :raises InvalidInput: with a message by field
    """
    call = _take(key, seen=seen, by=by)
    problems = {}
    if not asked.strip():
        problems["asked"] = "Write what they asked"
    if not said.strip():
        problems["said"] = "Write what you said, also where it was that you cannot say anything"
    if ring_by is not None and not at < ring_by <= at + LONGEST:
        problems["ring_by"] = "Give a time after now, within seven days"
    if problems:
        raise InvalidInput(**problems)
    call.asked, call.said, call.complaint, call.ring_by = asked.strip(), said.strip(), complaint.strip(), ring_by
    call.ended_at = at
    if worry.strip():
        call.worry = _new_worry(call, worry.strip(), by=by, at=at)
    if call.complaint:
        call.complaint_number = _complain(call, reply_to.strip(), by=by, at=at)
    _save(call, "asked", "said", "complaint", "complaint_number", "ring_by", "ended_at", "worry")
    if ring_by is not None:
        clocks.start_until(
            RING, due_at=ring_by, subject=(SUBJECT, call.key), owner_id=by.user_id,
            team_id=call.contact.team_id if call.contact else None, label=call.contact.receipt if call.contact else "",
            by=by, at=at,
        )  # fmt: skip
    trail.record(
        "contacts.end_family_call", subject=call, by=by, at=at, complaint=call.complaint_number,
        worry=str(call.worry or ""), ring_by=ring_by,
    )  # fmt: skip
    return call


def _new_worry(call: FamilyCall, words: str, *, by: Actor, at: datetime) -> UUID | None:
    """A worry told by a parent is taken in like any other: with a number, clocks and a first look."""
    report = Report(
        story=words,
        referrer=ReferrerGiven(kind="family", identity="given", name=call.caller, route="phone"),
    )
    _, contact = submit_and_take_in(report, channel="phone", idem=f"family-call-{call.key}", by=by, at=at)
    return contact.key if contact else None


def _complain(call: FamilyCall, reply_to: str, *, by: Actor, at: datetime) -> str:
    """A complaint told by a parent is opened at once, since its time runs from when they told it.

    :returns: its number
    """
    sure = f"Told in a call from a parent. {dict(rules.CHECKS).get(call.check_made, 'Who rang was not checked')}."
    told = ToldComplaint(
        kind="complaint", what=call.complaint, way="phone", who="parent", received_at=call.began_at, name=call.caller,
        reply_to=reply_to, about=call.contact.key if call.contact else None, note=sure,
    )  # fmt: skip
    return str(complaints().opens(told, by=by, at=at))


@transaction.atomic
def rang(key: UUID | str, *, seen: int, outcome: str, by: Actor, at: datetime) -> FamilyCall:
    """Write down that a parent was rung back as promised, or could not be reached.

    :raises StepNotAllowed: nothing was promised, or it is done
    :raises InvalidInput: no word of what came of it
    """
    locked = FamilyCall.objects.select_for_update(of=("self",), no_key=True)
    call = within(by, locked.filter(key=key)).first()
    if call is None:
        raise NotFound
    require(by, Permission.FAMILY_TELL, authority=call.authority_id)
    unchanged(seen, call.version)
    if call.ring_by is None or call.rang_at is not None:
        raise StepNotAllowed("No call is owed.", when=call.rang_at)
    if not outcome.strip():
        raise InvalidInput(outcome="Write what came of it")
    call.rang_at, call.rang_by, call.rang_outcome = at, acting_person(by), outcome.strip()[:300]
    _save(call, "rang_at", "rang_by", "rang_outcome")
    clocks.stop(RING, subject=(SUBJECT, call.key), by=by, at=at)
    trail.record("contacts.rang", subject=call, by=by, at=at)
    return call
