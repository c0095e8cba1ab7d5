"""Pages of disagreements between professionals: the list, raising one, one with what may be done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.models import Contact
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.directions import queries as directions
from frontdoor.directions.rules import end_of_day
from frontdoor.mash.actions import disagreements as actions
from frontdoor.mash.forms import disagreements as forms
from frontdoor.mash.pages import disagreements as pages
from frontdoor.mash.queries import disagreements as queries
from frontdoor.mash.rules.disagreements import STAGES, Raised
from frontdoor.shell.pages import paging, unseal


def part(contact: Contact, slug: str, *, by: Actor, at: datetime) -> tuple[str, Any] | None:
    """What is disputed, on the page of a contact."""
    shows = pages.panel(queries.of_contact(contact, by=by), contact.key, slug, by=by)
    return ("mash/disagreements_part.html", shows) if shows else None


@address(Kind.COUNCIL, Permission.DISAGREEMENT_KEEP)
@require_safe
def disagreements(request: Any) -> HttpResponse:
    """Disagreements of this council, narrowed as asked."""
    form = forms.FilterForm(request.GET or None)
    which = form.cleaned_data["which"] if form.is_valid() else ""
    resolved = which == "resolved"
    name = f"disagreements-{resolved}"
    after: Any = unseal(name, request.GET.get("after", ""))  # sealed by us
    found = queries.disagreements(which=which, after=after, by=request.actor, at=request.at)
    ways = paging(name, found, request.GET, place=lambda row: row.resolved_cursor if resolved else row.cursor)
    context = {
        "filter": form, "chosen": [(dict(forms.WHICH)[which], "?")] if which else [], "columns": pages.COLUMNS,
        "paging": ways, "rows": pages.rows(found, request.council.slug, at=request.at),
    }  # fmt: skip
    return render(request, "mash/disagreements.html", context)


@address(Kind.COUNCIL, Permission.DISAGREEMENT_RAISE)
def disagree(request: Any, key: UUID) -> HttpResponse:
    """Write down that a professional disagrees with what was decided about a contact."""
    contact, children = queries.open_to_dispute(key, by=request.actor, at=request.at)
    offered = [(str(each.key), each.name) for each in children]
    only = offered[0][0] if len(offered) == 1 else ""
    form = forms.RaiseForm(request.POST or None, children=offered, initial={"child": only})
    back = reverse("contacts:detail", args=[request.council.slug, key])
    page = Step(
        title="A professional disagrees", press="Write it down", back=back, about=contact.receipt,
        intro="What was decided stands, and is shown as disputed, until somebody changes it. A complaint about how we "
        "work is something else.",
    )  # fmt: skip

    def do(typed: dict[str, Any]) -> object:
        child = typed.pop("child")
        return actions.disagree(key, Raised(**typed), matter=child, by=request.actor, at=request.at)

    return step(request, form, do, page)


def _opened(request: Any, key: UUID) -> queries.Opened:
    """The disagreement whole: its opening is an entry in the trail."""
    return queries.open_disagreement(key, by=request.actor, at=request.at)


@address(Kind.COUNCIL, Permission.DISAGREEMENT_RAISE)
@require_safe
def disagreement(request: Any, key: UUID) -> HttpResponse:
    """One disagreement: what each side says, what keeps the child safe, what may be done."""
    page = pages.detail(_opened(request, key), request.council.slug, by=request.actor, at=request.at)
    return render(request, "mash/disagreement.html", {"page": page})


def _act(
    request: Any, found: queries.Opened, form: django_forms.Form, do: Callable[..., object], *, title: str, press: str,
    intro: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form about one disagreement, or do what it says and go back to it."""
    row = found.row
    page = Step(
        title=title, press=press, intro=intro, about=f"{row.contact.receipt}, {row.get_stage_display()}",
        back=reverse("mash:disagreement", args=[request.council.slug, row.key]),
    )  # fmt: skip
    return step(request, form, lambda typed: do(row.key, **typed, by=request.actor, at=request.at), page)


def _seen(found: queries.Opened) -> dict[str, Any]:
    return {"seen": found.row.version}


def _people(request: Any, found: queries.Opened) -> list[tuple[int, str]]:
    """Who may settle it: everybody but whoever made the decision, who is one side of the first talk only."""
    decided = found.row.decided_by
    return [(each.id, each.name) for each in queries.owners(by=request.actor, at=request.at) if each.id != decided]


@address(Kind.COUNCIL, Permission.DISAGREEMENT_RAISE)
def say(request: Any, key: UUID) -> HttpResponse:
    """Write down what a side says, or what now keeps the child safe."""
    found = _opened(request, key)
    form = forms.SayForm(request.POST or None, initial=_seen(found))

    def do(row: UUID, *, what: str, **typed: Any) -> object:
        side = found.row.agency if what == "theirs" else ""
        return actions.say(row, side=side, safety=what == "safety", **typed)

    return _act(request, found, form, do, title="What a side says", press="Write it down")


@address(Kind.COUNCIL, Permission.DISAGREEMENT_KEEP)
def own(request: Any, key: UUID) -> HttpResponse:
    """Say who settles it on both sides."""
    found = _opened(request, key)
    form = forms.OwnForm(request.POST or None, initial=_seen(found), people=_people(request, found))
    return _act(request, found, form, actions.own, title="Who settles it", press="Save")


@address(Kind.COUNCIL, Permission.DISAGREEMENT_KEEP)
def take_on(request: Any, key: UUID) -> HttpResponse:
    """Take it to a later stage."""
    found = _opened(request, key)
    stages = [(stage, words) for stage, words in STAGES if found.row.stage < stage <= found.last]
    form = forms.TakeOnForm(request.POST or None, initial=_seen(found), people=_people(request, found), stages=stages)
    intro = "Others settle it there. Stages are left out only where the child may be at immediate risk."
    return _act(request, found, form, actions.take_on, title="Not settled", press="Take it on", intro=intro)


@address(Kind.COUNCIL, Permission.DISAGREEMENT_KEEP)
def resolve(request: Any, key: UUID) -> HttpResponse:
    """Say what came of it and what is learnt."""
    found = _opened(request, key)
    owners = directions.owners(by=request.actor, at=request.at)
    form = forms.ResolveForm(request.POST or None, initial=_seen(found), owners=owners)

    def do(row: UUID, *, due: Any, **typed: Any) -> object:
        return actions.resolve(row, **typed, due_at=end_of_day(due))

    return _act(request, found, form, do, title="What came of it", press="Resolve it")
