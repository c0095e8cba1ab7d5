"""The page on which a manager reads what each agreement and each difference weighs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.matching.pages import candidates as pages


@address(Kind.COUNCIL, Permission.MATCH_EXPLAIN)
@require_safe
def weights(request: Any) -> HttpResponse:
    """The weights in use, field by field; nothing of anybody."""
    return render(request, "matching/weights.html", {"page": pages.weights(), "columns": pages.COLUMNS})
