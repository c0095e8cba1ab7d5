"""Taking the enquiry for which something is asked."""

from frontdoor.actors.rules import Actor, Permission
from frontdoor.mash.actions.asking.rows import Key
from frontdoor.mash.actions.enquiries.rows import taken
from frontdoor.mash.models import Enquiry
from frontdoor.mash.rules import states as enquiries


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
