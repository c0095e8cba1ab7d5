"""Opening a file: always as an attachment, never shown within the site."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Actor
from frontdoor.files import queries, rules


@address(Kind.COUNCIL)
@require_safe
def download(request: Any, key: UUID) -> HttpResponse | StreamingHttpResponse:
    """The working copy of a file. Who may open it follows from what it belongs to."""
    return _given(queries.open_file(key, by=request.actor, at=request.at), by=request.actor)


def _given(opened: queries.Opened, *, by: Actor) -> StreamingHttpResponse:
    """A file to be saved: no browser guesses what it is, and nothing in it runs, were it opened in one."""
    answer = StreamingHttpResponse(queries.pieces(opened, by=by), content_type=rules.MEDIA[opened.kind])
    disposition = content_disposition_header(as_attachment=True, filename=opened.name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["Content-Length"] = str(opened.size)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
