"""The page of one referral, and what is done with it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.referrals import actions, forms
from frontdoor.referrals.pages import case_system
from frontdoor.referrals.pages import referral as pages
from frontdoor.referrals.queries.opening import why_not_reopened
from frontdoor.referrals.rules import recording
from frontdoor.referrals.rules.beyond import HOLDS, PARTS
from frontdoor.referrals.views.steps import act, opened, seen
from frontdoor.shell.rules import day, london, moment

KEEP = Permission.REFERRAL_KEEP


@address(Kind.COUNCIL, Permission.REFERRAL_READ)
@require_safe
def detail(request: Any, key: UUID) -> HttpResponse:
    """One referral: why it came, what was promised, clocks, visits, dates."""
    found = opened(request, key)
    page = pages.detail(found, request.council.slug, by=request.actor, at=request.at)
    told = case_system.of_referral(found)
    beyond = [gives(found.referral, request.council.slug, by=request.actor, at=request.at) for gives in PARTS]
    context = {
        "page": page, "columns": pages, "told": told, "told_columns": case_system.COLUMNS,
        "parts": [part for part in beyond if part],
    }  # fmt: skip
    return render(request, "referrals/referral.html", context)


@address(Kind.COUNCIL, KEEP)
@require_POST
def pick_up(request: Any, key: UUID) -> HttpResponse:
    """Take a referral, or take it over."""
    form = forms.Seen(request.POST)
    if form.is_valid():
        actions.pick_up(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    else:
        opened(request, key)
    return redirect("referrals:referral", request.council.slug, key)


@address(Kind.COUNCIL, KEEP)
def visit(request: Any, key: UUID) -> HttpResponse:
    """Record a visit to the child."""
    found = opened(request, key)
    initial = seen(found, seen_by=request.actor.label)
    form = forms.VisitForm(request.POST or None, initial=initial)
    return act(request, found, form, actions.record_visit, title="Record a visit", press="Record it")


@address(Kind.COUNCIL, KEEP)
def strike_visit(request: Any, key: UUID, visit: UUID) -> HttpResponse:
    """Strike a visit that was recorded by mistake."""
    found = opened(request, key)
    row = next((each for each in found.visits if each.key == visit), None)
    if row is None:
        raise NotFound
    form = forms.StrikeForm(request.POST or None, initial=seen(found))
    intro = "It stays readable, struck through. What it had stopped runs again from when it began."
    do = partial(_strike_visit, visit)
    beside = (("Visit", f"{moment(row.made_at)}, {row.seen_by}"),)
    return act(request, found, form, do, title="Strike a visit", press="Strike it", intro=intro, beside=beside)


def _strike_visit(visit: UUID, key: UUID, **typed: Any) -> object:
    return actions.strike_visit(key, visit, **typed)


@address(Kind.COUNCIL, KEEP)
def date(request: Any, key: UUID) -> HttpResponse:
    """Record one of the dates after."""
    found = opened(request, key)
    form = forms.DateForm(
        request.POST or None, initial=seen(found), kinds=recording.may_be_recorded(found.standing)
    )  # fmt: skip
    intro = "Assessment, section 47 enquiry and conference, as the case system has them."
    return act(request, found, form, actions.record_date, title="Record a date", press="Record it", intro=intro)


@address(Kind.COUNCIL, KEEP)
def strike_date(request: Any, key: UUID, kind: str) -> HttpResponse:
    """Strike a date that was recorded by mistake."""
    found = opened(request, key)
    row = found.standing.get(kind)
    if row is None:
        raise NotFound
    form = forms.StrikeForm(request.POST or None, initial=seen(found))
    beside = ((recording.Dated(kind).words, day(row.on)),)
    do = partial(_strike_date, kind)
    return act(request, found, form, do, title="Strike a date", press="Strike it", beside=beside)


def _strike_date(kind: str, key: UUID, **typed: Any) -> object:
    return actions.strike_date(key, kind, **typed)


@address(Kind.COUNCIL, KEEP)
def need(request: Any, key: UUID) -> HttpResponse:
    """Write the child's primary need."""
    found = opened(request, key)
    form = forms.NeedForm(request.POST or None, initial=seen(found, first=found.referral.need))
    return act(request, found, form, actions.set_need, title="Primary need", press="Save")


@address(Kind.COUNCIL, KEEP)
def give(request: Any, key: UUID) -> HttpResponse:
    """Give it to a worker of the team."""
    found = opened(request, key)
    workers = [(each.id, each.name) for each in found.workers]
    form = forms.GiveForm(request.POST or None, initial=seen(found), workers=workers)
    return act(request, found, form, actions.give, title="Give it to a worker", press="Give it")


@address(Kind.COUNCIL, KEEP)
def pass_on(request: Any, key: UUID) -> HttpResponse:
    """Offer it to another assessment team."""
    found = opened(request, key)
    form = forms.PassForm(request.POST or None, initial=seen(found), teams=found.elsewhere.items())
    intro = "It stays with this team until the other has accepted it. Every clock goes with it and keeps its time."
    return act(request, found, form, actions.pass_on, title="Pass it to another team", press="Offer it", intro=intro)


@address(Kind.COUNCIL, KEEP)
def open_case(request: Any, key: UUID) -> HttpResponse:
    """Say that the child's case was open already."""
    found = opened(request, key)
    form = forms.OpenForm(request.POST or None, initial=seen(found))
    intro = "A child whose case is open gets no new referral. The child is seen all the same, and the clocks run on."
    return act(request, found, form, actions.say_open, title="The case was open already", press="Save", intro=intro)


@address(Kind.COUNCIL, KEEP)
def join(request: Any, key: UUID) -> HttpResponse:
    """Join it to the other open referral of the same child."""
    found = opened(request, key)
    form = forms.JoinForm(request.POST or None, initial=seen(found))
    other = found.referral.same_as
    beside = (("Goes on in the one sent", moment(other.began_at)),) if other else ()
    return act(
        request, found, form, actions.join, title="Join it to the other referral", press="Join them", beside=beside
    )


@address(Kind.COUNCIL, KEEP)
def reopen(request: Any, key: UUID) -> HttpResponse:
    """Open a closed referral again."""
    found = opened(request, key)
    form = forms.ReopenForm(request.POST or None, initial=seen(found))
    intro = "Its first clocks stay as they ended, and second ones start now: the child is to be seen again."
    over = why_not_reopened(found.referral, by=request.actor)
    words = "Open it again"
    return act(request, found, form, actions.reopen, title=words, press=words, intro=intro, over=over)


@address(Kind.COUNCIL, KEEP)
def close(request: Any, key: UUID) -> HttpResponse:
    """Close it."""
    found = opened(request, key)
    form = forms.CloseForm(request.POST or None, initial=seen(found, on=london(request.at).date()))
    warning = "The child has not been seen." if found.referral.unseen_since else ""
    over = next(filter(None, (says(found.referral, by=request.actor) for says in HOLDS)), "")
    title = "Close the referral"
    return act(request, found, form, actions.close, title=title, press="Close it", warning=warning, over=over)
