"""The merged list of enquiries, and what waits to be accepted into one: each council is asked inside its own turn."""

from datetime import datetime

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor, Permission
from frontdoor.desk.queries.councils import each
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.queries import Waiting
from frontdoor.handovers.rules import destination
from frontdoor.mash.queries.enquiries import lists
from frontdoor.mash.queries.enquiries.lists import Listed
from frontdoor.shell.rules import merge


def enquiries(
    councils: tuple[Place, ...], *, after: lists.Place | None, which: str, by: Actor, at: datetime
) -> tuple[list[Listed], bool]:
    """The enquiries of all councils reached, the most urgent first, in one total order.

    :returns: the rows of this page, and whether there are more
    """
    pages = []
    with each(councils, by=by) as turns:
        for _, acting in turns:
            if acting.may(Permission.MASH_READ):
                pages.append(list(lists.enquiries(which=which, after=after, limit=lists.PAGE + 1, by=acting, at=at)))
    if which == "settled":
        found = sorted((row for page in pages for row in page), key=lambda row: (row.settled_at, row.id), reverse=True)
        return found[: lists.PAGE], False
    return merge(pages, lambda row: row.place, lists.PAGE)


def to_accept(
    councils: tuple[Place, ...], *, to: str = "mash", needs: Permission = Permission.MASH_WORK, by: Actor, at: datetime
) -> list[Waiting]:
    """Slips that wait to be accepted by a room of work, in all councils reached: urgent work first.

    :param to: the destination's code
    :param needs: what whoever accepts there has to hold
    """
    title, found = destination(to).title, []
    with each(councils, by=by) as turns:
        for _, acting in turns:
            if acting.may(needs) and acting.may(Permission.HANDOVER_ANSWER):
                rows = handovers.inbox(by=acting, at=at)
                found += [row for row in rows if row.destination == title and not row.copy]
    return sorted(found, key=lambda row: row.place)
