"""Saying of a request that its agency works with whoever may pose the risk, or that it does not."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, Permission, require
from frontdoor.mash.actions.asking.rows import Key, changed, request_taken
from frontdoor.mash.models import Request
from frontdoor.mash.queries.asking.proposing import wrong_with_question
from frontdoor.trail import actions as trail


@transaction.atomic
def set_side(key: Key, *, seen: int, other_side: bool, why: str, by: Actor, at: datetime) -> Request:
    """From now on the agency reads nothing of where the others are or of a victim's safety; only a manager ends that.

    What it has read before it has read: who marks it late says so in the reason.

    :raises NotPermitted: `by` works on no enquiries, or is no manager and would open it again
    :raises Conflict: the request has changed since `by` saw it
    :raises InvalidInput: no reason, or what was asked tells where somebody is
    """
    request = request_taken(key, Permission.MASH_WORK, seen=seen, by=by)
    if not other_side:
        require(by, Permission.MASH_DECIDE, authority=request.authority_id)
    if not why.strip():
        raise InvalidInput(why="Say how you know")
    if other_side and wrong_with_question(request.question, request.enquiry, others=True, by=by):
        raise InvalidInput(
            other_side="What they were asked tells where somebody is. Stop this request, and ask them anew"
        )
    request.other_side = other_side
    changed(request, "other_side")
    trail.record("mash.set_side", subject=request, by=by, at=at, other_side=other_side, why=why.strip())
    return request
