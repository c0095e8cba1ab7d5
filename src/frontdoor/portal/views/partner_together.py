"""The shared analysis on a partner's desk: read it whole, agree or say what is seen otherwise."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import InvalidInput, NotFound
from frontdoor.mash.actions import partner_views as actions
from frontdoor.portal.forms.partners import ViewForm
from frontdoor.portal.pages import together as pages
from frontdoor.portal.views.partners import answers, open_request, shown


@answers
def together(request: Any, key: UUID) -> HttpResponse:
    """One version of the shared analysis, the words of every agency, and the form for one's own."""
    place, found = open_request(request, key)
    version = found.beside.analysis
    if version is None:
        raise NotFound
    own = found.beside.own_view
    start: dict[str, Any] = {"number": version.number}
    if own is not None:
        start |= {"agrees": "yes" if own.agrees else "no", "words": own.words}
    form = ViewForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            with acting_for(place.pk, by=request.actor) as by:
                actions.say_view(key, **form.cleaned_data, by=by, at=request.at)
        except InvalidInput as refused:
            for name, words in refused.problems.items():
                form.add_error(name, words)
            form.data = request.POST.copy()
            form.data["number"] = str(version.number)  # type: ignore[index]  # what the page shows now is said next
        else:
            return shown(key, "viewed")
    context = {"form": form, "asked": found, "pages": pages, "version": version, "own": own}
    return render(request, "portal/partner_together.html", context, status=422 if form.is_bound else 200)
