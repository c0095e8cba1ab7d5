"""The first page after sign-in, and the call that keeps a session alive."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from frontdoor.access.rules import Kind, address


@address(Kind.MERGED)
def home(request: Any) -> HttpResponse:
    """My work: what is with me, in every council I reach."""
    return render(request, "desk/home.html", {"councils": request.standing.councils})


@address(Kind.MERGED)
def stay(request: Any) -> HttpResponse:
    """Answer that the session goes on; asking is what keeps it."""
    request.session["seen"] = int(request.at.timestamp())
    return JsonResponse({"stay": True})
