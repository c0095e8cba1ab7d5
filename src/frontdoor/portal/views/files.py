"""The page on which a photo or a document is added to a report that has arrived."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from frontdoor.actors.rules import InvalidInput
from frontdoor.files.rules import TAKEN
from frontdoor.portal import actions, forms, queries
from frontdoor.portal.rules import attaching
from frontdoor.portal.views.base import page, public, wrong


@public
def add_files(request: Any) -> HttpResponse:
    """Up to five files; those that are taken stay, whatever is wrong with the others."""
    draft = queries.draft(by=request.actor, at=request.at)
    if draft is None or "sent" not in draft.data:
        return page(request, "gone", {}, status=404)
    sent = draft.data["sent"]
    room = attaching.room(len(sent.get("files", [])))
    sends = request.method == "POST"  # with nothing in it, too
    form = forms.FilesForm(request.POST if sends else None, request.FILES if sends else None, room=room)
    if sends:
        form.is_valid()
        _add(request, form)
        if not form.errors:
            return redirect("portal:sent", council=request.council.slug)
        draft = queries.draft(by=request.actor, at=request.at)
        sent = draft.data["sent"] if draft else sent
    return page(request, "files", {"form": form, "sent": sent, "room": room, "taken": TAKEN}, status=wrong(request))


def _add(request: Any, form: forms.FilesForm) -> None:
    for each in form.good():
        try:
            actions.attach(each, name=each.name or "", by=request.actor, at=request.at)
        except InvalidInput as refused:
            form.add_error(None, list(refused.problems.values()))
