"""What was said of who is who, for those who look after the index: what each rests on, field by field."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Named
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.contacts.rules.people import record
from frontdoor.matching.models import Link
from frontdoor.matching.queries.candidates import Seen, verdict_on
from frontdoor.matching.rules.scoring import Verdict
from frontdoor.trail import actions as trail

MOST = 100


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that somebody said.

    :param said_by: the name of who said it
    """

    link: Link
    said_by: str


def open_matches(*, by: Actor, at: datetime) -> list[Match]:
    """What was said of who is who in the contacts of this council, the newest first, at most a hundred.

    :raises NotPermitted: `by` does not look after the index
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    found = Link.objects.filter(subject_kind=NAMED).select_related("person").order_by("-said_at", "-id")
    rows = list(within(by, found)[:MOST])
    known = names({row.said_by for row in rows if row.said_by is not None}, by=by)
    trail.record("contacts.matches", by=by, at=at, shown=[str(row.key) for row in rows])
    return [Match(row, known.get(row.said_by or 0, "")) for row in rows]


@dataclass(frozen=True, slots=True)
class Explained:
    """One of them, weighed again as the two stand now; what was shown when it was said stands in the link.

    :param told: the name as the contact gives it
    """

    link: Link
    told: str
    person: Seen
    verdict: Verdict
    said_by: str


def open_match(key: UUID, *, by: Actor, at: datetime) -> Explained:
    """What one of them rests on; opening it leaves an entry.

    :raises NotPermitted: `by` does not look after the index
    :raises NotFound: the council acted for has no such link, or this reader sees not both
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    link = within(by, Link.objects.select_related("person").filter(key=key, subject_kind=NAMED)).first()
    told = within(by, Named.objects.select_related("contact").filter(key=link.subject_key)).first() if link else None
    if link is None or told is None:
        raise NotFound
    others = list(within(by, Named.objects.filter(contact=told.contact_id)))
    mention = record(told, [each for each in others if each.pk != told.pk], on=told.contact.received_at)
    weighed = verdict_on(mention, link.person.key, by=by)
    if weighed is None:
        raise NotFound
    trail.record("contacts.open_match", subject=link, by=by, at=at)
    known = names({link.said_by}, by=by) if link.said_by is not None else {}
    return Explained(link, told.label, weighed[0], weighed[1], known.get(link.said_by or 0, ""))
