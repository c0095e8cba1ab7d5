"""Pages on which a lead person keeps who answers for their own agency: a new colleague, a leaver."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access import actions, queries
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import InvalidInput, NotFound
from frontdoor.portal.forms.senders import ColleagueForm, LeaverForm
from frontdoor.portal.pages import partners as pages
from frontdoor.portal.views.partners import answers
from frontdoor.portal.views.senders import answered


def _keeper(request: Any) -> Any:
    """Acting as the one who keeps the agency's people, and nothing else; nobody but a lead person does.

    :raises NotFound: the agency lets somebody else do that
    """
    if not request.answering.lead:
        raise NotFound
    return acting_for(request.answering.home, by=request.answering.keeper)


@answers
def people(request: Any) -> HttpResponse:
    """Everybody who answers for the agency."""
    with _keeper(request) as by:
        found = queries.partners(by=by, at=request.at)
    context = {
        "rows": pages.people_rows(found, me=request.user.pk),
        "columns": pages.PEOPLE,
        "agency": request.answering.agency.name,
        "invited": "invited" in request.GET,
    }
    return render(request, "portal/partner_people.html", context)


@answers
def colleague(request: Any) -> HttpResponse:
    """Let a colleague answer too. Every address is answered alike."""
    form = ColleagueForm(request.POST or None)
    with _keeper(request) as by:
        if form.is_valid():
            site = request.build_absolute_uri("/")
            actions.invite_partner(**form.cleaned_data, site=site, by=by, at=request.at)
            response: HttpResponse = redirect("partner:people")
            response["Location"] += "?invited=1"
            return response
    return answered(request, "partner_colleague", form)


@answers
def leaver(request: Any, key: UUID) -> HttpResponse:
    """Somebody has left: they answer no longer, from this moment."""
    form = LeaverForm(request.POST or None)
    with _keeper(request) as by:
        found = queries.partner(key, by=by, at=request.at)
        if form.is_valid():
            try:
                actions.end_partner(key, why=form.cleaned_data["why"], by=by, at=request.at)
                return redirect("partner:people")
            except InvalidInput as problem:
                form.add_error("why", next(iter(problem.problems.values())))
    return answered(request, "partner_leaver", form, leaver=found)
