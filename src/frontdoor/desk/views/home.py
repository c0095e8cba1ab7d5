"""My work, the queue of all councils reached and the clock board; and the call that keeps a session alive."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdoor.access.queries import answering, sending
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.contacts.queries import figures
from frontdoor.desk import queries
from frontdoor.desk.pages import todo
from frontdoor.desk.pages import work as pages
from frontdoor.shell.pages import Item, seal, unseal

WHOSE = {"": "Everything", "mine": "With me", "free": "With nobody"}


@address(Kind.MERGED)
def home(request: Any) -> HttpResponse:
    """My work: six figures, and one list of everything that waits for this person.

    Who only answers or sends for an agency goes on to that.
    """
    if not request.standing.councils:
        if answering(request.user, at=request.at):
            return redirect("partner:home")
        if sending(request.user, at=request.at):
            return redirect("sender:home")
    work = queries.my_work(request.standing.councils, by=request.actor, at=request.at)
    request.notices = [notice for each in work for notice in each.banners]
    request.unseen = sum(each.unseen for each in work)
    found = todo.todos(work, by=request.actor, at=request.at)
    group = request.GET.get("what", "")
    group = group if group in todo.GROUPS else ""
    after: Any = unseal("work", request.GET.get("after", ""))  # sealed by us
    rows, more = todo.page(found, group=group, after=after)
    here = reverse("desk:home") + f"?what={group}"
    context = {
        "figures": pages.figures(work),
        "unseen": pages.unseen_words(request.unseen),
        "groups": [
            Item(f"{words} ({number})", reverse("desk:home") + f"?what={code}", code == group)
            for code, words, number in todo.groups(found)
        ],
        "columns": todo.COLUMNS,
        "rows": todo.rows(rows, at=request.at),
        "next": f"{here}&after={seal('work', rows[-1].where)}" if more else "",
        "first": here if after else "",
        "cut": any(each.cut for each in work),
        "queue": any(Permission.CONTACT_READ in held for held in request.actor.reach.values()),
    }
    return render(request, "desk/home.html", context)


@address(Kind.MERGED, Permission.FIGURES_READ)
def figure(request: Any, name: str) -> HttpResponse:
    """Exactly the rows that one of the six figures counts."""
    if name not in queries.FIGURES:
        raise NotFound
    after: Any = unseal(f"figure:{name}", request.GET.get("after", ""))  # sealed by us
    places = request.standing.councils
    found = queries.counted(places, name, after=after, by=request.actor, at=request.at)
    here = reverse("desk:figure", args=[name])
    context = {
        "words": pages.FIGURES[name],
        "columns": pages.COUNTED_CONTACTS if name in figures.NAMES else pages.COUNTED_CLOCKS,
        "rows": pages.counted_rows(found, places, at=request.at),
        "next": f"{here}?after={seal(f'figure:{name}', found.end)}" if found.more else "",
        "first": here if after else "",
    }
    return render(request, "desk/figure.html", context)


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


@address(Kind.MERGED)
def stay(request: Any) -> HttpResponse:
    """Answer that the session goes on; asking is what keeps it. Whoever signed in anew gets the new token for forms."""
    request.session["seen"] = int(request.at.timestamp())
    return JsonResponse({"stay": True, "token": get_token(request)})
