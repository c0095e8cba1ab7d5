"""Pages of what was said of who is who, for those who look after the index."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.pages import matches as pages
from frontdoor.contacts.queries import matches as queries


@address(Kind.COUNCIL, Permission.MATCH_EXPLAIN)
@require_safe
def matches(request: Any) -> HttpResponse:
    """What was said lately, the newest first."""
    found = queries.open_matches(by=request.actor, at=request.at)
    context = {"rows": pages.rows(found, request.council.slug), "columns": pages.COLUMNS}
    return render(request, "contacts/matches.html", context)


@address(Kind.COUNCIL, Permission.MATCH_EXPLAIN)
@require_safe
def match(request: Any, key: UUID) -> HttpResponse:
    """One of them: probability and waterfall, field by field."""
    found = queries.open_match(key, by=request.actor, at=request.at)
    context = {"page": pages.page(found), "columns": pages.STEP_COLUMNS}
    return render(request, "contacts/match.html", context)
