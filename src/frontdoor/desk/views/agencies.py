"""The live board of agencies: what lies with each, over all councils reached."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.desk.pages import agencies as pages
from frontdoor.desk.queries.councils import each
from frontdoor.mash.queries import asking
from frontdoor.mash.queries.strategy import opening as strategy


@address(Kind.MERGED, Permission.MASH_READ)
@require_safe
def agencies(request: Any) -> HttpResponse:
    """Each agency's outstanding requests, the oldest, how much came in time, what it can do today."""
    boards = []
    with each(request.standing.councils, by=request.actor) as turns:
        for place, acting in turns:
            if acting.may(Permission.MASH_READ):
                lines = asking.board(by=acting, at=request.at)
                came = strategy.attendance(by=acting, at=request.at)
                rows = pages.rows(lines, came, place.slug, may=acting.may(Permission.MASH_WORK), at=request.at)
                boards.append((place, rows, acting.may(Permission.MASH_DECIDE)))
    return render(request, "desk/agencies.html", {"boards": boards, "columns": pages.COLUMNS})
