"""Pages on which an administrator says who sends for an agency, and ends it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from frontdoor.access import actions, queries
from frontdoor.access.forms import SenderForm, WhyForm
from frontdoor.access.rules import Kind, address
from frontdoor.access.views.accounts import answered, refused
from frontdoor.actors.rules import InvalidInput, NotFound, Permission
from frontdoor.organisations.queries import agencies
from frontdoor.organisations.rules import london_day

keeper = address(Kind.COUNCIL, Permission.SENDER_KEEP)


@keeper
def let_send(request: Any, key: UUID) -> HttpResponse:
    """Let an account that this council keeps send for an organisation."""
    found = queries.account(key, by=request.actor, at=request.at)
    if not found.kept_here:
        raise NotFound
    form = SenderForm(agencies(by=request.actor), today=london_day(request.at), data=request.POST or None)
    if form.is_valid():
        try:
            actions.let_send(key, **form.cleaned_data, by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:account", request.council.slug, key)
    return answered(request, "let_send", form, account=found)


@keeper
def end_sender(request: Any, key: UUID) -> HttpResponse:
    """End somebody's sending at once, after a reason."""
    found = queries.sender(key, by=request.actor, at=request.at)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            actions.end_sender(key, why=form.cleaned_data["why"], by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:account", request.council.slug, found.user)
    return answered(request, "end_sender", form, sender=found)
