"""Calls back on which a child's safety hangs: the team sees them, and can act on the row alone."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import SafetyCall
from frontdoor.contacts.rules.kinds import SAFETY_CALL
from frontdoor.councils.queries import setting
from frontdoor.trail import actions as trail

MOST = 50


def safety_calls(*, by: Actor, at: datetime) -> list[SafetyCall]:
    """Those that have not been made, the next due first; the list is one entry with what it shows.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = list(within(by, SafetyCall.objects.filter(done_at=None)).order_by("due_at", "id")[:MOST])
    if found:
        trail.record("contacts.safety_calls", by=by, at=at, shown=[str(each.key) for each in found])
    return found


def running_safety_call(call: UUID, *, by: Actor) -> SafetyCall | None:
    """The one that was agreed in one's own call and has not been made. Part of opening the call."""
    return within(by, SafetyCall.objects.filter(call=call, done_at=None)).first()


def agreed_safety_call(call: UUID, *, by: Actor) -> bool:
    """Whether a call back was agreed in one's own call, made already or not. Part of ending the call."""
    return within(by, SafetyCall.objects.filter(call=call)).exists()


def open_safety_call(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> SafetyCall:
    """Open one; it leaves an entry.

    :raises NotFound: the council acted for has none of that key
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = within(by, SafetyCall.objects.select_related("contact").filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("contacts.open_safety_call", subject=found, by=by, at=at, why=why)
    return found


def usual_minutes(*, by: Actor, at: datetime) -> int:
    """Within how many minutes such a call is made in this council, unless somebody agrees another time."""
    return int(setting(SAFETY_CALL.setting, authority=acting_council(by), on=at).value)
