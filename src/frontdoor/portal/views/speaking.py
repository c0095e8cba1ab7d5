"""Public pages: how to speak to a qualified social worker, with or without a report."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from frontdoor.contacts.rules.intake import CallBackGiven
from frontdoor.councils import queries as councils
from frontdoor.portal import actions, forms, pages
from frontdoor.portal.views.base import filled, page, public, wrong


@public
def call_back(request: Any) -> HttpResponse:
    """Ask for a qualified social worker to ring back."""
    form = filled(request, forms.CallBackForm)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("phone", "name", "when", "about")}
        actions.ask_for_call_back(CallBackGiven(**given), by=request.actor, at=request.at)
        return redirect("portal:call-back-asked", council=request.council.slug)
    return page(request, "call_back", {"form": form}, status=wrong(request))


@public
def call_back_asked(request: Any) -> HttpResponse:
    """That the wish is with the team."""
    return page(
        request, "call_back_asked", {"telephones": pages.telephone_rows([councils.council(request.council.id)])}
    )


@public
def which_council(request: Any) -> HttpResponse:
    """Before a call-back is asked: which council's social workers."""
    return page(request, "which_council", {"councils": councils.councils(on=request.at)})
