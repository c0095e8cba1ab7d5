"""The referrals of all councils reached, each council asked inside its own `acting_for`."""

from datetime import datetime

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor, Permission
from frontdoor.desk.queries.councils import each
from frontdoor.referrals import queries
from frontdoor.referrals.queries import Listed
from frontdoor.shell.rules import merge


def referrals(
    councils: tuple[Place, ...], *, which: str, after: tuple[datetime, int, int] | None, by: Actor, at: datetime
) -> tuple[list[Listed], bool]:
    """One list of all councils reached, late first; an entry each.

    :param which: a key of the room's `WHICH`; what is closed is one page, the last settled first
    :returns: the rows of this page, and whether there are more
    """
    pages: list[list[Listed]] = []
    with each(councils, by=by) as turns:
        for _, acting in turns:
            if acting.may(Permission.REFERRAL_READ):
                limit = queries.PAGE + 1
                pages.append(list(queries.referrals(which=which, after=after, limit=limit, by=acting, at=at)))
    if which == "closed":
        rows = sorted((row for page in pages for row in page), key=lambda row: row.settled_place, reverse=True)
        return rows[: queries.PAGE], False
    return merge(pages, lambda row: row.place, queries.PAGE)
