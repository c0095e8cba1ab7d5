"""Pages of the agreements under which councils operate for each other, and of the agencies that there are."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access.forms import AgencyForm, EndAgreementForm
from frontdoor.access.pages import agreements as pages
from frontdoor.access.rules import Kind, address
from frontdoor.access.views.accounts import answered, refused
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.councils.queries import councils
from frontdoor.organisations import actions, queries
from frontdoor.organisations.models import Function
from frontdoor.organisations.rules import london_day


@address(Kind.COUNCIL, Permission.SETTING_READ)
def agreements(request: Any) -> HttpResponse:
    """What others operate for this council and what it operates for others, with dates."""
    may_end = request.actor.may(Permission.AGREEMENT_KEEP)
    today, slug = london_day(request.at), request.council.slug
    context = {
        "rows": pages.agreement_rows(queries.delegations(by=request.actor), slug, today=today, may_end=may_end),
        "operated": pages.operated_rows(
            queries.operated_elsewhere(by=request.actor, at=request.at),
            {council.pk: council.name for council in councils(on=request.at)},
        ),
        "may_end": may_end,
    }
    return render(request, "access/agreements.html", context)


@address(Kind.COUNCIL, Permission.AGREEMENT_KEEP)
def end_agreement(request: Any, key: UUID) -> HttpResponse:
    """End an agreement with an earlier day than agreed."""
    agreement = queries.delegation(key, by=request.actor)
    form = EndAgreementForm(request.POST or None)
    if form.is_valid():
        try:
            actions.end_delegation(key, **form.cleaned_data, by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:agreements", request.council.slug)
    return answered(request, "end_agreement", form, agreement=agreement, function=Function(agreement.function).label)


@address(Kind.COUNCIL, Permission.AGREEMENT_KEEP)
def new_agency(request: Any) -> HttpResponse:
    """Write down an agency, so that somebody can be employed by it or a system of it can send."""
    form = AgencyForm(request.POST or None)
    if form.is_valid():
        try:
            actions.make_agency(**form.cleaned_data, by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:accounts", request.council.slug)
    return answered(request, "new_agency", form)
