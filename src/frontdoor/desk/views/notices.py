"""What somebody was told of clocks, and their answer that they have seen it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.clocks import actions
from frontdoor.desk import queries
from frontdoor.desk.forms.clocks import SeenForm
from frontdoor.desk.pages import notices as pages
from frontdoor.shell.pages import seal, unseal


@address(Kind.MERGED, Permission.CLOCK_READ)
def notices(request: Any) -> HttpResponse:
    """Notices over all councils reached: what was not seen, danger first, and what was."""
    after: Any = unseal("notices", request.GET.get("after", ""))  # sealed by us
    places, here = request.standing.councils, reverse("desk:notices")
    found = queries.notices(places, after=after, by=request.actor, at=request.at)
    if not found.more and not after:
        request.unseen = len(found.unseen)
    explains = [place for place in places if Permission.CLOCK_EXPLAIN in request.actor.reach.get(place.id, ())]
    context = {
        "pages": pages,
        "unseen": pages.unseen_rows(found.unseen, at=request.at),
        "seen": pages.seen_rows(found.seen, at=request.at),
        "next": f"{here}?after={seal('notices', found.unseen[-1].told.place)}" if found.more else "",
        "first": here if after else "",
        "may_explain": [(place.name, reverse("clocks:missed", kwargs={"council": place.slug})) for place in explains],
    }
    return render(request, "desk/notices.html", context)


@address(Kind.COUNCIL, Permission.CLOCK_READ)
@require_POST
def seen(request: Any, key: UUID) -> HttpResponse:
    """Say that one notice was seen; back to the others."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise NotFound
    people = queries.reaching(by=request.actor, at=request.at)
    actions.see(key, **form.cleaned_data, people=people, by=request.actor, at=request.at)
    return redirect("desk:notices")
