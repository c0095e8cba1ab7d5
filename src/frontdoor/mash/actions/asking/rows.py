"""Taking a request: locked, of the council acted for, as it was seen; and ending the wait for an answer."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.mash.models import Request
from frontdoor.mash.rules.asking.states import SUBJECT, State, Step, after, reply_clock

Key = UUID | str


def request_taken(key: Key, permission: Permission, *, seen: int | None, by: Actor) -> Request:
    """The request with its enquiry and desk, locked; unchanged where somebody has seen it.

    :param seen: None for a job, which follows from how it stands
    :raises NotFound: absent, or another council's
    :raises NotPermitted: the permission is missing
    :raises Conflict: somebody has changed it
    """
    found = Request.objects.select_related("enquiry", "desk").select_for_update(of=("self",), no_key=True)
    row = within(by, found.filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, permission, authority=row.authority_id)
    if seen is not None:
        unchanged(seen, row.version, {"state": State(row.state).words})
    return row


def changed(request: Request, *columns: str) -> None:
    """Save some columns as the next version."""
    request.version += 1
    request.save(update_fields=[*columns, "version"])


def waited_for_again(request: Request, *, due_at: datetime, by: Actor, at: datetime) -> None:
    """An answer had come and is waited for again: the clock of the answer runs until then, chasing begins anew.

    What was in time stays so in the clock that was stopped. One whose time has passed is late at once.
    """
    step = Step.AGAIN if request.opened_at else Step.AGAIN_UNOPENED
    request.state = after(request.state, step).value
    request.told_at = request.answered_at = request.chased_at = request.escalated_at = None
    request.due_at = due_at
    changed(request, "state", "told_at", "answered_at", "chased_at", "escalated_at", "due_at")
    kind, subject = reply_clock(request.rating), (SUBJECT, request.key)
    team, owner = request.enquiry.team_id, request.enquiry.holder or request.sent_by
    label = f"{request.reference} {request.desk.name}"[:120]
    if due_at > at:
        clocks.start_until(
            kind, due_at=due_at, subject=subject, label=label, team_id=team, owner_id=owner, by=by, at=at
        )
    else:
        clocks.start(kind, subject=subject, label=label, team_id=team, owner_id=owner, by=by, at=request.sent_at)


def end(request: Request, why: str, *, by: Actor, at: datetime) -> None:
    """Stop asking: the clocks stop as not needed, what was answered stays.

    :raises StepNotAllowed: it was answered, refused or stopped
    """
    request.state = after(request.state, Step.STOP).value
    request.stopped_at, request.stopped_why = at, why
    changed(request, "state", "stopped_at", "stopped_why")
    clocks.stop(subject=(SUBJECT, request.key), ended=Ended.NOT_NEEDED, by=by, at=at)
