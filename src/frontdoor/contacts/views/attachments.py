"""The files of a contact on a page of their own, and adding one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.actions.attachments import attach
from frontdoor.contacts.forms.attachments import AttachForm
from frontdoor.contacts.pages.attachments import CAME, empty
from frontdoor.contacts.queries import attachments as queries
from frontdoor.files.pages import COLUMNS, files_table


@address(Kind.COUNCIL, Permission.CONTACT_READ)
def files(request: Any, key: UUID) -> HttpResponse:
    """The files of one contact; what is sent is added to them."""
    by, at, slug = request.actor, request.at, request.council.slug
    form = AttachForm(request.POST, request.FILES) if request.method == "POST" else AttachForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            attach(key, content=given, name=given.name, by=by, at=at)
            return redirect("contacts:files", slug, key)
        except InvalidInput as refusal:
            form.add_error("file", refusal.problems["file"])
    opened = queries.open_files(key, by=by, at=at)
    context = {
        "opened": opened, "form": form, "columns": COLUMNS, "rows": files_table(opened.files, slug, came=CAME),
        "empty": empty(on_paper=opened.on_paper),
        "adds": by.may(Permission.CONTACT_TAKE),
    }  # fmt: skip
    return render(request, "contacts/attachments.html", context, status=422 if request.method == "POST" else 200)


@address(Kind.COUNCIL, Permission.CONTACT_READ)
@require_safe
def sent(request: Any, key: UUID) -> HttpResponse:
    """To the contact that was made of a submission."""
    contact = queries.of_submission(key, by=request.actor)
    return redirect("contacts:detail", request.council.slug, contact)
