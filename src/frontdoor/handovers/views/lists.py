"""The inboxes, what was taken on, what was given and nobody has accepted, what a head of service settles."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.handovers import pages, queries
from frontdoor.organisations.queries import teams


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


@require_safe
@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def inbox(request: Any) -> HttpResponse:
    """What waits for my teams to accept."""
    team = _team(request)
    rows = queries.inbox(by=request.actor, at=request.at, team_id=team)
    context = {
        "rows": pages.inbox_rows(rows, _slugs(request), at=request.at), "columns": pages.INBOX_COLUMNS,
        "tabs": pages.inbox_tabs(request.council.slug, by=request.actor, at=request.at, team=team, taken=False),
    }  # fmt: skip
    return render(request, "handovers/inbox.html", context)


@require_safe
@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def accepted(request: Any) -> HttpResponse:
    """What my teams have taken on."""
    rows = queries.accepted(by=request.actor, at=request.at)
    context = {
        "rows": pages.accepted_rows(rows, _slugs(request), at=request.at), "columns": pages.ACCEPTED_COLUMNS,
        "tabs": pages.inbox_tabs(request.council.slug, by=request.actor, at=request.at, team=None, taken=True),
    }  # fmt: skip
    return render(request, "handovers/accepted.html", context)


@require_safe
@address(Kind.COUNCIL, Permission.HANDOVER_SEND)
def given(request: Any) -> HttpResponse:
    """What I or my teams have given and nobody has accepted yet."""
    rows = queries.given(by=request.actor, at=request.at)
    context = {"rows": pages.given_rows(rows, _slugs(request), at=request.at), "columns": pages.GIVEN_COLUMNS}
    return render(request, "handovers/given.html", context)


@require_safe
@address(Kind.COUNCIL, Permission.HANDOVER_OVERRULE)
def escalated(request: Any) -> HttpResponse:
    """What was refused twice and waits for a head of service."""
    rows = queries.escalated(by=request.actor, at=request.at)
    context = {"rows": pages.given_rows(rows, _slugs(request), at=request.at), "columns": pages.GIVEN_COLUMNS}
    return render(request, "handovers/escalated.html", context)
