"""The page of a file, and the file itself: always as an attachment; shown are only pictures of a clean copy's pages."""

from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Actor, Conflict, Permission
from frontdoor.files import actions, forms, pages, queries, rules


@address(Kind.COUNCIL)
@require_safe
def download(request: Any, key: UUID) -> HttpResponse | StreamingHttpResponse:
    """The working copy of a file. Who may open it follows from what it belongs to."""
    return _given(queries.open_file(key, by=request.actor, at=request.at), by=request.actor)


@address(Kind.COUNCIL)
@require_safe
def page(request: Any, key: UUID, number: int) -> HttpResponse:
    """The picture of one page of a working copy, for the pages that show it beside something."""
    content = queries.see_page(key, number, by=request.actor, at=request.at)
    answer = HttpResponse(content, content_type=rules.MEDIA[rules.Kind.JPEG])
    answer["Content-Disposition"] = "inline"
    return _quiet(answer)


@address(Kind.COUNCIL)
@require_safe
def file(request: Any, key: UUID) -> HttpResponse:
    """What is known of one file, and what may be done with it."""
    return render(request, "files/file.html", {"detail": _shown(request, key)})


def _shown(request: Any, key: UUID) -> pages.Detail:
    """The page of a file; showing it is an entry."""
    return pages.detail(queries.show_file(key, by=request.actor, at=request.at), request.council.slug)


@address(Kind.COUNCIL, Permission.FILE_RELEASE)
def release(request: Any, key: UUID) -> HttpResponse:
    """Let a file be opened that nobody could scan."""
    shown = _shown(request, key)
    form = forms.ReleaseForm(request.POST or None, initial={"seen": shown.file.version})
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.release(key, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("files:file", request.council.slug, key)
        except Conflict:
            conflict = True
            form = forms.ReleaseForm(initial={"seen": shown.file.version, "why": form.cleaned_data["why"]})
    words = {"title": "Let it be opened without a scan", "press": "Release it", "what": pages.RELEASING}
    status = 409 if conflict else 422 if request.method == "POST" else 200
    context = {"form": form, "key": key, "detail": shown, "conflict": conflict} | words
    return render(request, "files/act.html", context, status=status)


@address(Kind.COUNCIL, Permission.FILE_RELEASE)
def original(request: Any, key: UUID) -> HttpResponse | StreamingHttpResponse:
    """Take the original of a file, for a reason."""
    form = forms.WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = queries.open_original(key, why=form.cleaned_data["why"], by=request.actor, at=request.at)
        return _given(opened, by=request.actor)
    words = {"title": "Take the original", "press": "Save the original", "what": pages.TAKING}
    context = {"form": form, "key": key, "detail": _shown(request, key), "conflict": False} | words
    return render(request, "files/act.html", context, status=422 if request.method == "POST" else 200)


def _given(opened: queries.Opened, *, by: Actor) -> StreamingHttpResponse:
    """A file to be saved: no browser guesses what it is, and nothing in it runs, were it opened in one."""
    answer = StreamingHttpResponse(queries.pieces(opened, by=by), content_type=rules.MEDIA[opened.kind])
    disposition = content_disposition_header(as_attachment=True, filename=opened.name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["Content-Length"] = str(opened.size)
    return _quiet(answer)


T = TypeVar("T", bound=HttpResponseBase)


def _quiet(answer: T) -> T:
    """With what keeps a browser from making more of a file than it is, and other sites from showing it."""
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "no-store"
    return answer
