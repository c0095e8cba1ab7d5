"""Taking a request: locked, of the council acted for, as it was seen; and writing its next state."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.disclosures.models import Request
from frontdoor.disclosures.rules.kinds import RequestKind
from frontdoor.disclosures.rules.states import State, Step, after

Key = UUID | str
KIND = "disclosures.request"
"""What clocks and the trail call a request."""


def taken(key: Key, permission: Permission, *, seen: int, by: Actor) -> Request:
    """The request, locked and unchanged since it was seen.

    :raises NotFound: absent, or another council's
    :raises NotPermitted: the permission is missing
    :raises Conflict: somebody has changed it
    """
    row = found(key, permission, by=by)
    unchanged(seen, row.version, {"state": State(row.state).words})
    return row


def found(key: Key, permission: Permission, *, by: Actor) -> Request:
    """The request, locked, for a job that follows what has happened elsewhere.

    :raises NotFound: absent, or another council's
    :raises NotPermitted: the permission is missing
    """
    row = within(by, Request.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, permission, authority=row.authority_id)
    return row


def in_work(request: Request) -> None:
    """Go on only with a request that somebody works on.

    :raises StepNotAllowed: nobody has taken it, an answer waits or was sent
    """
    if request.state == State.IN_WORK:
        return
    raise StepNotAllowed(f"{State(request.state).words}. Nothing of it can be changed now.")


def changed(request: Request, *columns: str) -> None:
    """Save some columns as the next version."""
    request.version += 1
    request.save(update_fields=[*columns, "version"])


def move(request: Request, step: Step, *columns: str, by: Actor, at: datetime) -> State:
    """Bring a request into its next state; what settles it stops its clock.

    :raises StepNotAllowed: the step does not lead on from where it stands
    """
    state = after(request.state, step)
    request.state = state.value
    request.settled_at = at if state.settled else None
    request.settled_by = by.user_id if state.settled else None
    changed(request, "state", "settled_at", "settled_by", *columns)
    if state.settled:
        ended = Ended.NOT_NEEDED if state is State.ENDED else Ended.DONE
        clocks.stop(subject=(KIND, request.key), ended=ended, by=by, at=at)
    return state


def start_clock(request: Request, kind: RequestKind, *, receipt: str, by: Actor, at: datetime) -> datetime:
    """Start the clock of a kind of request, and say when it is due.

    :param at: from when it counts: first receipt, or for one that is opened again, now
    """
    (clock,) = clocks.start(
        kind.clock, subject=(KIND, request.key), team_id=request.team_id, owner_id=request.holder, label=receipt,
        by=by, at=at,
    )  # fmt: skip
    return clock.due_at
