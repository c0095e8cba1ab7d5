"""Who works on an enquiry, and what is asked."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_person
from frontdoor.mash.actions.enquiries.rows import Key, changed, reassign, taken, turn
from frontdoor.mash.models import Enquiry
from frontdoor.mash.rules.states import Line, open_still
from frontdoor.trail import actions as trail

LONGEST = 10_000
"""Characters of a question or a note."""


@transaction.atomic
def take(key: Key, *, seen: int, by: Actor, at: datetime) -> Enquiry:
    """Take an enquiry, or take over what somebody else has; its clocks go with it and keep their times.

    :raises NotPermitted: `by` does not work on enquiries
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it is settled, or `by` has it already
    """
    enquiry = taken(key, Permission.MASH_WORK, seen=seen, by=by)
    open_still(enquiry.state)
    if enquiry.holder == by.user_id:
        raise StepNotAllowed("You have this already.")
    enquiry.holder = acting_person(by)
    changed(enquiry, "holder", by=by, at=at)
    reassign(enquiry, by=by)
    turn(enquiry, Line.TAKEN, by=by, at=at)
    trail.record("mash.take", subject=enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def ask_question(key: Key, *, seen: int, question: str, by: Actor, at: datetime) -> Enquiry:
    """Write down what the agencies are asked about this family; the history keeps every earlier wording.

    :raises NotPermitted: `by` does not work on enquiries
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing is asked
    :raises StepNotAllowed: it is settled
    """
    enquiry = taken(key, Permission.MASH_WORK, seen=seen, by=by)
    open_still(enquiry.state)
    enquiry.question = _said(question, question="Write what you want to know about this family")
    changed(enquiry, "question", by=by, at=at)
    turn(enquiry, Line.QUESTION, by=by, at=at, text=enquiry.question)
    trail.record("mash.ask_question", subject=enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def note(key: Key, *, seen: int, text: str, by: Actor, at: datetime) -> Enquiry:
    """Write something down in the history of an enquiry.

    :raises NotPermitted: `by` does not work on enquiries
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing is written
    """
    enquiry = taken(key, Permission.MASH_WORK, seen=seen, by=by)
    said = _said(text, text="Write what you want to note")
    changed(enquiry, by=by, at=at)
    turn(enquiry, Line.NOTE, by=by, at=at, text=said)
    trail.record("mash.note", subject=enquiry, by=by, at=at)
    return enquiry


def _said(words: str, **missing: str) -> str:
    said = words.strip()
    if not said:
        raise InvalidInput(**missing)
    if len(said) > LONGEST:
        raise InvalidInput(**dict.fromkeys(missing, f"Write at most {LONGEST:,} characters"))
    return said
