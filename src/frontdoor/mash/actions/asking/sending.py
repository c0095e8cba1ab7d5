"""Requests leave: the set with who is left out and why, their clocks; and they stop, or follow a new rating."""

from collections.abc import Collection, Mapping
from copy import copy
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_person
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.councils.queries import setting
from frontdoor.mash.actions.asking.enquiry import enquiry_taken, last_in
from frontdoor.mash.actions.asking.rows import Key, end, request_taken
from frontdoor.mash.actions.enquiries.rows import KIND as ENQUIRY
from frontdoor.mash.actions.enquiries.rows import changed as touched
from frontdoor.mash.actions.enquiries.rows import gather
from frontdoor.mash.models import Asked, Desk, Enquiry, LeftOut, Request
from frontdoor.mash.queries.asking.desks import as_asked, desks
from frontdoor.mash.queries.asking.proposing import proposal, subjects_of, wrong_with_question
from frontdoor.mash.queries.asking.standing import agreement_of, dispensing_of, grounds_of
from frontdoor.mash.rules.asking import grounds as ground_rules
from frontdoor.mash.rules.asking import sets
from frontdoor.mash.rules.asking.states import OPENED, SEND, SUBJECT, reply_clock
from frontdoor.mash.rules.states import State
from frontdoor.organisations.rules import london_day
from frontdoor.trail import actions as trail


@transaction.atomic
def send(
    key: Key,
    *,
    seen: int,
    asked: set[UUID],
    left_out: Mapping[UUID, str],
    question: str,
    since: date | None,
    other_side: Collection[UUID] = (),
    by: Actor,
    at: datetime,
) -> list[Request]:
    """Ask agencies about a family: one request each. Whoever stands in the proposed set and is not asked has a reason.

    :param asked: keys of the desks that are asked; adding one that is not proposed is free
    :param left_out: by key of the desk why it is left out of the set
    :param since: from which day on something is wanted; None where all of it bears on the question
    :param other_side: keys of the desks that work here with whoever may pose the risk, beside those that always do
    :raises NotPermitted: `by` works on no enquiries
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: nobody is asked and nobody left out, a reason or the question is missing, or the question
        holds a sealed address or tells the other side where somebody is
    :raises StepNotAllowed: it is not rated, nobody said whether the family agrees, a manager has not dispensed with
        it, or the grounds are not written
    """
    enquiry, kept = enquiry_taken(key, Permission.MASH_WORK, seen=seen, by=by), desks(by=by, at=at)
    _may_leave(enquiry, by=by)
    proposed, _ = proposal(enquiry, rows=kept, by=by, at=at)
    whys = {each.agency.key: each.why for each in proposed}
    unasked = whys.keys() - asked
    rows = {row.key: row for row in kept if as_asked(row).in_force(london_day(at))}
    others = {one for one, row in rows.items() if one in asked and (row.other_side or one in other_side)}
    problems = {f"why_{one}": sets.WHY_NOT for one in unasked if not left_out.get(one, "").strip()}
    if (not asked and not whys) or asked - rows.keys():
        problems["asked"] = "Choose agencies that are asked at present"
    problems |= _of_the_question(enquiry, question, since, asked=bool(asked), others=bool(others), by=by, at=at)
    if problems:
        raise InvalidInput(**problems)

    for desk in (row for one, row in rows.items() if one in unasked):
        LeftOut.objects.create(
            authority_id=enquiry.authority_id, enquiry=enquiry, desk=desk, why=sets.leave_out(left_out[desk.key])[:500],
            by_user=acting_person(by), at=at,
        )  # fmt: skip
    words = Request(
        authority_id=enquiry.authority_id, enquiry=enquiry, reference=enquiry.reference, rating=enquiry.rating,
        question=question.strip(), since=since, sent_at=at, sent_by=acting_person(by),
        duty=setting(ground_rules.DUTY.name, authority=enquiry.authority_id, on=at).value,
    )  # fmt: skip
    made = [
        _sent(words, rows[one], why=whys.get(one, "Added to the set"), other=one in others, by=by, at=at)
        for one in rows if one in asked
    ]  # fmt: skip
    if made:
        _gathering(enquiry, by=by, at=at)
    trail.record(
        "mash.send_requests", subject=enquiry, by=by, at=at, agencies=[str(row.agency) for row in made],
        left_out=[str(one) for one in sorted(unasked)], other_side=[str(one) for one in sorted(others)],
    )  # fmt: skip
    return made


