"""The families in whose team somebody is, over all councils reached: what is due first stands first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.desk.queries.councils import due_first
from frontdoor.familyhelp.pages import team as pages
from frontdoor.familyhelp.queries import families
from frontdoor.shell.pages import seal, unseal


@address(Kind.MERGED, Permission.FAMILY_HELP_WORK)
@require_safe
def my_families(request: Any) -> HttpResponse:
    """The reader's own families, late first."""
    after: Any = unseal("my-families", request.GET.get("after", ""))  # sealed by us
    places, by, at = request.standing.councils, request.actor, request.at
    rows, more = due_first(
        places, lambda acting, most: families.my_families(after=after, limit=most, by=acting, at=at),
        needs=Permission.FAMILY_HELP_WORK, page=families.PAGE, ended=False, by=by,
    )  # fmt: skip
    known, here = {place.id: (place.slug, place.name) for place in places}, reverse("desk:my-families")
    context = {
        "columns": pages.MINE_COLUMNS, "rows": pages.mine_rows(rows, known, at=at),
        "next": f"{here}?after={seal('my-families', rows[-1].place)}" if more else "", "first": here if after else "",
    }  # fmt: skip
    return render(request, "desk/my_families.html", context)
