"""What an office computer may remember for whoever plans requests at work, and forgetting it."""

from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.http import HttpResponse
from django.shortcuts import redirect

from frontdoor.councils.queries import setting
from frontdoor.portal.rules import remembering
from frontdoor.portal.views.base import keep

COOKIE = "organisation"


def remembered(request: Any) -> dict[str, str]:
    """The name, job and organisation that this computer remembers; empty if none, or if its time is over.

    The cookie is signed, so that what it puts into a form is what somebody here once wrote.
    """
    try:
        kept = loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=_days(request))
    except BadSignature:
        return {}
    return remembering.worth(kept)


def remember(request: Any, response: HttpResponse, typed: dict[str, Any]) -> None:
    """Keep it on this computer where that was ticked; forget it where it was not."""
    if typed.get("remember"):
        worth = dumps(remembering.worth(typed), salt=COOKIE)
        keep(response, COOKIE, worth, max_age=int(_days(request).total_seconds()))
    else:
        response.delete_cookie(COOKIE)


def forget(request: Any) -> HttpResponse:
    """Forget it now, and show the page again."""
    response = redirect(request.get_full_path())
    response.delete_cookie(COOKIE)
    return response


def _days(request: Any) -> timedelta:
    value = setting(remembering.ORGANISATION_DAYS.name, authority=request.council.id, on=request.at).value
    return timedelta(days=value)
