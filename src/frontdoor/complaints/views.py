"""Pages of complaints and compliments: the list, taking one in, one with what may be done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.queries import colleagues
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.complaints import actions, forms, pages, queries
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.directions import queries as directions
from frontdoor.directions.rules import end_of_day
from frontdoor.organisations.queries import teams
from frontdoor.shell.pages import paging, seal, unseal


@address(Kind.COUNCIL, Permission.COMPLAINT_KEEP)
@require_safe
def complaints(request: Any) -> HttpResponse:
    """Complaints and compliments of this council, narrowed as asked."""
    form = forms.FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {"which": "", "kind": ""}
    settled = asked["which"] == "settled"
    after: Any = unseal(f"complaints-{settled}", request.GET.get("after", ""))  # sealed by us
    found = queries.complaints(**asked, after=after, by=request.actor, at=request.at)
    ways = paging(
        f"complaints-{settled}", found, request.GET, place=lambda row: row.settled_cursor if settled else row.cursor
    )
    context = {
        "filter": form, "chosen": pages.chosen(asked), "columns": pages.COLUMNS, "paging": ways,
        "rows": pages.rows(found, request.council.slug, at=request.at),
    }  # fmt: skip
    return render(request, "complaints/complaints.html", context)


def _choices(request: Any) -> dict[str, Any]:
    """The teams and people of today, for a form."""
    by, at = request.actor, request.at
    return {
        "teams": [(str(team.key), team.name) for team in teams(by=by, at=at)],
        "people": [(each.id, each.name) for each in colleagues(by=by, at=at)],
    }


@address(Kind.COUNCIL, Permission.COMPLAINT_TAKE)
def take(request: Any) -> HttpResponse:
    """Take in what somebody writes, says or rings about; whoever took it in reads its number out."""
    form, here = forms.TakeForm(request.POST or None, **_choices(request)), request.path
    if number := unseal("taken", request.GET.get("taken", "")):
        return render(request, "complaints/taken.html", {"number": number[0], "about": "", "back": here})
    page = Step(
        title="Take in a complaint or a compliment", press="Take it in", back=here,
        intro="A worry about a child is not taken in here: take it in as a contact, which is looked at at once.",
    )  # fmt: skip
    made: list[str] = []
    answer = step(
        request, form, lambda typed: made.append(actions.take(**typed, by=request.actor, at=request.at).reference), page
    )
    return redirect(f"{here}?taken={seal('taken', tuple(made))}") if made else answer


@address(Kind.COUNCIL, Permission.COMPLAINT_TAKE)
def of_contact(request: Any, key: UUID) -> HttpResponse:
    """Take in the complaint or compliment that a contact holds; the contact goes its own way."""
    contact, number = queries.open_contact(key, by=request.actor, at=request.at)
    back = reverse("contacts:detail", args=[request.council.slug, key])
    if number and request.method == "GET":
        return render(request, "complaints/taken.html", {"number": number, "about": contact.receipt, "back": back})
    form = forms.TakeContactForm(request.POST or None, initial={"what": contact.story}, **_choices(request))
    page = Step(
        title="A complaint or a compliment", press="Take it in", back=request.path, about=contact.receipt, record=back,
        intro="Screening this contact goes on as before and waits for nobody.",
    )  # fmt: skip
    given = {"way": "contact", "contact": contact.key, "about_contact": None, "by": request.actor, "at": request.at}
    return step(request, form, lambda typed: actions.take(**typed, **given), page)


def _opened(request: Any, key: UUID) -> queries.Opened:
    """The complaint whole: its opening is an entry in the trail."""
    return queries.open_complaint(key, by=request.actor, at=request.at)


@address(Kind.COUNCIL, Permission.COMPLAINT_KEEP)
@require_safe
def complaint(request: Any, key: UUID) -> HttpResponse:
    """One complaint or compliment: what was said, what is done, what may be."""
    page = pages.detail(_opened(request, key), request.council.slug, at=request.at)
    return render(request, "complaints/complaint.html", {"page": page})


def _act(
    request: Any, found: queries.Opened, form: django_forms.Form, do: Callable[..., object], *, title: str, press: str,
    intro: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form about one complaint, or do what it says and go back to it."""
    row = found.complaint
    page = Step(
        title=title, press=press, intro=intro, about=f"{row.get_kind_display()}: {row.get_stage_display()}",
        back=reverse("complaints:complaint", args=[request.council.slug, row.key]),
    )  # fmt: skip
    return step(request, form, lambda typed: do(row.key, **typed, by=request.actor, at=request.at), page)


def _seen(found: queries.Opened) -> dict[str, Any]:
    return {"seen": found.complaint.version}


@address(Kind.COUNCIL, Permission.COMPLAINT_KEEP)
def own(request: Any, key: UUID) -> HttpResponse:
    """Say who answers for it."""
    found = _opened(request, key)
    about = found.complaint.about_user
    people = [(each.id, each.name) for each in queries.owners(by=request.actor, at=request.at) if each.id != about]
    form = forms.OwnForm(request.POST or None, initial=_seen(found), people=people)
    return _act(request, found, form, actions.own, title="Who answers for it", press="Save")


@address(Kind.COUNCIL, Permission.COMPLAINT_KEEP)
def find_complex(request: Any, key: UUID) -> HttpResponse:
    """Find that it is complex."""
    found = _opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=_seen(found))
    intro = "A complex complaint has twice the time, from when it came."
    return _act(request, found, form, actions.find_complex, title="It is complex", press="Save", intro=intro)


@address(Kind.COUNCIL, Permission.COMPLAINT_KEEP)
def reply(request: Any, key: UUID) -> HttpResponse:
    """Write down what was found and answered, and what is learnt."""
    found = _opened(request, key)
    owners = directions.owners(by=request.actor, at=request.at)
    form = forms.ReplyForm(request.POST or None, initial=_seen(found), owners=owners)

    def do(complaint: UUID, *, due: Any, **typed: Any) -> object:
        return actions.reply(complaint, **typed, due_at=end_of_day(due))

    return _act(request, found, form, do, title="What was found and answered", press="Save")


@address(Kind.COUNCIL, Permission.COMPLAINT_KEEP)
def next_stage(request: Any, key: UUID) -> HttpResponse:
    """Take it to the next stage."""
    found = _opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=_seen(found))
    return _act(request, found, form, actions.next_stage, title="They do not agree", press="Take it to the next stage")


@address(Kind.COUNCIL, Permission.COMPLAINT_KEEP)
def withdraw(request: Any, key: UUID) -> HttpResponse:
    """Whoever complained takes it back."""
    found = _opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=_seen(found))
    return _act(request, found, form, actions.withdraw, title="They take it back", press="Save")


@address(Kind.COUNCIL, Permission.COMPLAINT_KEEP)
def thank(request: Any, key: UUID) -> HttpResponse:
    """Pass a compliment to the team."""
    found = _opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=_seen(found))
    intro = "Write what you told the team."
    return _act(request, found, form, actions.thank, title="Pass it to the team", press="It was passed on", intro=intro)


@address(Kind.COUNCIL, Permission.COMPLAINT_KEEP)
def risk(request: Any, key: UUID) -> HttpResponse:
    """Make a contact of a complaint that shows a risk."""
    found = _opened(request, key)
    form = forms.RiskForm(request.POST or None, initial=_seen(found))
    intro = "A new contact is taken in at once, timed from when this came. The complaint itself stays here."
    return _act(request, found, form, actions.show_risk, title="This shows a risk", press="Take it in now", intro=intro)
