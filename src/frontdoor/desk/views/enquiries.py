"""The list of enquiries of several agencies over all councils reached."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.desk.queries import enquiries as queries
from frontdoor.mash.forms.enquiries import WHICH
from frontdoor.mash.pages import enquiries as pages
from frontdoor.shell.pages import Row, clock, reference, seal, since, tag, text, unseal

WAITING = ("What", "Given by", "Rating", "Waits for", "Time left")


@address(Kind.MERGED, Permission.MASH_READ)
@require_safe
def enquiries(request: Any) -> HttpResponse:
    """Enquiries of every council reached, the most urgent first; above them what waits to be accepted."""
    which = request.GET.get("which", "")
    which = which if which in WHICH else ""
    after: Any = unseal("enquiries", request.GET.get("after", ""))  # sealed by us
    councils = request.standing.councils
    rows, more = queries.enquiries(councils, after=after, which=which, by=request.actor, at=request.at)
    known = {place.id: (place.slug, place.name) for place in councils}
    start = reverse("desk:enquiries")
    here = f"{start}?which={which}"
    waiting = queries.to_accept(councils, by=request.actor, at=request.at) if not after and not which else []
    context = {
        "columns": pages.SETTLED if which == "settled" else pages.COLUMNS,
        "rows": pages.rows(rows, known, at=request.at),
        "choices": [(words, f"{start}?which={code}", code == which) for code, words in WHICH.items()],
        "next": f"{here}&after={seal('enquiries', rows[-1].place)}" if more else "", "first": here if after else "",
        "waiting_columns": WAITING,
        "waiting": [_waiting(each, *known[each.authority_id], request.at) for each in waiting],
        "settled": which == "settled",
    }  # fmt: skip
    return render(request, "desk/enquiries.html", context)


def _waiting(each: Any, slug: str, council: str, at: Any) -> Row:
    rating = tag(each.rating.capitalize(), pages.COLOURS.get(each.rating, "plain")) if each.rating else text(None)
    return Row(
        (
            reference(each.summary, reverse("mash:accept", args=[slug, each.key]), below=council), text(each.giver),
            rating, since(each.sent_at, at), clock(each.due_at, at),
        ),
        tone="danger" if each.urgent else "",
    )  # fmt: skip
