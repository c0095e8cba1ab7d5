"""Missed deadlines of one council, each to be explained: none is ever deleted."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.clocks import actions, queries
from frontdoor.desk.forms.clocks import ExplainForm
from frontdoor.shell.pages import Row, link, since, text, when
from frontdoor.trail import actions as trail

COLUMNS = ["What", "Number", "Began", "Was due", "Running"]


@address(Kind.COUNCIL, Permission.CLOCK_EXPLAIN)
def missed(request: Any) -> HttpResponse:
    """Deadlines that were missed and that nobody has explained yet."""
    rows = queries.unexplained(by=request.actor, at=request.at)
    trail.record("desk.missed", by=request.actor, at=request.at, clocks=[str(row.id) for row in rows])
    shown = [
        Row(
            (
                link(row.kind.title, _address(request, row.id)), text(row.label or "–"),
                since(row.started_at, request.at), when(row.reading.due_at), text("No" if row.stopped_at else "Yes"),
            )
        )
        for row in rows
    ]  # fmt: skip
    return render(request, "desk/missed.html", {"rows": shown, "columns": COLUMNS})


def _address(request: Any, clock: UUID) -> str:
    return reverse("clocks:explain", kwargs={"council": request.council.slug, "key": clock})


@address(Kind.COUNCIL, Permission.CLOCK_EXPLAIN)
def explain(request: Any, key: UUID) -> HttpResponse:
    """Say why one deadline was missed."""
    found = next(
        (row for row in queries.unexplained(by=request.actor, at=request.at, limit=500) if row.id == key), None
    )
    if found is None:
        raise NotFound
    form = ExplainForm(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        actions.explain(key, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect("clocks:missed", council=request.council.slug)
    context = {"form": form, "clock": found}
    return render(request, "desk/explain.html", context, status=422 if request.method == "POST" else 200)
