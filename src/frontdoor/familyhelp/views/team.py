"""The page of a family, and who comes into its team, leaves it, or leads it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.earlyhelp.forms import StepUpForm
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.earlyhelp.rules.states import State
from frontdoor.familyhelp.actions import team as actions
from frontdoor.familyhelp.actions.worry import send_back
from frontdoor.familyhelp.forms import team as forms
from frontdoor.familyhelp.pages import team as pages
from frontdoor.familyhelp.queries.families import Family, open_family
from frontdoor.familyhelp.queries.team import opens, seen_of
from frontdoor.familyhelp.rules import team as rules

READ, WORK = Permission.FAMILY_HELP_READ, Permission.FAMILY_HELP_WORK
FOUND = 302


def opened(request: Any, key: UUID) -> Family:
    """A family for whoever is about to write: its opening is an entry in the trail."""
    return open_family(key, permission=WORK, by=request.actor, at=request.at)


def why_not(family: Family, *, agreed: bool = True) -> str:
    """Why nothing may be written on a family now; empty where it may."""
    over = rules.why_not(State(family.episode.state), agrees=family.agrees())
    return over if agreed or over == rules.ENDED else ""


def act(
    request: Any, family: Family, form: django_forms.Form, do: Callable[..., object], *, title: str, press: str,
    intro: str = "", warning: str = "", beside: tuple[tuple[str, str], ...] = (), over: str = "", agreed: bool = True,
    back: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form about one family, or do what it says and go back to it; where nothing may be written, say so first.

    :param agreed: done only while somebody's agreement to help holds
    :param over: why there is nothing to do, where the family itself does not say it
    :param back: where it leads, where that is not the family's page
    """
    row = family.episode
    page = Step(
        title=title, press=press, intro=intro, warning=warning, beside=beside, about=f"{row.reference}: {family.label}",
        back=back or reverse("familyhelp:family", args=[request.council.slug, row.key]),
        over=why_not(family, agreed=agreed) or over,
    )  # fmt: skip
    answer = step(request, form, lambda typed: do(row.key, **typed, by=request.actor, at=request.at), page)
    # Whoever has handed a family over, or has left its team, opens it no more: they go back to those that they have.
    gone = answer.status_code == FOUND and not opens(row, by=request.actor, at=request.at)
    return redirect("desk:my-families") if gone else answer


@address(Kind.COUNCIL, READ)
@require_safe
def family(request: Any, key: UUID) -> HttpResponse:
    """A family as its team opens it."""
    found = open_family(key, by=request.actor, at=request.at)
    page = pages.family_page(found, request.council.slug, by=request.actor)
    return render(request, "familyhelp/family.html", {"page": page, "pages": pages})


def _accounts(request: Any, found: Family) -> list[tuple[str, str]]:
    there = {each.user for each in found.standing}
    known = actions.who_may_come(by=request.actor, at=request.at)
    return [(str(each.id), each.name) for each in known if each.id not in there]


def _agrees(found: Family) -> tuple[tuple[str, str], ...]:
    shares = "Yes" if found.agrees(Purpose.SHARING) else "No: only people of this council may come into the team"
    return (("May agencies be told?", shares),)


@address(Kind.COUNCIL, WORK)
def join(request: Any, key: UUID) -> HttpResponse:
    """Somebody comes into the team."""
    found = opened(request, key)
    form = forms.ComerForm(
        request.POST or None, initial={"seen": seen_of(list(found.team))}, accounts=_accounts(request, found)
    )
    title = "Somebody comes into the team"
    return act(request, found, form, actions.join, title=title, press="Add them", beside=_agrees(found))


@address(Kind.COUNCIL, WORK)
def lead(request: Any, key: UUID) -> HttpResponse:
    """Somebody else leads."""
    found = opened(request, key)
    team = [(str(each.key), f"{each.name}, {each.agency}") for each in found.told if not each.leads]
    led = found.lead
    form = forms.LeadForm(
        request.POST or None, initial={"seen": seen_of(list(found.team))}, accounts=_accounts(request, found),
        team=team, led=led is not None,
    )  # fmt: skip
    beside = (("Leads now", led.name if led else "Nobody"), *_agrees(found))
    intro = (
        "Both change at once: there is never nobody who leads. Choose somebody of the team, or fill in who comes new."
    )
    return act(
        request, found, form, actions.change_lead, title="Somebody else leads", press="Change who leads", intro=intro,
        beside=beside,
    )  # fmt: skip


@address(Kind.COUNCIL, WORK)
def leave(request: Any, key: UUID, practitioner: UUID) -> HttpResponse:
    """Somebody leaves the team."""
    found = opened(request, key)
    whose = next((each for each in found.team if each.key == practitioner), None)
    if whose is None:
        raise NotFound
    form = forms.LeaveForm(request.POST or None, initial={"seen": seen_of(list(found.team))})
    over = "They have left the team." if whose.until else ""
    if whose.leads and not over:
        over = "They lead this family. Say first who leads it from now on."
    intro = "From this moment they do not open the family any more. What they wrote stays."
    do = partial(_leave, practitioner)
    title = f"{whose.name} leaves the team"
    return act(request, found, form, do, title=title, press="They leave", intro=intro, over=over, agreed=False)


def _leave(practitioner: UUID, key: UUID, **typed: Any) -> object:
    return actions.leave(key, practitioner=practitioner, **typed)


@address(Kind.COUNCIL, WORK)
def worry(request: Any, key: UUID) -> HttpResponse:
    """Send a family back to the front door: a child may be at risk."""
    found = opened(request, key)
    form = StepUpForm(request.POST or None, initial={"seen": found.episode.version})
    intro = (
        "If a child is in danger now, ring 999 first. This makes a new contact at once, with a receipt, a first look "
        "and the clock of a contact. Help for the family goes on meanwhile."
    )
    return act(
        request, found, form, send_back, title="Send it back to the front door", press="Send it now", intro=intro,
        agreed=False,
    )  # fmt: skip
