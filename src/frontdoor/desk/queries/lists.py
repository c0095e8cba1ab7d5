"""The merged queue, and search: each council is asked inside its own `acting_for`."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.queries import screening, searching
from frontdoor.contacts.queries.screening import Place as QueuePlace
from frontdoor.contacts.queries.screening import Waiting
from frontdoor.contacts.queries.searching import Hit, Wanted
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
    with each(councils, by=by) as turns:
        for _, acting in turns:
            if acting.may(Permission.CONTACT_READ):
                pages.append(screening.heads(by=acting, at=at, after=after, limit=QUEUE_PAGE + 1, whose=whose))
    heads, more = merge(pages, lambda head: head.place, QUEUE_PAGE)
    rows: list[Waiting] = []
    with each(councils, by=by) as turns:
        for place, acting in turns:
            if ours := [head for head in heads if head.council == place.id]:
                shown = screening.rows_of(ours, by=acting)
                trail.record("desk.queue", by=acting, at=at, whose=whose, contacts=[str(row.key) for row in shown])
                rows += shown
    return sorted(rows, key=lambda row: row.place), more


@dataclass(frozen=True, slots=True)
class Found:
    """One contact that a search found."""

    place: Place
    hit: Hit


def search(councils: tuple[Place, ...], wanted: Wanted, *, by: Actor, at: datetime) -> tuple[list[Found], bool]:
    """Contacts by receipt number, by the day they came, or by exact name, birth date or address of somebody in them.

    The index of people, which finds what is misspelt, is another room. Referrers are never searched. The settled query
    leaves one entry a council, its words folded and as a keyed digest, with the contacts that it showed.

    :returns: the newest fifty over all councils, and whether there are more
    """
    digest = salted_hmac("desk.search", wanted.settled, algorithm="sha256").hexdigest()
    found: list[Found] = []
    with each(councils, by=by) as turns:
        for place, acting in turns:
            if acting.may(Permission.CONTACT_SEARCH):
                found += [Found(place, hit) for hit in searching.search(wanted, by=acting)]
    found.sort(key=lambda row: row.hit.received_at, reverse=True)
    shown, more = found[: searching.MOST], len(found) > searching.MOST
    with each(councils, by=by) as turns:
        for place, acting in turns:
            if acting.may(Permission.CONTACT_SEARCH):
                keys = [str(row.hit.key) for row in shown if row.place == place]
                trail.record("desk.search", by=acting, at=at, query=digest, contacts=keys)
    return shown, more
