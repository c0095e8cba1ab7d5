"""Missed deadlines of one council, each to be explained, none ever deleted; and the few clocks that may stand still."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdoor.access.queries import Place
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission, StepNotAllowed, require
from frontdoor.clocks import actions
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.clocks.rules import explained_with, may_resume
from frontdoor.desk import queries
from frontdoor.desk.forms.clocks import ExplainForm, PauseForm, SeenForm
from frontdoor.desk.pages import missed as pages


@address(Kind.COUNCIL, Permission.CLOCK_EXPLAIN)
def missed(request: Any) -> HttpResponse:
    """Deadlines that were missed: those that nobody has explained yet, and the last ones that somebody has."""
    place = Place(request.council.id, request.council.slug, request.council.name)
    found = queries.missed(place, by=request.actor, at=request.at)
    context = {
        "pages": pages,
        "rows": pages.unexplained_rows(found, at=request.at),
        "explained": pages.explained_rows(found, at=request.at),
    }
    return render(request, "desk/missed.html", context)


@address(Kind.COUNCIL, Permission.CLOCK_READ)
def explain(request: Any, key: UUID) -> HttpResponse:
    """Say why one deadline was missed: its owner, or a manager."""
    found = clocks.one(key, by=request.actor, at=request.at)
    if not found.missed:
        raise NotFound
    require(request.actor, explained_with(found.owner_id, request.actor), authority=found.authority_id)
    form = ExplainForm(request.POST or None, initial={"seen": found.version})
    manages = request.actor.may(Permission.CLOCK_EXPLAIN)
    back = reverse("clocks:missed", args=[request.council.slug]) if manages else reverse("desk:notices")
    if request.method == "POST" and form.is_valid():
        actions.explain(key, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect(back)
    context = {"form": form, "clock": found, "back": back}
    return render(request, "desk/explain.html", context, status=422 if request.method == "POST" else 200)


@address(Kind.COUNCIL, Permission.CLOCK_PAUSE)
def pause(request: Any, key: UUID) -> HttpResponse:
    """Let a clock stand still, where its kind allows that and for one of its reasons."""
    found = clocks.one(key, by=request.actor, at=request.at)
    if not found.kind.pauses:
        raise StepNotAllowed("This clock cannot be paused. Waiting for somebody stops no clock.")
    if found.paused_for or found.reading.state.stopped:
        raise StepNotAllowed(f"This clock cannot be paused: {found.reading.state.words.lower()}")
    form = PauseForm(request.POST or None, initial={"seen": found.version}, reasons=found.kind.pauses)
    if request.method == "POST" and form.is_valid():
        actions.pause(key, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect(_home(request, found))
    context = {"form": form, "clock": found, "back": _home(request, found)}
    return render(request, "desk/pause.html", context, status=422 if request.method == "POST" else 200)


@address(Kind.COUNCIL, Permission.CLOCK_PAUSE)
def resume(request: Any, key: UUID) -> HttpResponse:
    """Let a paused clock run again."""
    found = clocks.one(key, by=request.actor, at=request.at)
    may_resume(request.at if found.paused_for else None)
    form = SeenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.resume(key, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect(_home(request, found))
    context = {"clock": found, "back": _home(request, found)}
    return render(request, "desk/resume.html", context, status=422 if request.method == "POST" else 200)


def _home(request: Any, found: Shown) -> str:
    """Where a clock's matter can be opened; else the board."""
    lead = queries.leads([found], request.council.slug, by=request.actor).get(found.id)
    return lead.href if lead else reverse("desk:board")
