"""One form about one referral, one action, and back to its page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse

from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.referrals.queries.opening import Opened, open_referral


def opened(request: Any, key: UUID) -> Opened:
    """The referral whole: its opening is an entry in the trail."""
    return open_referral(key, by=request.actor, at=request.at)


def page_of(request: Any, key: UUID) -> str:
    """The address of a referral's page."""
    return reverse("referrals:referral", args=[request.council.slug, key])


def act(
    request: Any,
    found: Opened,
    form: django_forms.Form,
    do: Callable[..., object],
    *,
    title: str,
    press: str,
    intro: str = "",
    warning: str = "",
    over: str = "",
    beside: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Show a form about one referral, or do what it says and go back to it; who was overtaken keeps what they typed."""
    key = found.referral.key
    page = Step(
        title=title, press=press, back=page_of(request, key), about=found.referral.label, intro=intro, beside=beside,
        warning=warning, over=over,
    )  # fmt: skip
    return step(request, form, lambda typed: do(key, **typed, by=request.actor, at=request.at), page)


def seen(found: Opened, **more: Any) -> dict[str, Any]:
    """What a form starts from: the version that stands, and what is known."""
    return {"seen": found.referral.version, **more}
