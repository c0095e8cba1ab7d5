"""Minutes of a strategy discussion in which an agency took part, as its own people read them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from frontdoor.access.rules import Kind, address
from frontdoor.mash.pages import minutes as pages
from frontdoor.mash.queries.strategy import sent as queries
from frontdoor.portal.views.partners import opened


@address(Kind.AGENCY)
def minutes(request: Any, key: UUID) -> HttpResponse:
    """One version of the minutes, without what other agencies keep to themselves."""

    def find(wanted: UUID, *, by: Any) -> Any:
        return queries.open_sent(wanted, by=by, at=request.at)

    place, (copy, names) = opened(request, key, find)
    context = {"copy": copy, "council": place.name, "sheet": pages.sheet(copy.body, names), "parts": pages}
    return render(request, "portal/partner_minutes.html", context)
