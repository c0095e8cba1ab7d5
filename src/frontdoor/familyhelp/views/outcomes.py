"""The pages of what is to change for a family: marked, evidence over time."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.familyhelp.actions import outcomes as actions
from frontdoor.familyhelp.forms import outcomes as forms
from frontdoor.familyhelp.pages import outcomes as pages
from frontdoor.familyhelp.queries import outcomes as queries
from frontdoor.familyhelp.queries.families import children_of, open_family
from frontdoor.familyhelp.views.standing import act, home
from frontdoor.shell.rules import moment
from frontdoor.trail import actions as trail

WORK = Permission.FAMILY_HELP_WORK
OVER = "This help has ended. How it stands later is asked when the time comes."


@address(Kind.COUNCIL, Permission.FAMILY_HELP_READ)
@require_safe
def outcomes(request: Any, key: UUID) -> HttpResponse:
    """What is to change for a family, and how it stood over time."""
    by, at, slug = request.actor, request.at, request.council.slug
    opened = queries.open_outcomes(key, by=by, at=at)
    trail.record("familyhelp.open_outcomes", subject=opened.episode, by=by, at=at)
    row = opened.episode
    context = {
        "outcomes": pages.page(opened, slug, by=by), "columns": pages.COLUMNS, "full": pages.FULL,
        "reference": row.reference, "children": children_of(row, by=by), "key": row.key, "back": home(request, row),
        "may": by.may(WORK) and row.settled_at is None and bool(opened.free), "ended": row.settled_at is not None,
    }  # fmt: skip
    return render(request, "familyhelp/outcomes.html", context)


@address(Kind.COUNCIL, WORK)
def mark(request: Any, key: UUID) -> HttpResponse:
    """Mark one outcome, with how it stands at the start."""
    family = open_family(key, permission=WORK, by=request.actor, at=request.at)
    episode = family.episode
    opened = queries.open_outcomes(key, by=request.actor, at=request.at)
    form = forms.MarkForm(request.POST or None, initial={"seen": episode.version}, free=opened.free)
    over = OVER if episode.settled_at else "" if opened.free else "Every heading is marked already."
    return act(
        request, family, form, partial(actions.mark, key), title="Mark what is to change", press="Mark it",
        back="familyhelp:outcomes", over=over,
        intro="Ten national headings, and those of this council. Mark what this family wants and needs, no more.",
    )  # fmt: skip


@address(Kind.COUNCIL, WORK)
def evidence(request: Any, key: UUID, outcome: UUID) -> HttpResponse:
    """Write down how one outcome stands."""
    family = open_family(key, permission=WORK, by=request.actor, at=request.at)
    episode = family.episode
    found = next((each for each in queries.marked(episode, by=request.actor) if each.outcome.key == outcome), None)
    if found is None:
        raise NotFound
    form = forms.EvidenceForm(request.POST or None, initial={"seen": episode.version})
    last = found.evidence[-1]
    beside = (
        ("What the family wants", found.outcome.wanted),
        (f"Last, {moment(last.at)}", f"{last.get_stands_display()}. {last.words}"),
    )  # fmt: skip
    return act(
        request, family, form, partial(actions.record_evidence, key, outcome), title=found.outcome.heading,
        press="Record it", back="familyhelp:outcomes", over=OVER if episode.settled_at else "", beside=beside,
    )  # fmt: skip
