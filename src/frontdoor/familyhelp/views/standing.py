"""The pages of a family's way up and down: stepping down, its status, asking how it goes."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.earlyhelp.models import Episode
from frontdoor.familyhelp.actions import checking, stepping
from frontdoor.familyhelp.actions import standing as actions
from frontdoor.familyhelp.forms import standing as forms
from frontdoor.familyhelp.pages import standing as pages
from frontdoor.familyhelp.queries import standing as queries
from frontdoor.familyhelp.queries.families import Family, children_of, open_family
from frontdoor.familyhelp.queries.outcomes import met_at_end
from frontdoor.familyhelp.rules.checking import DUE, ENDED, Which
from frontdoor.referrals.queries.opening import open_referral
from frontdoor.shell.rules import day, moment
from frontdoor.trail import actions as trail

WORK, STATUS = Permission.FAMILY_HELP_WORK, Permission.FAMILY_HELP_STATUS


def act(
    request: Any, family: Family, form: django_forms.Form, do: Callable[..., object], *, title: str, press: str,
    back: str = "familyhelp:standing", intro: str = "", over: str = "", beside: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:  # fmt: skip
    """Show a form about one family, or do what it says and go back; where it leads nowhere, say so first.

    :param back: the route of the page of the family where it leads
    """
    row = family.episode
    page = Step(
        title=title, press=press, intro=intro, over=over, beside=beside, about=f"{row.reference}: {family.label}",
        back=reverse(back, args=[request.council.slug, row.key]),
    )  # fmt: skip
    return step(request, form, lambda typed: do(**typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.REFERRAL_KEEP)
def step_down(request: Any, key: UUID) -> HttpResponse:
    """Step down from a referral: the meeting, the plan, who leads, and on to the hub."""
    by, at = request.actor, request.at
    found = open_referral(key, by=by, at=at)
    form = forms.StepDownForm(request.POST or None, initial={"seen": found.referral.version})
    page = Step(
        title="Step down to early help", press="Send it to the early help hub", about=found.referral.label,
        back=reverse("referrals:referral", args=[request.council.slug, key]),
        over=queries.why_not_down(found.referral, by=by),
        intro="The referral stays open, and yours, until the hub has accepted it.",
    )  # fmt: skip
    return step(request, form, lambda typed: stepping.step_down(key, **typed, by=by, at=at), page)


@address(Kind.COUNCIL, Permission.FAMILY_HELP_READ)
@require_safe
def standing(request: Any, key: UUID) -> HttpResponse:
    """Where a family stands, its statuses over time, when somebody asks how it goes, whether it came back."""
    by, at, slug = request.actor, request.at, request.council.slug
    opened = queries.open_standing(key, by=by, at=at)
    trail.record("familyhelp.open_standing", subject=opened.episode, by=by, at=at)
    context = {
        "page": pages.detail(opened, slug, by=by), "columns": pages, "reference": opened.episode.reference,
        "children": children_of(opened.episode, by=by), "back": home(request, opened.episode),
    }  # fmt: skip
    return render(request, "familyhelp/standing.html", context)


def home(request: Any, episode: Episode) -> str:
    """Where a reader came from: the page of early help, or of the family for whoever may not open that."""
    if request.actor.may(Permission.EARLY_HELP_READ):
        return reverse("earlyhelp:episode", args=[request.council.slug, episode.key])
    return reverse("familyhelp:family", args=[request.council.slug, episode.key])


@address(Kind.COUNCIL, STATUS)
def status(request: Any, key: UUID) -> HttpResponse:
    """Change the status in which a family is helped."""
    by, at = request.actor, request.at
    family = open_family(key, permission=STATUS, by=by, at=at)
    episode = family.episode
    form = forms.StatusForm(request.POST or None, initial={"seen": episode.version})
    words = queries.status_of(episode, by=by).words
    return act(
        request, family, form, partial(actions.change_status, key), title="Change the family’s status",
        press="Change it", over=actions.why_not_changed(episode, by=by, at=at), beside=(("Status now", words),),
        intro="One plan and one lead worker go on. The family is told, and says what it thinks.",
    )  # fmt: skip


@address(Kind.COUNCIL, WORK)
def check(request: Any, key: UUID) -> HttpResponse:
    """Write down how it goes, or that nobody was reached."""
    row = queries.one_check(key, by=request.actor, at=request.at)
    family = open_family(row.episode.key, permission=WORK, by=request.actor, at=request.at)
    asks = row.origin == ENDED and row.which == Which.SECOND
    later = met_at_end(row.episode, by=request.actor) if asks else []
    form = forms.AskingForm(request.POST or None, initial={"seen": row.version}, later=later)
    over = "" if row.state == DUE else f"{row.get_state_display()}."
    tried = tuple(
        (f"Tried {moment(each.at)}", f"{each.words} By {each.by_name}") for each in queries.tried(row, by=request.actor)
    )  # fmt: skip
    beside = ((row.get_origin_display(), day(row.since)), ("This is asked", Which(row.which).words.lower()), *tried)
    does = "tell the front door" if row.episode.settled_at else "send the family back to the front door"
    return act(
        request, family, form, partial(checking.record_asking, key), title="How does it go?", press="Record it",
        over=over, beside=beside,
        intro=f"If a child may be at risk, do not only write it here: {does} now.",
    )  # fmt: skip
