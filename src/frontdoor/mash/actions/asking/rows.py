"""Taking a request: locked, of the council acted for, as it was seen; and ending the wait for an answer."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.mash.models import Request
from frontdoor.mash.rules.asking.states import SUBJECT, State, Step, after

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


def end(request: Request, why: str, *, by: Actor, at: datetime) -> None:
    """Stop asking: the clocks stop as not needed, what was answered stays.

    :raises StepNotAllowed: it was answered, refused or stopped
    """
    request.state = after(request.state, Step.STOP).value
    request.stopped_at, request.stopped_why = at, why
    changed(request, "state", "stopped_at", "stopped_why")
    clocks.stop(subject=(SUBJECT, request.key), ended=Ended.NOT_NEEDED, by=by, at=at)
