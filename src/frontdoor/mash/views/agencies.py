"""The agencies that a council asks, kept by its manager; and what each can do today."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.mash.actions import asking as actions
from frontdoor.mash.forms import asking as forms
from frontdoor.mash.pages import asking as pages
from frontdoor.mash.queries import asking as queries
from frontdoor.organisations.rules import london_day

ABOUT = "Its grounds start every enquiry in which it stands first. Reminders go to its desk and name no child."


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
@require_safe
def agencies(request: Any) -> HttpResponse:
    """The agencies that this council asks, has asked or will ask."""
    found = queries.list_desks(by=request.actor, at=request.at)
    rows = pages.desk_rows(found, request.council.slug, may_change=True)
    return render(request, "mash/agencies.html", {"columns": pages.DESK_COLUMNS, "rows": rows})


def _list(request: Any) -> str:
    return reverse("mash:agencies", args=[request.council.slug])


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def add(request: Any) -> HttpResponse:
    """Ask an agency from a day on."""
    offered = queries.agencies_not_asked(by=request.actor, at=request.at)
    form = forms.DeskForm(request.POST or None, agencies=offered, initial={"starts_on": london_day(request.at)})

    def do(typed: dict[str, Any]) -> object:
        agency = UUID(typed.pop("agency"))
        return actions.keep_desk(agency, typed, by=request.actor, at=request.at)

    page = Step(title="An agency that is asked", press="Save", back=_list(request), intro=ABOUT)
    return step(request, form, do, page)


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def agency(request: Any, key: UUID) -> HttpResponse:
    """Change what is kept of one agency, or say its last day."""
    desk = queries.desk(key, by=request.actor)
    start = {"seen": desk.version, **{name: getattr(desk, name) for name in actions.COLUMNS}}
    form = forms.ChangeDeskForm(request.POST or None, initial=start)

    def do(typed: dict[str, Any]) -> object:
        seen = typed.pop("seen")
        return actions.change_desk(key, typed, seen=seen, by=request.actor, at=request.at)

    page = Step(title=desk.name, press="Save", back=_list(request), intro=ABOUT)
    return step(request, form, do, page)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def capacity(request: Any, key: UUID) -> HttpResponse:
    """Write down what one agency says that it can do today."""
    desk = queries.desk(key, by=request.actor)
    form = forms.CapacityForm(request.POST or None)
    page = Step(title=f"What {desk.name} can do today", press="Save", back=reverse("desk:agencies"))
    return step(
        request, form, lambda typed: actions.declare_capacity(key, **typed, by=request.actor, at=request.at), page
    )
