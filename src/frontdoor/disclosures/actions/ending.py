"""Requests that nobody answers: no longer wanted."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, Permission
from frontdoor.disclosures.actions.rows import Key, move, taken
from frontdoor.disclosures.models import Request
from frontdoor.disclosures.rules.states import Step
from frontdoor.trail import actions as trail


@transaction.atomic
def end(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Request:
    """Close a request that is no longer wanted: whoever asked took it back, or it came twice.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is settled
    """
    request = taken(key, Permission.DISCLOSURE_PREPARE, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Write why it is no longer wanted")
    request.settled_why = why.strip()
    move(request, Step.END, "settled_why", by=by, at=at)
    trail.record("disclosures.end", subject=request, by=by, at=at, why=why.strip())
    return request
