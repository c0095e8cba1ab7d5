"""Pages of analysis, recommendation and decision: one to read, and one for each act."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.queries import colleagues
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Conflict, InvalidInput, Permission, StepNotAllowed
from frontdoor.codes import rules as codes
from frontdoor.contacts.views.drafting import keeping, sent
from frontdoor.contacts.views.screening.steps import Step, refused, seen_now, step
from frontdoor.directions import queries as directions
from frontdoor.mash.actions.deciding import analysing, recommending, signing
from frontdoor.mash.forms import deciding as forms
from frontdoor.mash.models import Subject
from frontdoor.mash.pages import deciding as pages
from frontdoor.mash.pages.asking import ShownReply, shown_replies
from frontdoor.mash.pages.known import known as known_page
from frontdoor.mash.queries import asking, concluding, deciding
from frontdoor.mash.queries.asking import of_enquiry
from frontdoor.mash.queries.concluding import Concluding
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.rules.states import Step as Way
from frontdoor.mash.rules.states import why_not

COLUMNS = {"views": pages.VIEW_COLUMNS, "gaps": pages.GAP_COLUMNS, "slips": pages.SLIP_COLUMNS}


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def concluded(request: Any, key: UUID) -> HttpResponse:
    """Analysis, agreement, who has not replied, and each child's recommendation and decision."""
    found = concluding.open_concluding(key, by=request.actor, at=request.at)
    page = pages.page(found, request.council.slug, by=request.actor, at=request.at)
    return render(request, "mash/deciding.html", {"page": page, "columns": COLUMNS})


def _back(request: Any, found: Concluding) -> str:
    return reverse("mash:deciding", args=[request.council.slug, found.enquiry.key])


def _long(
    request: Any, template: str, form: django_forms.Form, act: Callable[[], object], page: Step, **shows: Any
) -> HttpResponse:
    """Show a long form whose words are kept as they are typed, or do what it says and go back.

    Somebody who was overtaken gets the form again with what they typed, to be read again before it is sent.

    :raises StepNotAllowed: something was sent where the step leads nowhere
    """
    if page.over:
        if request.method == "POST":
            raise StepNotAllowed(page.over)
        return render(request, "contacts/screening_over.html", {"page": page})
    overtaken, status = False, 200
    keeps = page.keeps or ("", "")
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
                sent(request, *keeps)
                return redirect(page.back)
            except InvalidInput as refusal:
                refused(form, _beside_fields(refusal))
            except Conflict as conflict:
                overtaken, status = True, 409
                form.data = seen_now(request, conflict)
    context = {"form": form, "page": page, "overtaken": overtaken, **keeping(request, *keeps, form), **shows}
    return render(request, f"mash/{template}.html", context, status=status)


def _beside_fields(refusal: InvalidInput) -> InvalidInput:
    """What is wrong with all actions together stands beside the first of them."""
    return InvalidInput(**{"what_1" if name == "actions" else name: text for name, text in refusal.problems.items()})


@address(Kind.COUNCIL, Permission.MASH_WORK)
def analyse(request: Any, key: UUID) -> HttpResponse:
    """Write the analysis, or the next version of it."""
    found = concluding.open_concluding(key, by=request.actor, at=request.at)
    row, newest = found.enquiry, found.newest
    staying = deciding.staying(found.children, by=request.actor)
    those = [(str(child.key), name_of(child)) for child in found.children if child.pk not in staying]
    start = {"seen": row.version, **pages.initial(found)}
    form = forms.AnalysisForm(request.POST or None, initial=start, those=those, again=newest is not None)
    page = Step(
        title="A new version of the analysis" if newest else "What does it come to?", press="Save this version",
        back=_back(request, found), about=row.reference, keeps=("enquiry-analysis", key),
        over=why_not(row.state, Way.ANALYSE),
        intro=(
            pages.void_by_it(name_of(child) for child in found.children if child.pk in staying)
            if newest
            else "Write it as soon as you can say something; it can be changed while replies are outstanding."
        ),
    )  # fmt: skip

    def act() -> object:
        seen, given = form.cleaned_data["seen"], form.given()
        return analysing.analyse(key, seen=seen, given=given, by=request.actor, at=request.at)

    warnings = [f"{gap.agency}: {gap.words}." for gap in found.gaps]
    return _long(request, "deciding_analyse", form, act, page, warnings=warnings, replies=_replies(request, found))


