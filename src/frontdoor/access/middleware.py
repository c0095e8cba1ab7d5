"""The inner middleware: reads the address and sets who acts for which council, for as long as the view lasts."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from frontdoor.access.queries import Place, standing
from frontdoor.access.rules import Address, Kind
from frontdoor.actors.actions import acting_for, forget, tell
from frontdoor.actors.rules import (
    PUBLIC,
    SERVICE,
    SIGN_IN,
    Error,
    NotFound,
    NotPermitted,
)
from frontdoor.councils.queries import by_slug
from frontdoor.shell.views import answer_to
from frontdoor.trail import actions as trail

DRAFT_COOKIE = "frontdoor-report"
_REFRESH, _LONGEST = 5 * 60, 12 * 60 * 60


class Reach:
    """Stands last in the list; its savepoint around view and rendering is rolled back when the view raised anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.failure, request.council, request.actor, request.standing = (
            None,
            None,
            None,
            None,
        )
        try:
            with transaction.atomic():
                response = self.get_response(request)
                if request.failure is not None or response.status_code >= 500:
                    transaction.set_rollback(True)
        finally:
            forget()
        if isinstance(request.failure, NotPermitted) and request.council and request.actor:
            with acting_for(request.council.id, by=request.actor) as by:
                trail.record(
                    "access.refused",
                    subject=("address", request.resolver_match.view_name),
                    by=by,
                    at=request.at,
                )
        return response

    def process_exception(self, request: Any, failure: Exception) -> HttpResponse | None:
        request.failure = failure
        return answer_to(request, failure) if isinstance(failure, Error) else None

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        address: Address = getattr(view, "address", Address(Kind.NONE))
        try:
            return _ENTER[address.kind](request, address, kwargs)
        except Error as refusal:
            request.failure = refusal
            return answer_to(request, refusal)


def _signed_in(request: Any) -> HttpResponse | None:
    """Let in an account with a second factor and a fresh session; answer where to go otherwise."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{reverse('account_login')}?next={request.path}")
    methods = {record.get("method") for record in get_authentication_records(request)}
    if "mfa" not in methods and "socialaccount" not in methods:
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    now = int(request.at.timestamp())
    if now - request.session.setdefault("since", now) > _LONGEST:
        request.session.flush()
        return HttpResponseRedirect(f"{reverse('account_login')}?next={request.path}")
    if now - request.session.get("seen", 0) > _REFRESH:
        request.session["seen"] = now
    request.standing = standing(request.user, at=request.at)
    request.actor = request.standing.actor
    return None


def _council(request: Any, address: Address, kwargs: dict[str, Any]) -> HttpResponse | None:
    if answer := _signed_in(request):
        return answer
    slug = kwargs.pop("council")
    request.council = next((place for place in request.standing.councils if place.slug == slug), None)
    if request.council is None:
        raise NotFound
    return _enter(request, address)


def _receiving(request: Any, address: Address, kwargs: dict[str, Any]) -> HttpResponse | None:
    """Any signed-in practitioner, for any council: in reach with all of it, elsewhere to receive and protect."""
    if answer := _signed_in(request):
        return answer
    slug = kwargs.pop("council")
    request.council = next((place for place in request.standing.councils if place.slug == slug), None)
    if request.council is None:
        request.council = _place(slug, request)
        reach = {**request.actor.reach, request.council.id: request.standing.receiving}
        request.actor = replace(request.actor, reach=reach)
    return _enter(request, address)


def _place(slug: str, request: Any) -> Place:
    council = by_slug(slug, on=request.at)
    if council is None or council.id == SERVICE:
        raise NotFound
    return Place(council.id, council.slug, council.name)


def _enter(request: Any, address: Address) -> None:
    request.actor = request.actor.at(request.council.id)
    if address.permission and not request.actor.may(address.permission):
        raise NotPermitted(address.permission)
    tell(request.actor)


def _portal(request: Any, address: Address, kwargs: dict[str, Any]) -> None:
    if (slug := kwargs.pop("council", None)) is not None:
        request.council = _place(slug, request)
    token = request.COOKIES.get(DRAFT_COOKIE, "")
    draft = f"resume:{hashlib.sha256(token.encode()).hexdigest()}" if token else ""
    request.actor = replace(PUBLIC, draft=draft).at(request.council.id if request.council else None)
    tell(request.actor)


def _merged(request: Any, address: Address, kwargs: dict[str, Any]) -> HttpResponse | None:
    """No council is set: the view reads each council of the reach inside `acting_for`."""
    if answer := _signed_in(request):
        return answer
    held = request.actor.reach.values()
    if address.permission and not any(address.permission in permissions for permissions in held):
        raise NotPermitted(address.permission)
    return None


def _none(request: Any, address: Address, kwargs: dict[str, Any]) -> None:
    """Sign-in, gallery and the like: no council; what is written about accounts is the service's own."""
    _ = request.user.pk  # the session and the account are read before anybody is set to act
    request.actor = SIGN_IN.at(SERVICE)
    tell(request.actor)


_ENTER = {
    Kind.COUNCIL: _council,
    Kind.RECEIVING: _receiving,
    Kind.PORTAL: _portal,
    Kind.MERGED: _merged,
    Kind.NONE: _none,
}
