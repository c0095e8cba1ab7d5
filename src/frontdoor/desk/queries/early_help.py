"""The early help of all councils reached, each council asked inside its own `acting_for`."""

from datetime import datetime

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor, Permission
from frontdoor.desk.queries.councils import each
from frontdoor.earlyhelp.queries import lists
from frontdoor.earlyhelp.queries.lists import Listed
from frontdoor.shell.rules import merge


def families(
    councils: tuple[Place, ...], *, which: str, after: lists.Place | None, by: Actor, at: datetime
) -> tuple[list[Listed], bool]:
    """One list of all councils reached, late first; an entry each.

    :param which: a key of the room's `WHICH`; what has ended is one page, the last first
    :returns: the rows of this page, and whether there are more
    """
    pages: list[list[Listed]] = []
    with each(councils, by=by) as turns:
        for _, acting in turns:
            if acting.may(Permission.EARLY_HELP_READ):
                found = lists.episodes(which=which, after=after, limit=lists.PAGE + 1, by=acting, at=at)
                pages.append(list(found))
    if which == "closed":
        rows = sorted((row for page in pages for row in page), key=lambda row: row.settled_place, reverse=True)
        return rows[: lists.PAGE], False
    return merge(pages, lambda row: row.place, lists.PAGE)
