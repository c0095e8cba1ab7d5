"""The inboxes, what was taken on, what was given and nobody has accepted, what a head of service settles."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.handovers import pages, queries
from frontdoor.organisations.queries import teams
from frontdoor.shell.pages import paging, unseal
from frontdoor.shell.rules import Paged


def _team(request: Any) -> int | None:
    """The team whose inbox is asked for; None for those of all.

    :raises NotFound: no team of this council has that key
    """
    asked = request.GET.get("team", "")
    if not asked:
        return None
    for team in teams(by=request.actor, at=request.at):
        if str(team.key) == asked:
            return team.pk
    raise NotFound


def _slugs(request: Any) -> dict[int, str]:
    return {request.council.id: request.council.slug}


def _asked(request: Any, name: str) -> dict[str, Any]:
    """What a list is asked: as whom, at which instant, after which row; and to count all.

    :raises NotFound: the place in the list was made up
    """
    after = unseal(name, request.GET.get("after", ""))
    return {"by": request.actor, "at": request.at, "after": after, "limit": queries.PAGE, "count": True}


@require_safe
@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def inbox(request: Any) -> HttpResponse:
    """What waits for my teams to accept."""
    team = _team(request)
    rows = queries.inbox(**_asked(request, "inbox"), team_id=team)
    context = {
        "rows": pages.inbox_rows(rows, _slugs(request), at=request.at), "columns": pages.INBOX_COLUMNS,
        "tabs": pages.tabs(request.council.slug, "inbox", by=request.actor, at=request.at, team=team),
        "paging": paging("inbox", rows, request.GET),
    }  # fmt: skip
    return render(request, "handovers/inbox.html", context)


@require_safe
@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def accepted(request: Any) -> HttpResponse:
    """What my teams have taken on."""
    rows = queries.accepted(**_asked(request, "accepted"))
    context = {
        "rows": pages.accepted_rows(rows, _slugs(request), at=request.at), "columns": pages.ACCEPTED_COLUMNS,
        "tabs": pages.tabs(request.council.slug, "accepted", by=request.actor, at=request.at),
        "paging": paging("accepted", rows, request.GET, place=lambda row: row.taken),
    }  # fmt: skip
    return render(request, "handovers/accepted.html", context)


@require_safe
@address(Kind.COUNCIL, Permission.HANDOVER_SEND)
def given(request: Any) -> HttpResponse:
    """What I or my teams have given and nobody has accepted yet."""
    return _given(request, "given", queries.given(**_asked(request, "given")))


@require_safe
@address(Kind.COUNCIL, Permission.HANDOVER_OVERRULE)
def escalated(request: Any) -> HttpResponse:
    """What was refused twice and waits for a head of service."""
    return _given(request, "escalated", queries.escalated(**_asked(request, "escalated")))


def _given(request: Any, name: str, rows: Paged[queries.Given]) -> HttpResponse:
    context = {
        "rows": pages.given_rows(rows, _slugs(request), at=request.at), "columns": pages.GIVEN_COLUMNS,
        "paging": paging(name, rows, request.GET),
        "tabs": pages.tabs(request.council.slug, name, by=request.actor, at=request.at),
    }  # fmt: skip
    return render(request, f"handovers/{name}.html", context)
