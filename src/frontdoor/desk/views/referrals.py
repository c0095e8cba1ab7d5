"""The referrals to assessment teams over all councils reached: who was not picked up, not seen, seen not alone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.desk.queries.councils import due_first
from frontdoor.referrals import queries
from frontdoor.referrals.pages import lists as pages
from frontdoor.referrals.queries import WHICH
from frontdoor.shell.pages import seal, unseal


@address(Kind.MERGED, Permission.REFERRAL_READ)
@require_safe
def referrals(request: Any) -> HttpResponse:
    """Referrals, late first."""
    which = request.GET.get("which", "")
    which = which if which in WHICH else ""
    after: Any = unseal("referrals", request.GET.get("after", ""))  # sealed by us
    places = request.standing.councils
    rows, more = due_first(
        places, lambda by, most: queries.referrals(which=which, after=after, limit=most, by=by, at=request.at),
        needs=Permission.REFERRAL_READ, page=queries.PAGE, ended=which == "closed", by=request.actor,
    )  # fmt: skip
    here = reverse("desk:referrals") + f"?which={which}"
    context = {
        "columns": pages.COLUMNS,
        "rows": pages.rows(rows, {place.id: (place.slug, place.name) for place in places}, at=request.at),
        "next": f"{here}&after={seal('referrals', rows[-1].place)}" if more else "",
        "first": here if after else "",
        "choices": [
            (words, reverse("desk:referrals") + f"?which={code}", code == which) for code, words in WHICH.items()
        ],
    }
    return render(request, "desk/referrals.html", context)
