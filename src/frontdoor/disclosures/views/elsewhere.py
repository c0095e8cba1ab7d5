"""A request that somebody else answers: handed over, given by hand, answered there, or come back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.disclosures import actions, forms, pages
from frontdoor.disclosures.views.steps import act, opened, seen


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def pass_on(request: Any, key: UUID) -> HttpResponse:
    """Hand a request to the team that answers it."""
    found = opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=seen(found, why=pages.why_there(found)))
    intro = f"A slip goes to the specialist team. It stays yours until somebody there accepts it. {pages.law_of(found)}"
    return act(
        request, found, form, actions.pass_on, title="Hand it to another team", press="Hand it over", intro=intro
    )


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def by_hand(request: Any, key: UUID) -> HttpResponse:
    """Give a request by hand to somebody who has no account here."""
    found = opened(request, key)
    form = forms.RedirectForm(request.POST or None, initial=seen(found))
    intro = f"For somebody who has no account here. It stays open until they have answered. {pages.law_of(found)}"
    return act(request, found, form, actions.redirect, title="Give it by hand", press="They took it", intro=intro)


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def answered(request: Any, key: UUID) -> HttpResponse:
    """Write down when, what and by whom it was answered there."""
    found = opened(request, key)
    form = forms.ThereForm(request.POST or None, initial=seen(found, who=found.request.taken_by))
    return act(request, found, form, actions.answer_there, title="Answered there", press="Save, and close the request")


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def came_back(request: Any, key: UUID) -> HttpResponse:
    """They do not answer it after all."""
    found = opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=seen(found))
    return act(request, found, form, actions.come_back, title="It came back to us", press="We have it again")
