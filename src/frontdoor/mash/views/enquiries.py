"""The page of one enquiry, accepting a slip into one, and what is done with it: one small page each."""

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
from frontdoor.actors.rules import Actor, NotFound, Permission
from frontdoor.contacts.models import Contact
from frontdoor.contacts.pages import beside as beside_pages
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.directions import queries as directions
from frontdoor.handovers import queries as handovers
from frontdoor.mash.actions import enquiries as actions
from frontdoor.mash.forms import enquiries as forms
from frontdoor.mash.pages import enquiries as pages
from frontdoor.mash.pages import strategy
from frontdoor.mash.pages.asking import shown_replies
from frontdoor.mash.pages.deciding import short_rows
from frontdoor.mash.pages.disagreements import panel as disputed_panel
from frontdoor.mash.queries.beside import beside
from frontdoor.mash.queries.disagreements import of_children
from frontdoor.mash.queries.enquiries import finding
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.queries.enquiries.opening import Opened, open_enquiry, open_ones
from frontdoor.mash.queries.enquiries.ways import barred
from frontdoor.mash.rules.safety import Answered
from frontdoor.mash.rules.states import Step as Way


def part(contact: Contact, slug: str, *, by: Actor, at: datetime) -> tuple[str, Any] | None:
    """The enquiries of a contact's children, on the page of the contact."""
    if not by.may(Permission.MASH_READ):
        return None
    shows = pages.panel(finding.of_contact(contact.key, by=by), slug)
    return ("mash/enquiries_part.html", shows) if shows else None


