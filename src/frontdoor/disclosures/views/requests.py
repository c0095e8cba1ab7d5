"""The page of one request; giving a contact to the desk; taking, sorting, passing on; the risk that it shows."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.disclosures import actions, forms, pages, queries
from frontdoor.disclosures.rules import kinds
from frontdoor.disclosures.views.steps import act, opened, seen


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
@require_safe
def detail(request: Any, key: UUID) -> HttpResponse:
    """One request: what it is, what is done, what waits."""
    page = pages.detail(opened(request, key), request.council.slug, by=request.actor, at=request.at)
    columns = {"search_columns": pages.SEARCH_COLUMNS, "fact_columns": pages.FACT_COLUMNS}
    return render(request, "disclosures/request.html", {"page": page, **columns})


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def begin(request: Any, key: UUID) -> HttpResponse:
    """Give a contact to the information desk."""
    contact = queries.open_contact_to_begin(key, by=request.actor, at=request.at)
    known = contact.sub_type if contact.sub_type in kinds.KINDS else ""
    form = forms.BeginForm(request.POST or None, initial={"sub_type": known})
    page = Step(
        title="Give this to the information desk", press="Give it to the desk", about=contact.receipt,
        back=reverse("contacts:detail", args=[request.council.slug, key]),
        intro="The desk answers whoever asks. Screening this contact goes on as before and waits for nobody.",
    )  # fmt: skip
    return step(request, form, lambda typed: actions.begin(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
@require_POST
def take(request: Any, key: UUID) -> HttpResponse:
    """Take a request, or take over what somebody else has."""
    form = forms.Seen(request.POST)
    if form.is_valid():
        actions.take(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    else:
        opened(request, key)
    return redirect("disclosures:request", request.council.slug, key)


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def sort(request: Any, key: UUID) -> HttpResponse:
    """Say what kind it is, and by which day it is needed."""
    found = opened(request, key)
    initial = seen(found, sub_type=found.request.sub_type, needed_by=found.request.needed_by)
    form = forms.SortForm(request.POST or None, initial=initial)
    return act(request, found, form, actions.sort, title="Kind of request, and by when", press="Save")


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def risk(request: Any, key: UUID) -> HttpResponse:
    """Make a contact of a request that shows a risk."""
    found = opened(request, key)
    form = forms.RiskForm(request.POST or None, initial=seen(found))
    intro = "A new contact is taken in at once, timed from when the request came. The request itself stays here."
    return act(request, found, form, actions.show_risk, title="This shows a risk", press="Take it in now", intro=intro)


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def end(request: Any, key: UUID) -> HttpResponse:
    """Close a request that is no longer wanted."""
    found = opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=seen(found))
    return act(request, found, form, actions.end, title="No longer wanted", press="Close the request")
