"""Pages about the doors: senders that fell silent, and test messages through each door."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access.queries import names
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.actions import silence as telling
from frontdoor.contacts.actions import trials as trying
from frontdoor.contacts.forms.watching import DoorForm, FoundForm
from frontdoor.contacts.pages import watching as pages
from frontdoor.contacts.queries import silence, trials
from frontdoor.contacts.rules.trials import Door
from frontdoor.shell.pages import Notice


@address(Kind.COUNCIL, Permission.SETTING_READ)
def watching(request: Any) -> HttpResponse:
    """Who is silent, who was, and the last test messages; one can be sent from here."""
    form = DoorForm(request.POST or None)
    if form.is_valid():
        trying.send_test(Door(form.cleaned_data["door"]), by=request.actor, at=request.at)
        return redirect("contacts:watching", request.council.slug)
    by, at, slug = request.actor, request.at, request.council.slug
    ended = silence.ended_silences(by=by, at=at)
    known = names({each.ended_by for each in ended if each.ended_by}, by=by)
    context = {
        "form": form,
        "open": pages.open_rows(silence.open_silences(by=by, at=at), slug, at=at),
        "ended": pages.ended_rows(ended, known),
        "stations": pages.stations(trials.trials(by=by, at=at), at=at),
        "columns": (pages.OPEN, pages.ENDED, pages.STATIONS),
    }
    return render(request, "contacts/watching_senders.html", context, status=422 if form.is_bound else 200)


@address(Kind.COUNCIL, Permission.CLOCK_EXPLAIN)
def silent_sender(request: Any, key: UUID) -> HttpResponse:
    """One silent sender: what is usual, what was seen, and what somebody found who rang."""
    one = silence.one(key, by=request.actor)
    form = FoundForm(request.POST or None, initial={"seen": one.version})
    if form.is_valid():
        telling.end_silence(key, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect("contacts:watching", request.council.slug)
    ended = Notice("This silence was explained already.") if one.ended_at else None
    context = {"form": form, "silence": one, "about": pages.about(one), "ended": ended}
    return render(request, "contacts/watching_silence.html", context, status=422 if form.is_bound else 200)
