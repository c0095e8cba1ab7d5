"""What every public page does: nothing of it is stored, it is drawn as its visitor wants it; no press loses text."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from frontdoor.access.rules import Kind, address
from frontdoor.portal.forms import Page
from frontdoor.portal.rules import doors, reading

View = Callable[..., HttpResponse]
P = TypeVar("P", bound=Page)
TRAP = "website"
"""A question that no person sees; whoever answers it is looked at, and still heard."""


def public(view: View) -> View:
    """Declare a public page, and let its visitor switch to easy words or large print wherever they are.

    A press of a switch sends the form with what was typed: it is shown again as a page that nobody has sent yet.
    """

    @address(Kind.PORTAL)
    @wraps(view)
    def shown(request: Any, **where: Any) -> HttpResponse:
        request.typed = None
        if request.method != "POST" or reading.COOKIE not in request.POST:
            return view(request, **where)
        request.method, request.typed, request.POST = "GET", request.POST, QueryDict()
        wish = reading.wish(request.COOKIES.get(reading.COOKIE, "")).after(request.typed[reading.COOKIE])
        request.COOKIES[reading.COOKIE] = str(wish)
        response = view(request, **where)
        keep(response, reading.COOKIE, str(wish))
        return response

    return shown


def keep(response: HttpResponse, name: str, value: str, **more: Any) -> None:
    """Give the browser a cookie that no script reads and no other site sends."""
    response.set_cookie(
        name, value, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE, path="/", **more
    )


def page(request: Any, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of this room; never kept by a browser or anything between."""
    response = render(request, f"portal/{template}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def wrong(request: Any) -> int:
    """The status of a form that is shown: 422 if it was sent and is shown again."""
    return 422 if request.method == "POST" else 200


def filled(request: Any, kind: type[P], *, initial: dict[str, Any] | None = None, **options: Any) -> P:
    """A form as it was sent, as it was typed when a switch was pressed, or as it was kept; in easy words if wanted."""
    form = kind(request.POST or request.typed or None, initial=initial or {}, **options)
    if request.typed is not None:
        form.unasked()
    if reading.wish(request.COOKIES.get(reading.COOKIE, "")).easy:
        form.in_easy_words(reading.EASY)
    return form


def network(request: Any) -> str:
    """The network that asks, as far as it can be known; never a reason to refuse anything."""
    try:
        return doors.network(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""
