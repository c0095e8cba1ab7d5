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
    """The weights in use, or another version beside them, field by field; nothing of anybody."""
    asked = request.GET.get("version", "")
    page = pages.weights(int(asked) if asked.isdecimal() and len(asked) < 6 else None, href=request.path)
    return render(request, "matching/weights.html", {"page": page, "words": pages})
