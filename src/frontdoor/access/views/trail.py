"""The data protection officer's pages: what was done to a record and who read it, what an account did."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access import queries
from frontdoor.access.forms import TrailForm
from frontdoor.access.pages import trail as pages
from frontdoor.access.rules import Kind, address
from frontdoor.access.views.accounts import answered
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.shell.pages import seal, unseal
from frontdoor.trail.models import Entry
from frontdoor.trail.queries import PAGE, open_actor, open_subject

reader = address(Kind.COUNCIL, Permission.TRAIL_READ)


@reader
def trail(request: Any) -> HttpResponse:
    """Ask for a record or an account; typed text leaves the address, since it may be more than a key."""
    form = TrailForm(request.POST or None)
    if form.is_valid():
        name = "access:trail-subject" if form.cleaned_data["about"] == "subject" else "access:trail-actor"
        return redirect(name, request.council.slug, form.cleaned_data["key"])
    return answered(request, "trail", form)


@reader
def subject(request: Any, key: UUID) -> HttpResponse:
    """Everything done to one record, and every reading of it, the newest first."""
    entries = open_subject(key, by=request.actor, at=request.at, before=_before(request))
    return _shown(request, entries, f"The trail of {key}")


@reader
def actor(request: Any, key: UUID) -> HttpResponse:
    """Everything that one account did for this council, the newest first."""
    number, known = queries.account_in_trail(key, by=request.actor)
    entries = open_actor(f"user:{number}", by=request.actor, at=request.at, before=_before(request))
    if not entries and not known:
        raise NotFound  # somebody of another council, who did nothing here
    name = queries.names({number}, by=request.actor)[number]
    return _shown(request, entries, f"What {name} did")


def _before(request: Any) -> int | None:
    cursor = unseal("trail", request.GET.get("before", ""))
    return cursor[0] if cursor else None


def _shown(request: Any, entries: list[Entry], title: str) -> HttpResponse:
    more = seal("trail", (entries[PAGE - 1].id,)) if len(entries) > PAGE else ""
    numbers = {number for entry in entries if (number := pages.actor_number(entry.actor)) is not None}
    context = {
        "title": title,
        "rows": pages.entry_rows(entries[:PAGE], queries.names(numbers, by=request.actor)),
        "more": more,
    }
    return render(request, "access/entries.html", context)
