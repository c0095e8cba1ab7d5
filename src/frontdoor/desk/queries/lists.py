"""The merged queue: each council is asked inside its own `acting_for`."""

from datetime import datetime

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.queries import screening
from frontdoor.contacts.queries.screening import Place as QueuePlace
from frontdoor.contacts.queries.screening import Waiting
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
