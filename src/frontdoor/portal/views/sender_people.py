"""Pages on which a lead person keeps their own agency's people: who sends, a new colleague, a leaver."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access import actions, queries
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import InvalidInput, NotFound
from frontdoor.portal.forms.senders import ColleagueForm, LeaverForm
from frontdoor.portal.pages import senders as pages
from frontdoor.portal.views.senders import answered, partner


def _keeper(request: Any) -> Any:
    """Acting as the one who keeps the agency's people, and nothing else; nobody but a lead person does.

    :raises NotFound: the agency lets somebody else do that
    """
    if not request.sending.lead:
        raise NotFound
    return acting_for(request.sending.home, by=request.sending.keeper)


@partner
def people(request: Any) -> HttpResponse:
    """Everybody who sends for the agency."""
    with _keeper(request) as by:
        found = queries.senders(by=by, at=request.at)
    rows = pages.people_rows(found, me=request.user.pk)
    context = {
        "rows": rows,
        "columns": pages.PEOPLE,
        "agency": request.sending.agency.name,
        "invited": "invited" in request.GET,
    }
    return render(request, "portal/sender_people.html", context)


@partner
def colleague(request: Any) -> HttpResponse:
    """Let a colleague send too. Every address is answered alike."""
    form = ColleagueForm(request.POST or None)
    with _keeper(request) as by:
        if form.is_valid():
            site = request.build_absolute_uri("/")
            actions.invite_sender(**form.cleaned_data, site=site, by=by, at=request.at)
            response: HttpResponse = redirect("sender:people")
            response["Location"] += "?invited=1"
            return response
    return answered(request, "sender_colleague", form)


@partner
def leaver(request: Any, key: UUID) -> HttpResponse:
    """Somebody has left: they send no longer, from this moment."""
    form = LeaverForm(request.POST or None)
    with _keeper(request) as by:
        found = queries.sender(key, by=by, at=request.at)
        if form.is_valid():
            try:
                actions.end_sender(key, why=form.cleaned_data["why"], by=by, at=request.at)
                return redirect("sender:people")
            except InvalidInput as problem:
                form.add_error("why", next(iter(problem.problems.values())))
    return answered(request, "sender_leaver", form, leaver=found)
