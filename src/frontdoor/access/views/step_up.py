"""A second factor given again on purpose, for what the sign-in of this morning is not enough."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.http import HttpResponseRedirect
from django.urls import reverse

SPENT = "step_up_spent"
"""What the session keeps: up to when a second factor given again was spent."""


def factor_given_again(request: Any) -> datetime | None:
    """When this session last gave its second factor again on purpose, if nothing was done with it yet."""
    given = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record.get("method") == "mfa" and record.get("reauthenticated")
    ]
    newest = max(given, default=0.0)
    return datetime.fromtimestamp(newest, UTC) if newest > request.session.get(SPENT, 0.0) else None


def spend_factor(request: Any) -> None:
    """What was done with the second factor takes it up: the next such act asks for another."""
    if given := factor_given_again(request):
        request.session[SPENT] = given.timestamp()


def ask_factor(request: Any) -> HttpResponseRedirect:
    """Lead to the page that asks for the second factor, and back to this one."""
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
