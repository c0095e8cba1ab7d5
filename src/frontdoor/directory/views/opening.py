"""The open endpoints of Open Referral UK 3.0: for everybody, without a key, of one council's services."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.http import http_date

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound
from frontdoor.directory.queries import listing, publishing
from frontdoor.directory.rules.asking import NotAsked, asked_by_system
from frontdoor.directory.rules.profile import OPENAPI, PROFILE, VERSION

KEPT = 300
"""Seconds for which anybody may keep an answer."""

View = Callable[..., dict[str, Any]]


def opened(view: View) -> Callable[..., HttpResponse]:
    """Declare an open endpoint: read by anybody, from any site; whatever is wrong is said in JSON."""

    @address(Kind.PORTAL)
    @wraps(view)
    def answer(request: Any, **where: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return _open(_problem(405, "Only GET is answered here"))
        try:
            said = view(request, **where)
        except NotFound:
            return _open(_problem(404, "Not found"))
        except NotAsked as error:
            return _open(_problem(400, "A parameter cannot be understood", error.problems))
        return _open(_tagged(request, said))

    return answer


def _problem(status: int, title: str, problems: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse({"title": title, "status": status, "problems": problems or {}}, status=status)


def _tagged(request: Any, said: dict[str, Any]) -> HttpResponse:
    """The answer with a mark of what it says; nothing but the mark where the asker has the same already."""
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    mark = f'W/"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    same = mark in request.headers.get("If-None-Match", "")[:2_000]
    found = HttpResponseNotModified() if same else HttpResponse(body, content_type="application/json")
    found["ETag"] = mark
    if changed := getattr(request, "changed_at", None):
        found["Last-Modified"] = http_date(changed.timestamp())
    found["Cache-Control"] = f"public, max-age={KEPT}"
    return found


def _open(answer: HttpResponse) -> HttpResponse:
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _key(said: str) -> UUID:
    """An identifier of an address.

    :raises NotFound: it is none, so nothing is called so
    """
    try:
        return UUID(said)
    except ValueError:
        raise NotFound from None


@opened
def about(request: Any) -> dict[str, Any]:
    """What this is: the version and the profile."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": OPENAPI}


@opened
def services(request: Any) -> dict[str, Any]:
    """The services that the public is shown, narrowed as asked, one page of them."""
    return listing.services(*asked_by_system(request.GET.dict()), by=request.actor).said()


@opened
def service(request: Any, key: str) -> dict[str, Any]:
    """One service with everything in it."""
    row, said = publishing.service(_key(key), by=request.actor)
    request.changed_at = row.changed_at
    return said


@opened
def taxonomies(request: Any) -> dict[str, Any]:
    """The taxonomies, one page of them."""
    return publishing.taxonomies(asked_by_system(request.GET.dict())[1], by=request.actor).said()


@opened
def taxonomy(request: Any, key: str) -> dict[str, Any]:
    """One taxonomy with its terms."""
    return publishing.taxonomy(_key(key), by=request.actor)


@opened
def terms(request: Any) -> dict[str, Any]:
    """The terms, one page of them."""
    return publishing.terms(asked_by_system(request.GET.dict())[1], by=request.actor).said()


@opened
def term(request: Any, key: str) -> dict[str, Any]:
    """One term."""
    return publishing.term(_key(key), by=request.actor)


@opened
def at_locations(request: Any) -> dict[str, Any]:
    """Services at their places, narrowed as asked, one page of them."""
    return listing.at_locations(*asked_by_system(request.GET.dict()), by=request.actor).said()


@opened
def at_location(request: Any, key: str) -> dict[str, Any]:
    """One service at one place."""
    return publishing.at_location(_key(key), by=request.actor)
