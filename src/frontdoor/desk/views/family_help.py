"""Counts of what came of help for families, over all councils reached, without names."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.desk.queries.councils import each
from frontdoor.familyhelp.pages import figures as pages
from frontdoor.familyhelp.queries.figures import figures


@address(Kind.MERGED, Permission.FIGURES_READ)
@require_safe
def family_help(request: Any) -> HttpResponse:
    """Who came back, which outcomes were reached and kept, which services families took up: counts a council."""
    councils = []
    with each(request.standing.councils, by=request.actor) as turns:
        for place, acting in turns:
            if acting.may(Permission.FIGURES_READ):
                councils.append(pages.council(place.name, figures(by=acting, at=request.at)))
    return render(request, "desk/family_help.html", {"councils": councils, "columns": pages})
