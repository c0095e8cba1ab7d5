"""Minutes of strategy discussions for an agency that took part: its own copies, in the portal's role alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.rules.states import person_label
from frontdoor.mash.models import Circulation
from frontdoor.trail import actions as trail

SHOWN_FOR = timedelta(days=90)
"""How long minutes stay in the list of the agency; the page of each opens as long as it stands."""
MOST = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """One version of minutes as the agency's list shows it: nothing of the family."""

    key: UUID
    authority: int
    reference: str
    number: int
    sent_at: datetime


def _require(by: Actor) -> None:
    """Only somebody who answers for an agency asks, and in the portal's role alone.

    :raises NotFound: `by` is nobody of an agency
    :raises NotPermitted: `by` answers for none
    """
    require(by, Permission.REQUEST_ANSWER, authority=acting_council(by))
    if not by.agency or by.db_role != "frontdoor_portal":
        raise NotFound


def sent(*, by: Actor, at: datetime) -> list[Sent]:
    """What the council acted for sent to the agency lately, the newest first; one entry.

    :raises NotPermitted: `by` answers for no agency
    """
    _require(by)
    rows = Circulation.objects.filter(agency=by.agency, sent_at__gt=at - SHOWN_FOR)
    found = [
        Sent(row.key, row.authority_id, row.reference, row.number, row.sent_at)
        for row in within(by, rows).order_by("-sent_at", "-id")[:MOST]
    ]
    if found:
        trail.record("mash.list_minutes", by=by, at=at, shown=[str(each.key) for each in found])
    return found


def open_sent(key: UUID, *, why: str = "", by: Actor, at: datetime) -> tuple[Circulation, list[str]]:
    """One copy with the names of the children, which the owner's function gives; the opening stands in the trail.

    :raises NotFound: another agency's or council's, or none
    :raises NotPermitted: `by` answers for no agency
    """
    _require(by)
    found = within(by, Circulation.objects.filter(key=key, agency=by.agency)).first()
    if found is None:
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given_name, family_name, known_as, kind FROM frontdoor_minuted(%s) ORDER BY place", [key]
        )
        rows = cursor.fetchall()
    names = [
        person_label(kind or "unknown", given or "", family or "", known or "", "")
        for given, family, known, kind in rows
    ]
    trail.record("mash.open_sent_minutes", subject=found, by=by, at=at, why=why, number=found.number)
    return found, names
