"""Pages on which an administrator says who sends or answers for an agency, and ends it."""

from collections.abc import Callable
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
partner_keeper = address(Kind.COUNCIL, Permission.PARTNER_KEEP)


@keeper
def let_send(request: Any, key: UUID) -> HttpResponse:
    """Let an account that this council keeps send for an organisation."""
    return _let(request, key, "let_send", actions.let_send)


@partner_keeper
def let_answer(request: Any, key: UUID) -> HttpResponse:
    """Let an account that this council keeps answer for an organisation."""
    return _let(request, key, "let_answer", actions.let_answer)


def _let(request: Any, key: UUID, template: str, act: Callable[..., Any]) -> HttpResponse:
    found = queries.account(key, by=request.actor, at=request.at)
    if not found.kept_here:
        raise NotFound
    form = SenderForm(agencies(by=request.actor), today=london_day(request.at), data=request.POST or None)
    if form.is_valid():
        try:
            act(key, **form.cleaned_data, by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:account", request.council.slug, key)
    return answered(request, template, form, account=found)


@keeper
def end_sender(request: Any, key: UUID) -> HttpResponse:
    """End somebody's sending at once, after a reason."""
    return _end(request, key, "end_sender", queries.sender, actions.end_sender)


@partner_keeper
def end_partner(request: Any, key: UUID) -> HttpResponse:
    """End somebody's answering at once, after a reason."""
    return _end(request, key, "end_partner", queries.partner, actions.end_partner)


def _end(
    request: Any, key: UUID, template: str, held: Callable[..., queries.SenderHeld], act: Callable[..., None]
) -> HttpResponse:
    found = held(key, by=request.actor, at=request.at)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            act(key, why=form.cleaned_data["why"], by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:account", request.council.slug, found.user)
    return answered(request, template, form, sender=found)