@address(Kind.COUNCIL, Permission.MASH_WORK)
def view(request: Any, key: UUID) -> HttpResponse:
    """Write down what an agency said to the analysis, in the room or by telephone."""
    one = asking.one_request(key, by=request.actor, at=request.at)
    found = concluding.concluding(one.request.enquiry, by=request.actor, at=request.at)
    newest, name = found.newest, one.request.desk.name
    form = forms.ViewForm(request.POST or None)
    page = Step(
        title=f"What {name} says to the analysis", press="Save", back=_back(request, found),
        about=found.enquiry.reference, intro="It stands until the agency says it at its own desk.",
        beside=pages.parts(newest) if newest else (),
        over="" if newest else "There is no analysis yet to which an agency could say anything.",
    )  # fmt: skip

    def act(typed: dict[str, Any]) -> object:
        return analysing.write_down_view(
            key, analysis=newest.key if newest else "", agrees=typed["agrees"] == "yes", words=typed["words"],
            how=typed["how"], said_by=typed["said_by"], by=request.actor, at=request.at,
        )  # fmt: skip

    return step(request, form, act, page)


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def missing(request: Any, key: UUID) -> HttpResponse:
    """Say of each missing reply whether a decision waits for it."""
    found = concluding.open_concluding(key, by=request.actor, at=request.at)
    form = forms.WaitingForm(request.POST or None, initial={"seen": found.enquiry.version}, gaps=found.gaps)
    page = Step(
        title="Who has not replied", press="Save", back=_back(request, found), about=found.enquiry.reference,
        intro="A decision is not signed while a missing reply is waited for, or while nobody has said why it is not.",
        over="" if found.gaps else "Nobody’s reply is missing.",
    )  # fmt: skip

    def act(typed: dict[str, Any]) -> object:
        words = form.words()
        return signing.say_waiting(key, seen=typed["seen"], words=words, by=request.actor, at=request.at)

    return step(request, form, act, page)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def recommend(request: Any, key: UUID) -> HttpResponse:
    """Recommend what should happen for one child."""
    found, child = concluding.open_of_child(key, by=request.actor, at=request.at)
    form = forms.RecommendForm(request.POST or None, initial={"seen": found.enquiry.version})
    page = Step(
        title=f"What should happen for {name_of(child)}", press="Send to a manager", back=_back(request, found),
        about=found.enquiry.reference, keeps=("enquiry-recommend", key), over=_nothing_to_recommend(found, child),
    )  # fmt: skip

    def act() -> object:
        seen, given = form.cleaned_data["seen"], form.given()
        return recommending.recommend(key, seen=seen, given=given, by=request.actor, at=request.at)

    return _long(request, "deciding_recommend", form, act, page, warnings=(), **_beside(request, found, child))


def _nothing_to_recommend(found: Concluding, child: Subject) -> str:
    """Why nothing can be recommended for a child now; empty where it can."""
    if found.decided(child) is not None:
        return "This child is decided. The decision is taken back before anything else is recommended."
    if found.meant(child) is None:
        return "The analysis says nothing of this child yet. Write the analysis first."
    return why_not(found.enquiry.state, None)


def _replies(request: Any, found: Concluding) -> list[ShownReply]:
    """What the agencies said, with their marks: read beside whatever is written of it."""
    return shown_replies(of_enquiry(found.enquiry, by=request.actor))


def _beside(request: Any, found: Concluding, child: Subject) -> dict[str, Any]:
    beside, voice, unheard = pages.beside_child(found, child)
    return {
        "child": name_of(child), "beside": beside, "voice": voice, "unheard": unheard,
        "replies": _replies(request, found),
    }  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def decide(request: Any, key: UUID) -> HttpResponse:
    """Decide for one child: the sign-off, with its direction and with each missing reply named."""
    found, child = concluding.open_of_child(key, by=request.actor, at=request.at)
    given = found.recommended(child)
    if given is None or found.decided(child) is not None:
        return redirect(_back(request, found))
    form = _decide_form(request, found, child)
    page = Step(
        title=f"Decide for {name_of(child)}", press="Decide and sign", back=_back(request, found),
        about=found.enquiry.reference, keeps=("enquiry-decide", key),
    )  # fmt: skip

    def act() -> object:
        seen, without = form.cleaned_data["seen"], form.without()
        return signing.decide(
            key, seen=seen, given=form.decided(), without=without, by=request.actor, at=request.at
        )  # fmt: skip

    warnings = [f"{agency} said something at {at:%H:%M}, after the analysis was written." for agency, at in found.since]
    if not found.requests:
        warnings.append(pages.NOBODY_ASKED)
    return _long(
        request, "deciding_decide", form, act, page, warnings=warnings, recommendation=given,
        recommended=pages.recommended_rows(given, found.names), dissent=pages.dissent(found),
        **_beside(request, found, child),
    )  # fmt: skip


def _decide_form(request: Any, found: Concluding, child: Subject) -> forms.DecideForm:
    given = found.recommended(child)
    start: dict[str, Any] = {"seen": found.enquiry.version}
    start |= {name: getattr(given, name) for name in ("outcome", "specialist_route", "detail", "secondary")}
    return forms.DecideForm(
        request.POST or None, initial=start, gaps=found.gaps, by=request.actor.user_id,
        councils=[(row.number, row.label) for row in codes.AUTHORITIES if row.number != request.council.id],
        colleagues=[(each.id, each.name) for each in colleagues(by=request.actor, at=request.at)],
        owners=directions.owners(by=request.actor, at=request.at),
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_WORK)
def withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take one's own recommendation back."""
    return _with_reason(request, key, recommending.withdraw, "Take the recommendation back", "Take it back")


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def send_back(request: Any, key: UUID) -> HttpResponse:
    """Send a recommendation back to the social worker."""
    return _with_reason(request, key, recommending.send_back, "Send it back to the social worker", "Send it back")


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def take_back(request: Any, key: UUID) -> HttpResponse:
    """Take a decision back whose grounds have changed."""
    return _with_reason(request, key, signing.take_back, "Take the decision back", "Take it back")


def _with_reason(request: Any, key: UUID, act: Callable[..., object], title: str, press: str) -> HttpResponse:
    found, child = concluding.open_of_child(key, by=request.actor, at=request.at)
    form = forms.WhyForm(request.POST or None, initial={"seen": found.enquiry.version})
    page = Step(
        title=title, press=press, back=_back(request, found), about=f"{found.enquiry.reference}: {name_of(child)}",
        intro="What was written is kept, with your reason.",
    )  # fmt: skip

    def do(typed: dict[str, Any], at: datetime = request.at) -> object:
        return act(key, **typed, by=request.actor, at=at)

    return step(request, form, do, page)


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def known(request: Any, key: UUID) -> HttpResponse:
    """What lay before whoever made a decision, as it was frozen."""
    decision, snapshot = concluding.open_known(key, by=request.actor, at=request.at)
    page = known_page(decision, snapshot, request.council.slug, by=request.actor)
    return render(request, "mash/deciding_known.html", {"page": page})
