"""My work, the queue of all councils reached, the clock board and search; and the call that keeps a session alive."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.desk import queries
from frontdoor.desk.forms.work import SearchForm
from frontdoor.desk.pages import work as pages
from frontdoor.shell.pages import seal, unseal

WHOSE = {"": "Everything", "mine": "With me", "free": "With nobody"}


@address(Kind.MERGED)
def home(request: Any) -> HttpResponse:
    """My work: six figures, what is with me, what came back to me, and what waits for my team."""
    work = queries.my_work(request.standing.councils, by=request.actor, at=request.at)
    places = request.standing.councils
    request.notices = [notice for each in work for notice in each.banners]
    request.unseen = sum(each.unseen for each in work)
    context = {
        "pages": pages,
        "figures": pages.figures(work),
        "unseen": pages.unseen_words(request.unseen),
        "work": work,
        "mine": pages.queue_rows([row for each in work for row in each.mine], places, at=request.at),
        "to_do": [row for each in work for row in pages.direction_rows(each.to_do, each.place, at=request.at)],
        "come_back": [row for each in work for row in pages.direction_rows(each.come_back, each.place, at=request.at)],
        "given": [row for each in work for row in pages.slip_rows(each.given, each.place, at=request.at)],
        "inbox": [row for each in work for row in pages.inbox_rows(each.inbox, each.place, at=request.at)],
        "to_decide": [row for each in work for row in pages.decision_rows(each.to_decide, each.place, at=request.at)],
        "empty": all(each.empty for each in work),
    }
    return render(request, "desk/home.html", context)


@address(Kind.MERGED, Permission.CONTACT_READ)
def queue(request: Any) -> HttpResponse:
    """One queue over all councils reached: danger, then never looked at, then time left."""
    whose = request.GET.get("whose", "")
    whose = whose if whose in WHOSE else ""
    after: Any = unseal("queue", request.GET.get("after", ""))  # sealed by us
    rows, more = queries.queue(
        request.standing.councils,
        after=after,
        whose=whose,
        by=request.actor,
        at=request.at,
    )
    here = reverse("desk:queue") + f"?whose={whose}"
    context = {
        "rows": pages.queue_rows(rows, request.standing.councils, at=request.at),
        "columns": pages.QUEUE,
        "next": f"{here}&after={seal('queue', rows[-1].place)}" if more else "",
        "first": here if after else "",
        "choices": [(name, reverse("desk:queue") + f"?whose={code}", code == whose) for code, name in WHOSE.items()],
    }
    return render(request, "desk/queue.html", context)


@address(Kind.MERGED, Permission.CLOCK_READ)
def board(request: Any) -> HttpResponse:
    """Every running clock, by hand-off, breaches on top."""
    found = queries.board(request.standing.councils, by=request.actor, at=request.at)
    return render(request, "desk/board.html", {"found": found, "pages": pages})


@address(Kind.MERGED, Permission.CONTACT_SEARCH)
def search(request: Any) -> HttpResponse:
    """Find contacts by number or by somebody in them."""
    form = SearchForm(request.POST or None)
    rows, asked = [], False
    if request.method == "POST" and form.is_valid():
        asked = True
        found = queries.search(request.standing.councils, form.wanted(), by=request.actor, at=request.at)
        rows = pages.found_rows(found)
    context = {"form": form, "rows": rows, "asked": asked, "columns": pages.FOUND}
    status = 422 if request.method == "POST" and not asked else 200
    return render(request, "desk/search.html", context, status=status)


@address(Kind.MERGED)
def stay(request: Any) -> HttpResponse:
    """Answer that the session goes on; asking is what keeps it. Whoever signed in anew gets the new token for forms."""
    request.session["seen"] = int(request.at.timestamp())
    return JsonResponse({"stay": True, "token": get_token(request)})