def _of_the_question(
    enquiry: Enquiry, question: str, since: date | None, *, asked: bool, others: bool, by: Actor, at: datetime
) -> dict[str, str]:
    """What is wrong with what is asked, by field.

    :param others: whether somebody is asked who works with whoever may pose the risk
    """
    problems = {}
    if asked and not question.strip():
        problems["question"] = "Write what is asked"
    elif asked and (wrong := wrong_with_question(question, enquiry, others=others, by=by)):
        problems["question"] = wrong
    if since is not None and since > london_day(at):
        problems["since"] = "This day lies ahead"
    return problems


def _may_leave(enquiry: Enquiry, *, by: Actor) -> None:
    if State(enquiry.state).unrated or not enquiry.rating:
        raise StepNotAllowed("This enquiry is not rated yet. Rate it first.")
    stands, dispensed = agreement_of(enquiry, by=by), dispensing_of(enquiry, by=by)
    ground_rules.may_ask(
        position=stands.position if stands else "", said_at=stands.at if stands else None,
        dispensed_at=dispensed.at if dispensed else None,
    )  # fmt: skip
    if None not in grounds_of(enquiry, by=by):
        raise StepNotAllowed("Write first on which grounds agencies are asked.")


def _sent(words: Request, desk: Desk, *, why: str, other: bool, by: Actor, at: datetime) -> Request:
    """One request, with the words that all of a sending share."""
    enquiry = words.enquiry
    request = copy(words)
    request.key, request.desk, request.agency, request.why_asked = uuid4(), desk, desk.agency, why[:300]
    request.other_side = other
    if within(by, Request.objects.filter(enquiry=enquiry, agency=desk.agency, stopped_at=None)).exists():
        raise StepNotAllowed(f"{desk.name} was asked already.")
    reply, _ = clocks.start(
        reply_clock(enquiry.rating), OPENED, subject=(SUBJECT, request.key), team_id=enquiry.team_id,
        owner_id=enquiry.holder or by.user_id, label=f"{enquiry.reference} {desk.name}"[:120], by=by, at=at,
    )  # fmt: skip
    request.due_at = reply.due_at
    request.save(force_insert=True)
    Asked.objects.bulk_create(
        Asked(
            authority_id=enquiry.authority_id, request=request, subject=subject, agency=desk.agency,
            is_child=subject.is_child, position=place,
        )
        for place, subject in enumerate(subjects_of(enquiry, by=by))
    )  # fmt: skip
    return request


def _gathering(enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """The first requests have left: the enquiry goes on, and the clock of starting late stops."""
    if State(enquiry.state) in (State.RATED, State.GATHERING):
        gather(enquiry, by=by, at=at)
    else:
        touched(enquiry, by=by, at=at)
    clocks.stop(SEND, subject=(ENQUIRY, enquiry.key), by=by, at=at)


@transaction.atomic
def stop(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Request:
    """Stop asking one agency, and tell it so.

    :raises NotPermitted: `by` works on no enquiries
    :raises Conflict: the request has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was answered, refused or stopped
    """
    request = request_taken(key, Permission.MASH_WORK, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Say why they are not asked any more")
    end(request, why.strip()[:300], by=by, at=at)
    last_in(request, by=by, at=at)
    later("mash.tell_stopped", request=str(request.key))
    trail.record("mash.stop_request", subject=request, by=by, at=at, why=why.strip())
    return request
