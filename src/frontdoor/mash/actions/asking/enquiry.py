"""The enquiry for which something is asked: taken, and told when nothing is waited for any more."""

from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission
from frontdoor.mash.actions.asking.rows import Key
from frontdoor.mash.actions.enquiries.rows import gathered, taken
from frontdoor.mash.models import Enquiry, Request
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
