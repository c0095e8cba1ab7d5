"""Reading the trail."""

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, require
from frontdoor.trail.models import Entry


def of_subject(key: object, *, by: Actor, limit: int = 200) -> list[Entry]:
    """The newest entries about one thing, for those who watch over access.

    :raises NotPermitted: `by` may not read the trail
    """
    require(
        by,
        Permission.TRAIL_READ,
        authority=by.authority if by.authority is not None else -1,
    )
    return list(within(by, Entry.objects.filter(subject_key=str(key)))[:limit])
