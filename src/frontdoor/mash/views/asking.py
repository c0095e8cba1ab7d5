"""Pages about asking agencies: what has to stand first, who is asked, what they said."""

from collections.abc import Callable
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
from frontdoor.mash.actions import asking as actions
from frontdoor.mash.forms import asking as forms
from frontdoor.mash.pages import asking as pages
from frontdoor.mash.queries import asking as queries
from frontdoor.mash.queries.asking.standing import told_with_contact


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def asking(request: Any, key: UUID) -> HttpResponse:
    """What was asked for one enquiry, on which grounds, and what came back."""
    found = queries.open_asking(key, by=request.actor, at=request.at)
    page = pages.asking(found, request.council.slug, by=request.actor, at=request.at)
    context = {"page": page, "columns": pages.REQUEST_COLUMNS, "replies": page.replies}
    return render(request, "mash/asking.html", context)


def _page_of(request: Any, key: UUID) -> str:
    return reverse("mash:asking", args=[request.council.slug, key])


def _act(
    request: Any,
    found: queries.Asking,
    form: django_forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    title: str,
    press: str,
    intro: str = "",
    beside: tuple[tuple[str, str], ...] = (),
    over: str = "",
) -> HttpResponse:
    back = _page_of(request, found.enquiry.key)
    page = Step(
        title=title, press=press, back=back, about=found.enquiry.reference, intro=intro, beside=beside, over=over
    )  # fmt: skip
    return step(request, form, do, page)


def _opened(request: Any, key: UUID) -> queries.Asking:
    return queries.open_asking(key, by=request.actor, at=request.at)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def agreement(request: Any, key: UUID) -> HttpResponse:
    """Whether the family agrees; what is taken back stops what was not answered."""
    found = _opened(request, key)
    told = None if found.agreement else told_with_contact(found.enquiry, by=request.actor)
    first = {"position": told[0], "words": told[1]} if told else {}
    form = forms.AgreementForm(request.POST or None, initial={"seen": found.enquiry.version, **first})
    intro = (
        "This is the family's agreement, beside the lawful basis, which is something else. Where they agreed and no "
        "longer do, every agency that has not answered is told to stop."
    )
    return _act(
        request, found, form,
        lambda typed: actions.say_agreement(key, **typed, by=request.actor, at=request.at),
        title="Does the family agree to these checks?", press="Save", intro=intro,
        beside=(("The contact says", told[1]),) if told else (),
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def dispense(request: Any, key: UUID) -> HttpResponse:
    """A manager decides to ask without agreement, before the first request leaves."""
    found = _opened(request, key)
    form = forms.DispenseForm(request.POST or None, initial={"seen": found.enquiry.version})
    said = found.agreement
    beside = (("The family", f"{said.get_position_display()}: {said.words}"),) if said else ()
    return _act(
        request, found, form, lambda typed: actions.dispense(key, **typed, by=request.actor, at=request.at),
        title="Ask agencies without agreement", press="Decide to ask", beside=beside,
        intro="A manager decides this and says why before any request leaves (AB v Haringey [2013] EWHC 416).",
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_WORK)
def grounds(request: Any, key: UUID) -> HttpResponse:
    """On which grounds agencies are asked, once for the enquiry."""
    found = _opened(request, key)
    start = {"seen": found.enquiry.version, **pages.first_grounds(found)}
    form = forms.GroundsForm(request.POST or None, initial=start)
    return _act(
        request, found, form,
        lambda typed: actions.set_grounds(
            key, form.grounds(), seen=typed["seen"], by=request.actor, at=request.at
        ),
        title="On which grounds are agencies asked?", press="Save",
        intro="Written once for the enquiry. It starts from what the sharing agreement says.",
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_WORK)
def grounds_of(request: Any, key: UUID, desk: UUID) -> HttpResponse:
    """Other grounds for one agency, only where they differ."""
    found, one = _opened(request, key), queries.desk(desk, by=request.actor)
    start = {"seen": found.enquiry.version, **pages.first_grounds(found, one)}
    form = forms.GroundsForm(request.POST or None, initial=start)
    return _act(
        request, found, form,
        lambda typed: actions.set_grounds(
            key, form.grounds(), seen=typed["seen"], desk=desk, by=request.actor, at=request.at
        ),
        title=f"Other grounds for {one.name}", press="Save", intro="Only where they differ from those of the enquiry.",
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_WORK)
def send(request: Any, key: UUID) -> HttpResponse:
    """Ask agencies: the set by the rating and by what is known, and whoever else is added."""
    found = _opened(request, key)
    start = {
        "seen": found.enquiry.version, "asked": [str(each.agency.key) for each in found.proposed],
        "question": found.requests[-1].request.question if found.requests else found.enquiry.question,
    }  # fmt: skip
    form = forms.SendForm(request.POST or None, initial=start, proposed=found.proposed, others=found.others)
    return _act(
        request, found, form,
        lambda typed: actions.send(key, **form.typed(), by=request.actor, at=request.at),
        title="Ask agencies", press="Send the requests",
        intro="Those ticked are the set for this rating and for what is known of the family. Whoever you take out of "
        "it needs a reason; whoever you add needs none. Each gets one request for the whole family.",
        over=queries.not_yet(found),
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_WORK)
def told(request: Any, key: UUID) -> HttpResponse:
    """Write down what an agency said by telephone or in the room."""
    one = queries.one_request(key, by=request.actor, at=request.at)
    row = one.request
    start = {"seen": row.version, "people": [str(each) for each in pages.unanswered(one)]}
    form = forms.ToldForm(request.POST or None, initial=start, people=pages.people_of(one))

    def do(typed: dict[str, Any]) -> object:
        seen = typed.pop("seen")
        heard = actions.Heard(**{**typed, "people": {UUID(each) for each in typed["people"]}})
        return actions.take_by_telephone(key, heard, seen=seen, by=request.actor, at=request.at)

    page = Step(
        title=f"What {row.desk.name} said", press="Save what they said", back=_page_of(request, row.enquiry.key),
        about=row.reference, beside=(("We asked", row.question),),
        intro="Once everybody is answered they are reminded no more. They confirm your words at their own desk.",
    )  # fmt: skip
    return step(request, form, do, page)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def stop(request: Any, key: UUID) -> HttpResponse:
    """Stop asking one agency."""
    one = queries.one_request(key, by=request.actor, at=request.at)
    row = one.request
    form = forms.StopForm(request.POST or None, initial={"seen": row.version})
    page = Step(
        title=f"Stop asking {row.desk.name}", press="Stop asking", back=_page_of(request, row.enquiry.key),
        about=row.reference, intro="They are told to look up nothing more.",
    )  # fmt: skip
    return step(
        request, form, lambda typed: actions.stop(key, **typed, by=request.actor, at=request.at), page
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_WORK)
def side(request: Any, key: UUID) -> HttpResponse:
    """Say whether an agency works with whoever may pose the risk."""
    one = queries.one_request(key, by=request.actor, at=request.at)
    row = one.request
    form = forms.SideForm(request.POST or None, initial={"seen": row.version, "other_side": "yes"})
    page = Step(
        title=f"Whom {row.desk.name} works with", press="Save", back=_page_of(request, row.enquiry.key),
        about=row.reference, intro="If they do, they read no home, no school and nothing about a victim’s safety from "
        "now on. Only a manager says that they do not.",
        beside=(("It stands", "They work with somebody who may pose the risk" if row.other_side else "They do not"),),
    )  # fmt: skip
    return step(
        request, form, lambda typed: actions.set_side(key, **typed, by=request.actor, at=request.at), page
    )  # fmt: skip
