"""Pages of possible doubles: the queue, one pair, and how far a search is."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.matching.actions import doubles as actions
from frontdoor.matching.forms.doubles import RejectForm
from frontdoor.matching.pages import doubles as pages
from frontdoor.matching.queries import doubles as queries
from frontdoor.matching.views.joining import acted, side_by_side
from frontdoor.shell.pages import paging, unseal

LIST = "doubles"
EVERY = 10
"""Seconds after which the page of a running search is shown anew, by the browser itself."""


@address(Kind.COUNCIL, Permission.MATCH_EXPLAIN)
@require_safe
def doubles(request: Any) -> HttpResponse:
    """Pairs that wait to be looked at, strongest first, and how far the search is."""
    by, at = request.actor, request.at
    found = queries.open_doubles(after=unseal(LIST, request.GET.get("after", "")), by=by, at=at)
    search = queries.latest_search(by=by)
    context = {
        "columns": pages.COLUMNS, "rows": pages.rows(found, request.council.slug),
        "paging": paging(LIST, found, request.GET), "progress": pages.progress(search),
        "running": search is not None and search.state == "running",
    }  # fmt: skip
    return render(request, "matching/doubles_list.html", context)


@address(Kind.COUNCIL, Permission.MATCH_EXPLAIN)
@require_safe
def running(request: Any) -> HttpResponse:
    """How far the search is: shown anew every few seconds while it runs, also without scripts."""
    search = queries.latest_search(by=request.actor)
    context = {"progress": pages.progress(search), "running": search is not None and search.state == "running"}
    answer = render(request, "matching/doubles_running.html", context)
    if context["running"]:
        answer["Refresh"] = str(EVERY)
    return answer


@address(Kind.COUNCIL, Permission.MATCH_EXPLAIN)
def double(request: Any, key: UUID) -> HttpResponse:
    """One pair side by side: propose to join them, or say that they are not the same person."""
    by, at, slug = request.actor, request.at, request.council.slug
    opened = queries.open_double(key, by=by, at=at)
    row, compared = opened.double.row, opened.compared
    form = RejectForm(request.POST or None, initial={"seen": row.version})
    status = 200
    if request.method == "POST":
        status = acted(form, lambda: actions.reject(key, **form.cleaned_data, by=by, at=at))
        if status == 200:
            return redirect("matching:doubles", council=slug)
    propose = reverse("matching:propose", args=[slug, row.person.key])
    context = {
        "form": form, "row": row, "waits": row.state == "waiting", "other": pages.other(opened.double),
        "strength": pages.strength(opened.double), "side": side_by_side(compared) if compared else None,
        "steps": pages.step_rows(compared) if compared else [], "step_columns": pages.STEP_COLUMNS,
        "probability": pages.probability(compared) if compared else "",
        "propose": f"{propose}?with={row.other.key}" if row.other else "",
        "there": reverse("people:person", args=[opened.double.place[1], row.elsewhere]) if opened.double.place else "",
    }  # fmt: skip
    return render(request, "matching/doubles_one.html", context, status=status)
