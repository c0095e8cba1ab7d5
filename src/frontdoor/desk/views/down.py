"""Pages about a day without the system: when the sheet was written, how to get it, its passphrase, paper forms."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.contacts.forms.telephone import paper_questions
from frontdoor.desk import actions
from frontdoor.desk.pages import down as pages
from frontdoor.desk.queries import down as queries


@address(Kind.COUNCIL, Permission.DOWN_KEEP)
def down(request: Any) -> HttpResponse:
    """When the sheet was last written, how to get it, and a new passphrase, which is shown once."""
    by, at, slug = request.actor, request.at, request.council.slug
    passphrase = ""
    if request.method == "POST" and request.POST.get("do") == "passphrase":
        passphrase = actions.make_passphrase(by=by, at=at)
    written = pages.written_at(slug)
    context = {
        "passphrase": passphrase,
        "made": queries.passphrase_made(by=by),
        "written": written,
        "old": written is not None and at - written >= pages.STALE,
        "file": str(pages.file_of(slug)),
    }
    answer = render(request, "desk/down.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@address(Kind.COUNCIL, Permission.DOWN_KEEP)
def sheet(request: Any) -> Any:
    """The file itself, encrypted: what is in it opens with the passphrase alone."""
    slug = request.council.slug
    if pages.written_at(slug) is None:
        raise NotFound
    queries.take_sheet(by=request.actor, at=request.at)
    file = pages.file_of(slug).open("rb")
    return FileResponse(file, as_attachment=True, filename=f"open-work-{slug}.html", content_type="text/html")


@require_safe
@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def paper(request: Any) -> HttpResponse:
    """The telephone's questions, to be printed and filled in by hand."""
    return render(request, "desk/paper.html", {"parts": paper_questions()})
