"""Addresses of every kind for the tests of the spine: each answers with what the database sees while it runs."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from frontdoor.access.rules import Kind, address
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import NotFound, NotPermitted, Permission
from frontdoor.config import urls as product
from frontdoor.contacts.models import CallBack, Event, Submission
from frontdoor.trail import actions as trail

SETTINGS = ("frontdoor.authority", "frontdoor.agency", "frontdoor.actor", "frontdoor.draft")


def seen_by_database() -> dict[str, str]:
    """Who acts, as PostgreSQL knows it at this moment."""
    columns = ["current_user", "session_user", *(f"coalesce(current_setting('{name}', true), '')" for name in SETTINGS)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(columns))
        row = cursor.fetchone()
    return dict(zip(("role", "session", "authority", "agency", "actor", "draft"), row, strict=True))


def write_event(request: Any) -> None:
    """What an action would write: a case row, where the role may, and an entry."""
    if request.actor.authority and request.actor.db_role == "none":
        Event.objects.create(authority_id=request.actor.authority)
    if request.actor.authority is not None:
        trail.record("test.write", by=request.actor, at=request.at)


def show(request: Any) -> HttpResponse:
    return JsonResponse(seen_by_database())


def write(request: Any) -> HttpResponse:
    write_event(request)
    return HttpResponse("written")


def fail(request: Any) -> HttpResponse:
    write_event(request)
    raise ValueError("a fault of ours")


def unavailable(request: Any) -> HttpResponse:
    write_event(request)
    return HttpResponse("try again", status=503)


def refuse(request: Any) -> HttpResponse:
    write_event(request)
    raise NotPermitted(Permission.CONTACT_DECIDE)


def missing(request: Any) -> HttpResponse:
    write_event(request)
    raise NotFound


def absent(request: Any) -> HttpResponse:
    return HttpResponse(Event.objects.get(pk=-1))


def fail_in_template(request: Any) -> HttpResponse:
    write_event(request)
    template = engines["django"].from_string("{{ broken.now }}")

    class Broken:
        @property
        def now(self) -> str:
            raise ValueError("while rendering")

    return TemplateResponse(request, template, {"broken": Broken()})


def orphan(request: Any) -> HttpResponse:
    """A call-back about the other council's submission: both exist, so only the composite key refuses it, at COMMIT."""
    council = request.actor.authority
    sent = Submission.objects.create(
        authority_id=council, channel="web", sender="public", idem="orphan", body={}, digest=b"0" * 32,
        received_at=request.at, entered_at=request.at,
    )  # fmt: skip
    call = CallBack.objects.create(
        authority_id=council, submission_id=request.GET["submission"], phone="01632 960001", asked_at=request.at
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT frontdoor_take_receipt('web', %s, %s)", [sent.pk, sent.digest])
    trail.record("test.orphan", subject=("contacts.callback", call.pk), by=request.actor, at=request.at)
    return HttpResponseRedirect("/given/")


def stream(request: HttpRequest) -> HttpResponse:
    """Reads while it is sent, when the transaction is over; a generator function, since an expression reads at once."""

    def rows() -> Iterator[str]:
        yield "start;"
        for event in Event.objects.all():
            yield f"event {event.pk};"
        yield json.dumps(seen_by_database())

    return StreamingHttpResponse(rows())


def merged(request: Any) -> HttpResponse:
    seen = [seen_by_database()]
    for place in request.standing.councils:
        with acting_for(place.id, by=request.actor) as by:
            list(Event.objects.all())
            seen.append({**seen_by_database(), "post": by.post})
    seen.append(seen_by_database())
    return JsonResponse({"seen": seen})


def _views(kind: Kind, *views: Any, permission: Permission | None = None) -> list[Any]:
    return [
        path(f"{kind}/{view.__name__}/", address(kind, permission)(_copy(view)), name=f"{kind}-{view.__name__}")
        for view in views
    ]


def _copy(view: Any) -> Any:
    """A view of one function for one address, since an address stands on the function."""

    def called(request: HttpRequest) -> HttpResponse:
        return view(request)

    return called


COUNCIL_PAGES = [
    *_views(
        Kind.COUNCIL, show, write, fail, unavailable, refuse, missing, absent, fail_in_template, orphan, stream,
        permission=Permission.CONTACT_READ,
    ),
    *_views(Kind.RECEIVING, show, write, permission=Permission.CONTACT_TAKE),
    path(
        "look/", address(Kind.RECEIVING, Permission.CONTACT_LOOK)(_copy(show)), name="look"
    ),
    path(
        "decide/", address(Kind.COUNCIL, Permission.CONTACT_DECIDE)(_copy(show)), name="decide"
    ),
    *_views(Kind.PORTAL, show, fail, unavailable),
]  # fmt: skip
urlpatterns = [
    *product.urlpatterns,  # the frame around each page leads to them
    *_views(Kind.PORTAL, show),
    *_views(Kind.MERGED, merged, fail),
    path("merged/decide/", address(Kind.MERGED, Permission.CONTACT_DECIDE)(_copy(merged)), name="merged-decide"),
    *_views(Kind.NONE, show, fail),
    path("<slug:council>/", include((COUNCIL_PAGES, "pages"))),
]
handler404, handler500 = product.handler404, product.handler500
