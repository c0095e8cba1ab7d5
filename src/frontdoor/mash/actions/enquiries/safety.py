"""Is the child safe now, and how do you know: answered for one child or for several who were seen together."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, Permission, acting_person
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.directions import actions as directions
from frontdoor.mash.actions.enquiries.rows import CHILD, Key, ask_safety, changed, children, running, taken, turn
from frontdoor.mash.models import Enquiry, SafetyCheck, Subject
from frontdoor.mash.rules import clocks as kinds
from frontdoor.mash.rules import safety
from frontdoor.mash.rules.states import Line, open_still
from frontdoor.trail import actions as trail


@transaction.atomic
def answer_safety(
    key: Key, *, seen: int, those: Sequence[str], given: safety.Answered, by: Actor, at: datetime
) -> list[SafetyCheck]:
    """Answer whether children are safe now. "No" and "we do not know" start an action; the question comes again.

    :param those: keys of the children whom the answer is about
    :raises NotPermitted: `by` does not work on enquiries
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: no child, or it is not said how anybody knows, or what is done about it
    :raises StepNotAllowed: the enquiry is settled
    """
    enquiry = taken(key, Permission.MASH_WORK, seen=seen, by=by)
    open_still(enquiry.state)
    safety.check(given, at=at)
    asked = [child for child in children(enquiry, by=by) if str(child.key) in set(those)]
    if not asked:
        raise InvalidInput(those="Choose the child")
    made = [_answer(enquiry, child, given, by=by, at=at) for child in asked]
    ask_safety(enquiry, asked, by=by, at=at)
    changed(enquiry, by=by, at=at)
    turn(enquiry, Line.SAFETY, by=by, at=at, text=dict(safety.ANSWERS)[given.answer])
    trail.record(
        "mash.answer_safety", subject=enquiry, by=by, at=at, answer=given.answer,
        children=[str(child.key) for child in asked],
    )  # fmt: skip
    return made


def _answer(enquiry: Enquiry, child: Subject, given: safety.Answered, *, by: Actor, at: datetime) -> SafetyCheck:
    """Write the answer for one child, stop the clock that it answers, and start what it asks for."""
    subject = (CHILD, child.key)
    clock = running(clock_queries.for_subject(subject, by=by, at=at), kinds.SAFE.values())
    clocks.stop(*kinds.SAFE.values(), subject=subject, by=by, at=at)
    check = SafetyCheck.objects.create(
        authority_id=enquiry.authority_id, subject=child, answer=given.answer, how=given.how, who=given.who.strip(),
        seen_at=given.seen_at, where=given.where.strip(), said=given.said.strip(), own_words=given.own_words.strip(),
        direction=_direct(enquiry, child, given, by=by, at=at), asked_at=clock.started_at if clock else at,
        due_at=clock.reading.due_at if clock else at, answered_by=acting_person(by), answered_at=at,
    )  # fmt: skip
    child.safe, child.safe_at = given.answer, at
    child.save(update_fields=["safe", "safe_at"])
    return check


def _direct(enquiry: Enquiry, child: Subject, given: safety.Answered, *, by: Actor, at: datetime) -> UUID | None:
    """The action that "no" or "we do not know" starts, with its owner and time."""
    if given.answer == "yes":
        return None
    return directions.start(
        subject=(CHILD, child.key), owner=given.owner, what=given.action, due_at=given.until,
        child=(CHILD, child.key), label=enquiry.reference, by=by, at=at,
    ).key  # fmt: skip
