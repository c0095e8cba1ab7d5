"""Requests that are not answered here: passed to whoever answers them, or no longer wanted."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, Permission
from frontdoor.disclosures.actions import ledger
from frontdoor.disclosures.actions.rows import Key, move, taken
from frontdoor.disclosures.models import Request
from frontdoor.disclosures.rules.states import Step
from frontdoor.trail import actions as trail


@transaction.atomic
def redirect(key: Key, *, seen: int, to: str, taken_by: str, why: str, by: Actor, at: datetime) -> Request:
    """Pass a request to whoever answers it: information governance, another team, another council. Somebody took it.

    :param taken_by: who took it on there, by name, since a request is passed from hand to hand
    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: it is not said to whom, or who took it
    :raises StepNotAllowed: an answer waits, or it is settled
    """
    request = taken(key, Permission.DISCLOSURE_PREPARE, seen=seen, by=by)
    problems = {}
    if not to.strip():
        problems["to"] = "Enter who answers it"
    if not taken_by.strip():
        problems["taken_by"] = "Enter who took it on there"
    if problems:
        raise InvalidInput(**problems)
    request.redirected_to, request.taken_by, request.settled_why = to.strip(), taken_by.strip(), why.strip()
    move(request, Step.REDIRECT, "redirected_to", "taken_by", "settled_why", by=by, at=at)
    ledger.write_redirect(request, by=by, at=at)
    trail.record("disclosures.redirect", subject=request, by=by, at=at)
    return request


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
