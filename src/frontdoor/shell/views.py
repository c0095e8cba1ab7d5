"""The answers to errors, leaving in a hurry, and the gallery. No error page asks the database anything."""

import sys
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.backends.utils import csrf_input_lazy
from django.template.loader import get_template
from django.views.decorators.http import require_GET, require_safe

from frontdoor.actors.rules import Conflict, Error, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.shell.pages import Frame, SpeakTo, Version, gallery, telephones
from frontdoor.shell.pages.demonstration import of_the_site
from frontdoor.shell.rules import answers

# Sent values that are never printed back: tokens, versions, secrets.
_CARRIED = {"csrfmiddlewaretoken", "draft_version", "seen", "key", "idempotency_key", "password", "code"}
RETRY_AFTER = 30
SYSTEMS = "/api/"
"""Below this address errors are JSON of the documented shape, never a page."""
# Where "Exit this page" leads, unless settings EXIT_ADDRESS names another: a page that anybody might have open.
HARMLESS = "https://www.bbc.co.uk/weather"


def answer_to(request: HttpRequest, raised: Exception) -> HttpResponse | None:
    """The page for an error of `actors`; None for anything else, which Django answers with 500."""
    kind = answers.kind_of(raised)
    if kind is None:
        return None
    return _page(request, kind.__name__, answers.STATUS[kind], _words(request, raised))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400: a request that no browser of ours sends."""
    return _page(request, "BadRequest", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403: refused by a library."""
    return _page(request, "Forbidden", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is not of this browser's session, mostly one left open over a sign-out."""
    return _page(request, "OldForm", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404: the same page as for a record that is absent, another council's or restricted."""
    return _page(request, "NotFound", 404)


def failure(request: HttpRequest) -> HttpResponse:
    """Django's handler500: a fault of ours, or a database that does not answer (503, to be tried again)."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _page(request, "Fault", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The service is down for a while: whom to ring, and when to try again."""
    answer = _page(request, "Unavailable", 503)
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Leave at once: the browser forgets this service and goes somewhere harmless."""
    answer = HttpResponseRedirect(getattr(settings, "EXIT_ADDRESS", HARMLESS))
    for name in request.COOKIES:
        answer.delete_cookie(name)
    answer["Cache-Control"] = "no-store"
    # Not "cache": Chromium takes seconds over it, and no page of ours is stored in any case.
    answer["Clear-Site-Data"] = '"cookies", "storage"'
    return answer


@require_GET
def show_gallery(request: HttpRequest, part: str = "contents") -> HttpResponse:
    """Every component in every state, on one page a part."""
    if part in gallery.ANSWERS:
        return _page(request, part, gallery.ANSWERS[part][0], gallery.ANSWERS[part][1])
    if part not in gallery.PARTS:
        raise NotFound
    page = get_template(f"shell/gallery/{part}.html", using="jinja2")
    # Without the request: the gallery stands in a frame of its own, and what gives the others theirs is not asked.
    shows = gallery.context(part)
    shows["frame"] = replace(shows["frame"], notices=(*of_the_site(), *shows["frame"].notices))
    return HttpResponse(page.render({**shows, "csrf_input": csrf_input_lazy(request)}))


def _page(request: HttpRequest, name: str, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    if request.path.startswith(SYSTEMS):
        return JsonResponse(
            {"title": _TITLES.get(name, "Not possible"), "status": status, "problems": {}}, status=status
        )
    council = getattr(request, "council", None)
    lines = telephones.telephones(council.id if council else None)
    frame = Frame(
        council=council.name if council else "",
        slug=council.slug if council else "",
        # Staff go back to their desk; `standing` is there once somebody has signed in.
        home=settings.LOGIN_REDIRECT_URL if getattr(request, "standing", None) else "/",
        speak_to=SpeakTo(lines) if lines else None,
        notices=of_the_site(),
    )
    # Rendered without the request: context processors might ask the database.
    page = get_template(f"shell/errors/{_TEMPLATES[name]}.html", using="jinja2")
    answer = HttpResponse(page.render({"frame": frame, **(context or {})}), status=status)
    answer["Cache-Control"] = "no-store"
    return answer


_TITLES = {
    "BadRequest": "The request could not be read",
    "Fault": "A fault of this service; send the same again with the same key",
    "Forbidden": "This client may not do that",
    "NotFound": "Not found",
    "NotPermitted": "This client may not do that",
    "Unavailable": "Not available; send the same again with the same key",
}
"""The same in a few words, for systems."""

_TEMPLATES = {
    "BadRequest": "bad_request",
    "Conflict": "conflict",
    "Fault": "fault",
    "Forbidden": "forbidden",
    "InvalidInput": "invalid",
    "NotFound": "not_found",
    "NotPermitted": "not_permitted",
    "OldForm": "old_form",
    "SameKeyOtherBody": "same_key",
    "StepNotAllowed": "step",
    "Unavailable": "unavailable",
}


def _words(request: HttpRequest, raised: Exception) -> dict[str, Any]:
    if isinstance(raised, NotPermitted):
        return {"refusal": answers.refusal(raised.permission)}
    if isinstance(raised, StepNotAllowed):
        return {"what": raised.what, "who": raised.who, "when": raised.when, "typed": _in_words(request)}
    if isinstance(raised, Conflict):
        return {"versions": versions(raised, _typed(request))}
    if isinstance(raised, InvalidInput):
        return {"failures": raised.problems, "typed": _in_words(request)}
    return {"typed": _in_words(request)} if isinstance(raised, Error) else {}


def versions(conflict: Conflict, typed: dict[str, str]) -> list[Version]:
    """The fields of a conflict side by side: what stands now, what was typed; a field known to one side counts too."""
    now = {answers.field_words(name): str(value) for name, value in conflict.current.items()}
    said = answers.typed_words(typed)
    return [Version(words, now.get(words, ""), said.get(words, "")) for words in dict.fromkeys([*now, *said])]


def _typed(request: HttpRequest) -> dict[str, str]:
    sent = {name: "\n".join(request.POST.getlist(name)) for name in request.POST if name not in _CARRIED}
    return {name: said for name, said in sent.items() if said.strip()}


def _in_words(request: HttpRequest) -> dict[str, str]:
    return answers.typed_words(_typed(request))
