"""Pages on which people say whether a marked report is genuine."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.actions import doors as actions
from frontdoor.contacts.forms.doors import NotGenuineForm
from frontdoor.contacts.forms.screening import Seen
from frontdoor.contacts.pages import doors as pages
from frontdoor.contacts.queries import doors as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import record_of, refused
from frontdoor.shell.pages import paging, unseal


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
@require_safe
def doubts(request: Any) -> HttpResponse:
    """Every report that may not be genuine and that nobody has settled."""
    by, at = request.actor, request.at
    after = cast(Any, unseal("doubts", request.GET.get("after", "")))
    found = queries.doubts(by=by, at=at, after=after, count=True)
    context = {
        "hub": hub(request), "columns": pages.COLUMNS, "rows": pages.rows(found, request.council.slug, at=at),
        "paging": paging("doubts", found, request.GET),
    }  # fmt: skip
    return render(request, "contacts/doors_list.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def doubt(request: Any, key: UUID) -> HttpResponse:
    """One of them: it goes on, or it is not genuine, because."""
    by, at = request.actor, request.at
    found = queries.open_doubt(key, by=by, at=at)
    genuine = request.POST.get("do") == "genuine"
    form = (Seen if genuine else NotGenuineForm)(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        act = actions.say_genuine if genuine else actions.say_not_genuine
        try:
            contact = act(key, **form.cleaned_data, by=by, at=at)
            return redirect(record_of(request, contact.key))
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {
        "shows": found,
        "form": form,
        "refuse": NotGenuineForm(initial={"seen": found.version}) if genuine else form,
        "facts": pages.facts(found, at=at),
        "record": record_of(request, found.contact),
        "may_answer": not found.asked and not found.closed and found.answer != "Genuine: it goes on",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "contacts/doors_one.html", context, status=status)