def _opened(request: Any, key: UUID) -> Opened:
    """The enquiry whole: its opening is an entry in the trail."""
    return open_enquiry(key, by=request.actor, at=request.at)


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def enquiry(request: Any, key: UUID) -> HttpResponse:
    """One enquiry: its people, whether the children are safe, the question, the agencies, clocks and history."""
    opened = _opened(request, key)
    page = pages.detail(opened, request.council.slug, by=request.actor, at=request.at)
    disputed = of_children(opened.disputed, opened.people)
    there = beside_pages.rows(beside(opened.enquiry, opened.people, by=request.actor))
    context = {
        "page": page, "pages": pages, "replies": shown_replies(opened.requests), "beside": there,
        "decided": short_rows(
            opened.enquiry, opened.children, opened.recommended, opened.decided, request.council.slug,
            disputed={each.matter_id for each in opened.disputed if each.matter_id and each.resolved_at is None},
            against=opened.against,
        ),
        "disputed": disputed_panel(disputed, opened.enquiry.contact.key, request.council.slug, by=request.actor),
        "shows": strategy.panel(opened.discussions, opened.enquiry.contact, request.council.slug, by=request.actor),
    }  # fmt: skip
    return render(request, "mash/enquiry.html", context)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def accept(request: Any, key: UUID) -> HttpResponse:
    """Accept a slip and open its enquiry."""
    opened = handovers.open_handover(key, by=request.actor, at=request.at)
    if opened.slip.destination != "mash":
        raise NotFound
    form = forms.AcceptForm(request.POST or None, initial={"seen": opened.slip.version})
    page = Step(
        title="Accept this and open the enquiry", press="Accept", about=opened.summary,
        back=reverse("mash:of-slip", args=[request.council.slug, key]),
        beside=(("Given by", f"{opened.giver}, {opened.giver_team}"), ("Why", opened.why)),
        intro="From now on the child is ours. A family has one enquiry: a child whose family has an open one joins it.",
    )  # fmt: skip
    return step(request, form, lambda typed: actions.accept(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def of_slip(request: Any, key: UUID) -> HttpResponse:
    """Go on to the enquiry of a slip, or to the slip itself while there is none."""
    known = finding.of_slip(key, by=request.actor)
    if known is None:
        return redirect("handovers:detail", request.council.slug, handovers.slip(key, by=request.actor).key)
    return redirect("mash:enquiry", request.council.slug, known.key)


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def child(request: Any, key: UUID) -> HttpResponse:
    """Go on to the enquiry of a child, from a clock or a direction about that child."""
    return redirect("mash:enquiry", request.council.slug, finding.of_child(key, by=request.actor).key)


def _act(
    request: Any, found: Opened, form: django_forms.Form, do: Callable[..., object], *, title: str, press: str,
    intro: str = "", way: Way | None = None, always: bool = False,
) -> HttpResponse:  # fmt: skip
    """Show a form about one enquiry, or do what it says and go back to it; where it leads nowhere, say so first.

    :param way: the step that it takes; without one it is done with any open enquiry
    :param always: done with a settled enquiry too
    """
    row = found.enquiry
    names = ", ".join(name_of(child) for child in found.children)
    page = Step(
        title=title, press=press, intro=intro, about=f"{row.reference}: {names}" if names else row.reference,
        back=reverse("mash:enquiry", args=[request.council.slug, row.key]),
        over="" if always else barred(found, way, by=request.actor),
    )  # fmt: skip
    return step(request, form, lambda typed: do(row.key, **typed, by=request.actor, at=request.at), page)


def _seen(found: Opened, **more: Any) -> dict[str, Any]:
    return {"seen": found.enquiry.version, **more}


@address(Kind.COUNCIL, Permission.MASH_WORK)
@require_POST
def take(request: Any, key: UUID) -> HttpResponse:
    """Take an enquiry, or take over what somebody else has."""
    form = forms.Seen(request.POST)
    if form.is_valid():
        actions.take(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    else:
        _opened(request, key)
    return redirect("mash:enquiry", request.council.slug, key)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def rate(request: Any, key: UUID) -> HttpResponse:
    """Rate an enquiry, or rate it otherwise."""
    found = _opened(request, key)
    form = forms.RateForm(request.POST or None, initial=_seen(found), colours=found.colours.values())
    intro = (
        "Rated higher, the shorter time holds from now. Rating it lower is a manager’s, and what was late stays late."
    )
    return _act(request, found, form, actions.rate, title="Rate this enquiry", press="Rate it", intro=intro)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def question(request: Any, key: UUID) -> HttpResponse:
    """Write what the agencies are asked."""
    found = _opened(request, key)
    form = forms.QuestionForm(request.POST or None, initial=_seen(found, question=found.enquiry.question))
    return _act(request, found, form, actions.ask_question, title="What is asked", press="Save")


@address(Kind.COUNCIL, Permission.MASH_WORK)
def note(request: Any, key: UUID) -> HttpResponse:
    """Write a note."""
    found = _opened(request, key)
    form = forms.NoteForm(request.POST or None, initial=_seen(found))
    return _act(request, found, form, actions.note, title="Write a note", press="Save", always=True)


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def stand_down(request: Any, key: UUID) -> HttpResponse:
    """Stand an enquiry down, since the threshold is clear before the replies."""
    found = _opened(request, key)
    form = forms.StandDownForm(request.POST or None, initial=_seen(found))
    intro = "Nothing more is asked of anybody. Each child stays ours until whoever gets them has accepted."
    words = "Stand it down"
    return _act(
        request, found, form, actions.stand_down, title=words, press=words, intro=intro, way=Way.STAND_DOWN
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def join(request: Any, key: UUID) -> HttpResponse:
    """Join an enquiry to another that is open."""
    found = _opened(request, key)
    others = open_ones(key, by=request.actor)
    form = forms.JoinForm(request.POST or None, initial=_seen(found), others=others)
    intro = "Its people go on in the other enquiry. This one stays readable."
    return _act(
        request, found, form, actions.join, title="Join it to another enquiry", press="Join them", intro=intro,
        way=Way.JOIN,
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def reopen(request: Any, key: UUID) -> HttpResponse:
    """Open an enquiry again."""
    found = _opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=_seen(found))
    intro = "It is rated anew and gets clocks of its own. Its first clocks stay as they ended."
    words = "Open it again"
    return _act(request, found, form, actions.reopen, title=words, press=words, intro=intro, way=Way.REOPEN)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def safety(request: Any, key: UUID) -> HttpResponse:
    """Answer whether children are safe now."""
    found = _opened(request, key)
    those = [(str(child.key), name_of(child)) for child in found.children]
    owners = directions.owners(by=request.actor, at=request.at)
    first = [those[0][0]] if len(those) == 1 else []
    form = forms.SafetyForm(request.POST or None, initial=_seen(found, those=first), those=those, owners=owners)
    intro = "It is asked again as often as the rating says. Nights and weekends count."

    def do(row: UUID, *, seen: int, those: list[str], by: Actor, at: datetime, **typed: Any) -> object:
        return actions.answer_safety(row, seen=seen, those=those, given=Answered(**typed), by=by, at=at)

    return _act(request, found, form, do, title="Is the child safe now?", press="Save the answer", intro=intro)
