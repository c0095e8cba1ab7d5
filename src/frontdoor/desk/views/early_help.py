"""Early help over all councils reached: who agrees, who waits, who was taken on; above them what is to be accepted."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.desk.queries.councils import due_first
from frontdoor.desk.queries.councils import each as each_council
from frontdoor.desk.queries.enquiries import to_accept
from frontdoor.earlyhelp.pages import lists as pages
from frontdoor.earlyhelp.queries import WHICH, Listed, lists
from frontdoor.familyhelp.pages.standing import marks
from frontdoor.familyhelp.queries import standing
from frontdoor.familyhelp.queries.families import unled
from frontdoor.shell.pages import Row, clock, reference, seal, since, text, unseal

WAITING = ("What", "Given by", "Waits for", "Time left")


@address(Kind.MERGED, Permission.EARLY_HELP_READ)
@require_safe
def early_help(request: Any) -> HttpResponse:
    """Families that came to the hub, late first."""
    which = request.GET.get("which", "")
    which = which if which in WHICH else ""
    after: Any = unseal("early-help", request.GET.get("after", ""))  # sealed by us
    places, by, at = request.standing.councils, request.actor, request.at
    rows, more = due_first(
        places, lambda acting, most: lists.episodes(which=which, after=after, limit=most, by=acting, at=at),
        needs=Permission.EARLY_HELP_READ, page=lists.PAGE, ended=which == "closed", by=by,
    )  # fmt: skip
    known = {place.id: (place.slug, place.name) for place in places}
    start = reverse("desk:early-help")
    here, keeps = f"{start}?which={which}", Permission.EARLY_HELP_KEEP
    waiting = to_accept(places, to="early_help", needs=keeps, by=by, at=at) if not after and not which else []
    context = {
        "columns": pages.COLUMNS, "rows": pages.rows(rows, known, marks=_marks(request, rows), at=at),
        "next": f"{here}&after={seal('early-help', rows[-1].place)}" if more else "", "first": here if after else "",
        "choices": [(words, f"{start}?which={code}", code == which) for code, words in WHICH.items()],
        "waiting_columns": WAITING,
        "waiting": [_waiting(each, *known[each.authority_id], at) for each in waiting],
    }  # fmt: skip
    return render(request, "desk/early_help.html", context)


def _marks(request: Any, rows: Sequence[Listed]) -> dict[int, str]:
    """Which of the families came back after they had stepped down, or need somebody of the council who leads."""
    found: dict[int, str] = {}
    with each_council(request.standing.councils, by=request.actor) as turns:
        for place, acting in turns:
            ours = [row.id for row in rows if row.authority == place.id]
            if ours and acting.may(Permission.FAMILY_HELP_READ):
                found |= marks(standing.back_among(ours, by=acting, at=request.at))
                found |= {each.id: each.next for each in unled(only=ours, by=acting, at=request.at)}
    return found


def _waiting(each: Any, slug: str, council: str, at: Any) -> Row:
    href = reverse("earlyhelp:accept", args=[slug, each.key])
    return Row(
        (
            reference(each.summary, href, below=council),
            text(each.giver),
            since(each.sent_at, at),
            clock(each.due_at, at),
        )
    )
