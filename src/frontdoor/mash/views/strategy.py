"""Pages of strategy discussions: the list, asking for one, one discussion, its minutes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.models import Contact
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.mash.actions import strategy as actions
from frontdoor.mash.forms import strategy as forms
from frontdoor.mash.pages import minutes as minutes_page
from frontdoor.mash.pages import strategy as pages
from frontdoor.mash.queries.strategy import finding
from frontdoor.mash.queries.strategy import opening as queries
from frontdoor.shell.pages import paging, unseal


def part(contact: Contact, slug: str, *, by: Actor, at: datetime) -> tuple[str, Any] | None:
    """The strategy discussions of a contact, on its page."""
    if not by.may(Permission.MASH_READ):
        return None
    shows = pages.panel(finding.of_contact(contact, by=by), contact, slug, by=by)
    return ("mash/strategy_part.html", shows) if shows else None


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def strategies(request: Any) -> HttpResponse:
    """Strategy discussions of this council, narrowed as asked."""
    form = forms.FilterForm(request.GET or None)
    which = form.cleaned_data["which"] if form.is_valid() else ""
    name = f"strategies-{which == 'all'}"
    after: Any = unseal(name, request.GET.get("after", ""))  # sealed by us
    found = queries.discussions(which=which, after=after, by=request.actor, at=request.at)
    place: Callable[[queries.Listed], Any] = lambda row: row.settled_cursor if which == "all" else row.cursor  # noqa: E731
    context = {
        "filter": form, "chosen": [(dict(forms.WHICH)[which], "?")] if which else [], "columns": pages.COLUMNS,
        "paging": paging(name, found, request.GET, place=place),
        "rows": pages.rows(found, request.council.slug, at=request.at),
    }  # fmt: skip
    return render(request, "mash/strategies.html", context)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def begin(request: Any, key: UUID) -> HttpResponse:
    """Ask for a strategy discussion from a contact: two lines, and nothing blocks it."""
    contact, children = finding.open_to_begin(key, by=request.actor, at=request.at)
    form = forms.BeginForm(request.POST or None, children=[(str(each.key), each.label) for each in children])
    made: list[UUID] = []

    def do(typed: dict[str, Any]) -> None:
        given = {"those": [], **typed}
        made.append(actions.begin(key, **given, by=request.actor, at=request.at).key)

    page = Step(
        title="Strategy discussion", press="Begin", back=reverse("contacts:detail", args=[request.council.slug, key]),
        about=contact.receipt,
        intro="It needs no enquiry and waits for nothing. Act first: the rest of its record is written after.",
    )  # fmt: skip
    answer = step(request, form, do, page)
    return redirect("mash:strategy", request.council.slug, made[0]) if made else answer


def opened(request: Any, key: UUID) -> queries.Opened:
    """The discussion whole: its opening is an entry in the trail."""
    return queries.open_discussion(key, by=request.actor, at=request.at)


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def strategy(request: Any, key: UUID) -> HttpResponse:
    """One strategy discussion: its children, who came, its issues, the record, what is missing, its minutes."""
    page = pages.detail(opened(request, key), request.council.slug, by=request.actor, at=request.at)
    return render(request, "mash/strategy.html", {"page": page, "pages": pages})


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def discussed(request: Any, key: UUID) -> HttpResponse:
    """Go on to the discussion of a child, from a slip or a direction about that child."""
    return redirect("mash:strategy", request.council.slug, finding.of_child(key, by=request.actor).key)


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def minutes(request: Any, key: UUID, number: int) -> HttpResponse:
    """One version of the minutes, to be read and printed."""
    found, names = queries.open_minutes(key, number, by=request.actor, at=request.at)
    context = {
        "minutes": found, "sheet": minutes_page.sheet(found.body, names), "parts": minutes_page,
        "reference": found.discussion.reference,
        "back": reverse("mash:strategy", args=[request.council.slug, key]),
    }  # fmt: skip
    return render(request, "mash/minutes.html", context)


def act_on(
    request: Any, found: queries.Opened, form: django_forms.Form, do: Callable[..., object], *, title: str, press: str,
    intro: str = "", warning: str = "", keeps: tuple[str, UUID] | None = None,
    over: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form about one discussion, or do what it says and go back to it.

    :param keeps: the step under which what is typed is kept, and the key of what it is about
    :param over: why there is nothing to do
    """
    row = found.row
    page = Step(
        title=title, press=press, intro=intro, warning=warning, about=row.reference, keeps=keeps, over=over,
        back=reverse("mash:strategy", args=[request.council.slug, row.key]),
    )  # fmt: skip
    return step(request, form, lambda typed: do(row.key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.MASH_WORK)
@require_POST
def ask_core(request: Any, key: UUID) -> HttpResponse:
    """Write down that the core was asked: our two, and the agencies of this council."""
    return _pressed(request, key, actions.ask_core)


@address(Kind.COUNCIL, Permission.MASH_WORK)
@require_POST
def send(request: Any, key: UUID) -> HttpResponse:
    """Send the minutes to the agencies that took part."""
    return _pressed(request, key, actions.send)


def _pressed(request: Any, key: UUID, do: Callable[..., object]) -> HttpResponse:
    form = forms.Seen(request.POST)
    if form.is_valid():
        do(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    else:
        opened(request, key)
    return redirect("mash:strategy", request.council.slug, key)
