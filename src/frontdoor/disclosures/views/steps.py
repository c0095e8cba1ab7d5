"""One form about one request, one action, and back to its page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse

from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.disclosures import queries


def opened(request: Any, key: UUID) -> queries.Opened:
    """The request whole: its opening is an entry in the trail."""
    return queries.open_request(key, by=request.actor, at=request.at)


def page_of(request: Any, key: UUID) -> str:
    """The address of a request's page."""
    return reverse("disclosures:request", args=[request.council.slug, key])


def act(
    request: Any,
    found: queries.Opened,
    form: django_forms.Form,
    do: Callable[..., object],
    *,
    title: str,
    press: str,
    intro: str = "",
    beside: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Show a form about one request, or do what it says and go back to it; who was overtaken keeps what they typed."""
    key = found.request.key
    page = Step(
        title=title, press=press, back=page_of(request, key), about=found.request.contact.receipt, intro=intro,
        beside=beside,
    )  # fmt: skip
    return step(request, form, lambda typed: do(key, **typed, by=request.actor, at=request.at), page)


def seen(found: queries.Opened, **more: Any) -> dict[str, Any]:
    """What a form starts from: the version that stands, and what is known."""
    return {"seen": found.request.version, **more}
