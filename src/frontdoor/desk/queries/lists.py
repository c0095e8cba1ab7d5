"""The merged queue, and search: each council is asked inside its own `acting_for`."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.queries import screening, searching
from frontdoor.contacts.queries.screening import Place as QueuePlace
from frontdoor.contacts.queries.screening import Waiting
from frontdoor.contacts.queries.searching import Wanted
from frontdoor.desk.queries.councils import each
from frontdoor.shell.rules import merge
from frontdoor.trail import actions as trail

QUEUE_PAGE = 50


def queue(
    councils: tuple[Place, ...], *, after: QueuePlace | None, whose: str, by: Actor, at: datetime
) -> tuple[list[Waiting], bool]:
    """One queue of all councils reached, in one total order; each is asked for a page and one row more.

    :returns: the rows of this page, and whether there are more
    """
    pages = []
    for _, acting in each(councils, by=by):
        if acting.may(Permission.CONTACT_READ):
            pages.append(screening.heads(by=acting, at=at, after=after, limit=QUEUE_PAGE + 1, whose=whose))
    heads, more = merge(pages, lambda head: head.place, QUEUE_PAGE)
    rows: list[Waiting] = []
    for place, acting in each(councils, by=by):
        if ours := [head for head in heads if head.council == place.id]:
            shown = screening.rows_of(ours, by=acting)
            trail.record("desk.queue", by=acting, at=at, whose=whose, contacts=[str(row.key) for row in shown])
            rows += shown
    return sorted(rows, key=lambda row: row.place), more


@dataclass(frozen=True, slots=True)
class Found:
    """One contact that a search found."""

    place: Place
    key: UUID
    receipt: str
    received_at: datetime
    state: str
    people: tuple[str, ...]


def search(councils: tuple[Place, ...], wanted: Wanted, *, by: Actor, at: datetime) -> list[Found]:
    """Contacts by receipt number or by the exact name, birth date or address of somebody in them.

    The index of people, which finds what is misspelt, is another room. Referrers are never searched. The settled query
    leaves one entry a council, its words folded and hashed.
    """
    found = []
    for place, acting in each(councils, by=by):
        if acting.may(Permission.CONTACT_SEARCH):
            rows = searching.search(wanted, by=acting)
            digest = hashlib.sha256(repr(wanted).encode()).hexdigest()[:16]
            trail.record("desk.search", by=acting, at=at, query=digest, contacts=[str(row.key) for row in rows])
            found += [Found(place, row.key, row.receipt, row.received_at, row.state, row.people) for row in rows]
    return sorted(found, key=lambda row: row.received_at, reverse=True)
