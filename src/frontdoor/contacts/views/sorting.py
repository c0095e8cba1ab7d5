"""Opening again what was put into the form, or was nothing about a child."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Conflict, Permission
from frontdoor.contacts.actions import correspondence as actions
from frontdoor.contacts.forms import correspondence as forms
from frontdoor.contacts.queries import correspondence as queries


@address(Kind.COUNCIL, Permission.REFERRER_READ)
def reopen(request: Any, key: UUID) -> HttpResponse:
    """Let a letter or e-mail wait for the form again, for a reason; whoever sorted it, or a manager."""
    by, at, slug = request.actor, request.at, request.council.slug
    row = queries.to_reopen(key, by=by)
    form = forms.ReopenForm(request.POST or None, initial={"seen": row.version})
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(key, **form.cleaned_data, by=by, at=at)
            return redirect("contacts:sort", slug, key)
        except Conflict:
            conflict = True
            form = forms.ReopenForm(initial={"seen": row.version, "why": form.cleaned_data["why"]})
    status = 409 if conflict else 422 if request.method == "POST" else 200
    context = {"row": row, "form": form, "conflict": conflict}
    return render(request, "contacts/correspondence_reopen.html", context, status=status)
