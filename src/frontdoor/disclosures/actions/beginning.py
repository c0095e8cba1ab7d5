"""A contact becomes a request: sorted, timed, taken; and a request that shows a risk becomes a contact as well."""

from dataclasses import replace
from datetime import date, datetime

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
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.clocks.rules import to_utc
from frontdoor.contacts.actions import screening, submit_and_take_in
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.rules import intake
from frontdoor.disclosures import queries
from frontdoor.disclosures.actions.rows import KIND, Key, changed, move, start_clock, taken
from frontdoor.disclosures.models import About, Request, Risk
from frontdoor.disclosures.rules import kinds
from frontdoor.disclosures.rules.states import State, Step
from frontdoor.trail import actions as trail


@transaction.atomic
def begin(contact_key: Key, *, sub_type: str = "", by: Actor, at: datetime) -> Request:
    """Give a contact to the information desk. The contact itself goes its own way: this slows nobody who screens it.

    :param sub_type: a code of `rules.kinds.KINDS`; the contact's own where it is a request for information
    :raises NotFound: the council has no such contact
    :raises NotPermitted: `by` may not take contacts here
    :raises InvalidInput: it is not said what kind of request it is
    :raises StepNotAllowed: the desk has it already
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    contact = within(by, Contact.objects.select_for_update(of=("self",), no_key=True).filter(key=contact_key)).first()
    if contact is None:
        raise NotFound
    kind = kinds.KINDS.get(sub_type or contact.sub_type)
    if kind is None:
        raise InvalidInput(sub_type="Choose what kind of request it is")
    if within(by, Request.objects.filter(contact=contact)).exists():
        raise StepNotAllowed("The information desk has this already.")
    made = Request(
        authority_id=contact.authority_id, contact=contact, sub_type=kind.code, team_id=contact.team_id,
        received_at=contact.received_at, begun_at=at,
    )  # fmt: skip
    made.due_at = start_clock(made, kind, receipt=contact.receipt, by=by, at=contact.received_at)
    made.save(force_insert=True)
    _name_people(made, contact, by=by)
    trail.record("disclosures.begin", subject=made, by=by, at=at, contact=contact.key, kind=kind.code)
    return made


def _name_people(request: Request, contact: Contact, *, by: Actor) -> None:
    people = within(by, Named.objects.filter(contact=contact)).order_by("position")
    About.objects.bulk_create(
        About(
            authority_id=request.authority_id, request=request, named=person, position=place, kind=person.kind,
            given_name=person.given_name, family_name=person.family_name, born=person.date_of_birth,
            relationship=person.relationship, match_name=person.match_name,
        )
        for place, person in enumerate(people)
    )  # fmt: skip


def begin_arrived(*, by: Actor, at: datetime) -> int:
    """Give every request for information that has arrived to the desk: the minute's sweep, so that none lies unseen.

    :returns: how many
    """
    require(by, Permission.DISCLOSURE_PREPARE, authority=acting_council(by))
    keys = queries.arrived(by=by, at=at)
    for key in keys:
        begin(key, by=by, at=at)
    return len(keys)


@transaction.atomic
def take(key: Key, *, seen: int, by: Actor, at: datetime) -> Request:
    """Take a request, or take over what somebody else has; its clock goes with it and keeps its times.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it is settled, or `by` has it already
    """
    request = taken(key, Permission.DISCLOSURE_PREPARE, seen=seen, by=by)
    if State(request.state).settled or request.holder == by.user_id:
        raise StepNotAllowed("You have this already." if request.holder else f"{State(request.state).words}.")
    request.holder = acting_person(by)
    if request.state == State.WAITING:
        move(request, Step.TAKE, "holder", by=by, at=at)
    else:
        changed(request, "holder")
    clocks.reassign(subject=(KIND, request.key), team_id=request.team_id, owner_id=request.holder, by=by)
    trail.record("disclosures.take", subject=request, by=by, at=at)
    return request


@transaction.atomic
def sort(key: Key, *, seen: int, sub_type: str, needed_by: date | None, by: Actor, at: datetime) -> Request:
    """Say what kind of request it is, and by which day the court or the meeting needs it; the clock follows both.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no such kind; a day where nobody names one, or one that has passed
    :raises StepNotAllowed: it is settled, or an answer waits for a second person
    """
    request = taken(key, Permission.DISCLOSURE_PREPARE, seen=seen, by=by)
    if request.state not in (State.WAITING, State.IN_WORK):
        raise StepNotAllowed(f"{State(request.state).words}. Nothing of it can be changed now.")
    kind = kinds.KINDS.get(sub_type)
    if kind is None:
        raise InvalidInput(sub_type="Choose what kind of request it is")
    due_at = queries.due_on(needed_by, by=by, at=at) if needed_by else None
    if needed_by and (not kind.names_day or due_at is None or due_at <= at):
        words = "This day has passed" if kind.names_day else "Only a court or a meeting names a day"
        raise InvalidInput(needed_by=words)

    request.sub_type, request.needed_by = kind.code, needed_by
    clocks.stop(subject=(KIND, request.key), ended=Ended.REPLACED, by=by, at=at)
    receipt = request.contact.receipt
    if due_at is not None:
        clock = clocks.start_until(
            kind.clock, due_at=to_utc(due_at), subject=(KIND, request.key), team_id=request.team_id,
            owner_id=request.holder, label=receipt, by=by, at=request.received_at,
        )  # fmt: skip
        request.due_at = clock.due_at
    else:
        request.due_at = start_clock(request, kind, receipt=receipt, by=by, at=request.received_at)
    changed(request, "sub_type", "needed_by", "due_at")
    trail.record("disclosures.sort", subject=request, by=by, at=at, kind=kind.code, needed_by=needed_by)
    return request


@transaction.atomic
def show_risk(key: Key, *, seen: int, why: str, danger: str, flag: bool, by: Actor, at: datetime) -> Contact:
    """Make a contact of a request that shows a risk to a child. It is timed from the first receipt of the request.

    Who asks stays the person who told us, in the new contact's own compartment. The request is answered on its own.

    :param danger: yes or unknown, as somebody who tells us would say it
    :param flag: raise a red flag with it
    :raises NotPermitted: `by` does not work on requests, or may not take contacts here
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: it is not said what the risk is
    """
    request = taken(key, Permission.DISCLOSURE_PREPARE, seen=seen, by=by)
    said = " ".join(why.split())
    if not said or len(said) > 300:
        raise InvalidInput(why="Say in one line what the risk is")
    if danger not in ("yes", "unknown"):
        raise InvalidInput(danger="Say whether a child may be in danger now")
    asked = request.contact
    told = replace(
        intake.report(asked.submission.body), category="request_for_service", sub_type="cp_concern", danger=danger,
        story=f"From the request for information {asked.receipt}. {said}\n\n{asked.story}"[: intake.LONGEST_STORY],
        call_back=None, marks=(), mirror="",
    )  # fmt: skip
    idem = f"risk:{request.key}:{request.version}"
    _, contact = submit_and_take_in(
        told, channel=asked.channel, idem=idem, by=by, at=at, received_at=asked.received_at, noted=True
    )
    if contact is None:
        raise StepNotAllowed("This was taken in already.")
    Risk.objects.create(
        authority_id=request.authority_id, request=request, contact=contact, why=said, seen_by=acting_person(by),
        seen_at=at,
    )  # fmt: skip
    if flag:
        screening.flag(contact.key, why=said, by=by, at=at)
    changed(request)
    trail.record("disclosures.show_risk", subject=request, by=by, at=at, contact=contact.key, flag=flag)
    return contact
