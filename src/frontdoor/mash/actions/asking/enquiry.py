"""The enquiry for which something is asked: taken, and told when nothing is waited for any more, or again."""

from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.mash.actions.asking.rows import Key
from frontdoor.mash.actions.enquiries.rows import KIND, gathered, taken
from frontdoor.mash.models import Enquiry, Request
from frontdoor.mash.rules import clocks as kinds
from frontdoor.mash.rules import states as enquiries
from frontdoor.mash.rules.asking.states import OPEN


def enquiry_taken(key: Key, permission: Permission, *, seen: int, by: Actor) -> Enquiry:
    """The open enquiry, locked and unchanged since it was seen.

    :raises NotFound: absent, or another council's
    :raises NotPermitted: the permission is missing
    :raises Conflict: somebody has changed it
    :raises StepNotAllowed: it is settled
    """
    row = taken(key, permission, seen=seen, by=by)
    enquiries.open_still(row.state)
    return row


def last_in(request: Request, *, by: Actor, at: datetime) -> None:
    """Once nothing is waited for any more, what the agencies know is in: the enquiry's clock of that stops."""
    if not within(by, Request.objects.filter(enquiry=request.enquiry, state__in=sorted(OPEN))).exists():
        gathered(request.enquiry, by=by, at=at)


def first_out(request: Request, *, by: Actor, at: datetime) -> None:
    """Something is waited for again: what the agencies know is not in, and the enquiry's clock of that runs again."""
    row = request.enquiry
    subject, kind = (KIND, row.key), kinds.GATHER.get(row.rating)
    found = clock_queries.for_subject(subject, by=by, at=at)
    if kind is None or any(each.stopped_at is None and each.kind.name == kind.name for each in found):
        return
    if request.due_at > at:
        clocks.start_until(
            kind, due_at=request.due_at, subject=subject, team_id=row.team_id, owner_id=row.holder, label=row.reference,
            by=by, at=at,
        )  # fmt: skip
    else:
        clocks.start(
            kind, subject=subject, team_id=row.team_id, owner_id=row.holder, label=row.reference, by=by,
            at=row.rated_at or row.opened_at,
        )  # fmt: skip
