"""Who may take families on: the list, adding somebody, their room, taking them off."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.earlyhelp import actions, forms
from frontdoor.earlyhelp.pages import lists as pages
from frontdoor.earlyhelp.queries import lists as queries

KEEP = Permission.EARLY_HELP_KEEP


@address(Kind.COUNCIL, KEEP)
@require_safe
def providers(request: Any) -> HttpResponse:
    """Who may take families on, and how much room they have."""
    rows = pages.taker_rows(queries.providers(by=request.actor, ended=True), request.council.slug)
    return render(request, "earlyhelp/providers.html", {"columns": pages.TAKERS, "rows": rows})


def _back(request: Any) -> str:
    return reverse("earlyhelp:providers", args=[request.council.slug])


@address(Kind.COUNCIL, KEEP)
def add_provider(request: Any) -> HttpResponse:
    """Add a team or an agency."""
    form = forms.ProviderForm(request.POST or None)
    page = Step(title="Add a team or an agency", press="Add it", back=_back(request))
    return step(request, form, lambda typed: actions.add_provider(**typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, KEEP)
def places(request: Any, key: UUID) -> HttpResponse:
    """Write down how much room somebody has."""
    row = queries.provider(key, by=request.actor)
    form = forms.PlacesForm(request.POST or None, initial={"seen": row.version})
    over = "This one does not take families on any more." if row.ended_at else ""
    page = Step(title="How much room they have", press="Save", about=row.name, back=_back(request), over=over)
    return step(request, form, lambda typed: actions.say_places(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, KEEP)
def end_provider(request: Any, key: UUID) -> HttpResponse:
    """Take somebody off the list."""
    row = queries.provider(key, by=request.actor)
    form = forms.Seen(request.POST or None, initial={"seen": row.version})
    over = "This one does not take families on any more." if row.ended_at else ""
    intro = "Nothing is offered to them any more. The families that they have taken on stay with them."
    page = Step(
        title="Take them off the list", press="Take them off", about=row.name, back=_back(request), over=over,
        intro=intro,
    )  # fmt: skip
    return step(request, form, lambda typed: actions.end_provider(key, **typed, by=request.actor, at=request.at), page)
