"""Pages on which an agency tells what nobody asked: of a family it was asked about, and what it can do today."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import InvalidInput
from frontdoor.mash.actions import partners as actions
from frontdoor.mash.queries import partners as queries
from frontdoor.portal.forms.partners import CapacityForm, TellForm
from frontdoor.portal.pages import partners as pages
from frontdoor.portal.views.partners import answers, each, open_request, opened, shown


@answers
def tell(request: Any, key: UUID) -> HttpResponse:
    """Tell something of the people of a request unasked, though it was answered or is asked no more."""
    place, found = open_request(request, key)
    with acting_for(place.pk, by=request.actor) as by:
        people = queries.people_of(key, by=by)
    first = [str(people[0].asked)] if len(people) == 1 else []
    form = TellForm(people=people, data=request.POST or None, initial={"kind": "information", "about": first})
    if form.is_valid():
        said = {UUID(person): form.said for person in form.cleaned_data["about"]}
        try:
            with acting_for(place.pk, by=request.actor) as by:
                actions.give_replies(key, said, more=True, by=by, at=request.at)
        except InvalidInput as refused:
            form.refused({name[37:]: words for name, words in refused.problems.items()})
        else:
            return shown(key, "told")
    context = {"form": form, "asked": found, "person": {"label": "them"}}
    return render(request, "portal/partner_tell.html", context, status=422 if form.is_bound else 200)


@require_POST
@answers
def confirm(request: Any, key: UUID) -> HttpResponse:
    """Say of everything that was written down of the agency's words in one request that it is right."""
    place, _ = opened(request, key, queries.taken)
    with acting_for(place.pk, by=request.actor) as by:
        actions.confirm_replies(key, by=by, at=request.at)
    return shown(key, "confirmed")


@answers
def today(request: Any) -> HttpResponse:
    """Say what the agency can do today: each council chosen shows it on its board of agencies."""
    stands, places = [], []
    for place, by in each(request):
        stands.append((place.name, queries.capacity_today(by=by, at=request.at)))
        places.append((str(place.pk), place.name))
    form = CapacityForm(request.POST or None, places=places, initial={"councils": [pk for pk, _ in places]})
    if form.is_valid():
        chosen = form.cleaned_data["councils"]
        for place, by in each(request):
            if str(place.pk) in chosen:
                actions.say_capacity(form.cleaned_data["line"], by=by, at=request.at)
        response = redirect("partner:today")
        response["Location"] += "?said=1"
        return response
    context = {
        "form": form, "rows": pages.capacity_rows(stands), "columns": pages.CAPACITY, "said": "said" in request.GET,
    }  # fmt: skip
    return render(request, "portal/partner_today.html", context, status=422 if form.is_bound else 200)
