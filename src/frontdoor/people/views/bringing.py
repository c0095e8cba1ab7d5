"""Pages of what was brought in: the runs, one of them, and what was refused as a file."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.people.pages import bringing as pages
from frontdoor.people.queries import bringing as queries

bringer = address(Kind.COUNCIL, Permission.PEOPLE_BRING)


@bringer
@require_safe
def brought(request: Any) -> HttpResponse:
    """The runs that brought people in, the newest first."""
    found = queries.runs(by=request.actor, at=request.at)
    context = {"columns": pages.COLUMNS, "rows": pages.rows(found, request.council.slug)}
    return render(request, "people/bringing_runs.html", context)


@bringer
@require_safe
def brought_run(request: Any, key: UUID) -> HttpResponse:
    """One run: what each file held, and what was refused."""
    found = queries.open_run(key, by=request.actor, at=request.at)
    context = {
        "run": found.run, "facts": pages.facts(found.run), "more": found.more,
        "table_columns": pages.TABLE_COLUMNS, "tables": pages.table_rows(found.run),
        "wrong_columns": pages.WRONG_COLUMNS, "wrong": pages.wrong_rows(found),
    }  # fmt: skip
    return render(request, "people/bringing_run.html", context)


@bringer
@require_safe
def brought_refused(request: Any, key: UUID) -> HttpResponse:
    """What was wrong in one run, as a file for whoever keeps the case system."""
    found = queries.open_run(key, every=True, by=request.actor, at=request.at)
    answer = HttpResponse(pages.as_file(found).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-{found.run.begun_at:%Y%m%d}.csv"'
    return answer
