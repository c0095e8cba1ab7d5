"""The page on which it is settled who the people of a contact are, and what a match rests on."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission
from frontdoor.contacts.actions import people as actions
from frontdoor.contacts.forms import people as forms
from frontdoor.contacts.pages import people as pages
from frontdoor.contacts.queries import people as queries
from frontdoor.contacts.views.screening.steps import Step, record_of, step


@address(Kind.COUNCIL, Permission.PERSON_READ)
def people(request: Any, key: UUID) -> HttpResponse:
    """Who is who in one contact: confirm, reject, make new; each for itself."""
    if request.method != "POST":
        return _page(request, key)
    form = forms.SaidForm(request.POST)
    if not form.is_valid():
        queries.open_who_is_who(key, by=request.actor, at=request.at)  # one that is not there answers as such
        return _back(request, key)
    said = form.cleaned_data
    what, _, person = said["do"].partition(":")
    try:
        link = _done(request, key, what, person, said)
    except InvalidInput as refused:
        return _page(request, key, problem=refused.problems.get("", ""), status=422)
    return _back(request, key, link)


def _done(request: Any, key: UUID, what: str, person: str, said: dict[str, Any]) -> UUID | None:
    """What was pressed; answers the key of what was said, so that it can be taken back at once."""
    by, at, named, seen = request.actor, request.at, said["named"], said["seen"]
    if what == "add":
        actions.add_news(key, named, request.POST.getlist("news"), by=by, at=at)
        return None
    if what == "create":
        return actions.create(key, named, seen=seen, by=by, at=at).key
    if not person:
        raise NotFound
    act = actions.confirm if what == "confirm" else actions.reject
    return act(key, named, _uuid(person), seen=seen, by=by, at=at).key


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise NotFound from wrong


def _back(request: Any, key: UUID, link: UUID | None = None) -> HttpResponse:
    where = reverse("contacts:people", args=[request.council.slug, key])
    return redirect(f"{where}?done={link}" if link else where)


def _page(request: Any, key: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    by, at, slug = request.actor, request.at, request.council.slug
    found = queries.open_who_is_who(key, by=by, at=at)
    shown = pages.page(found, slug, at=at)
    news = {
        line.key: forms.NewsForm(offered=line.news, auto_id=f"news_{place}_%s")
        for place, line in enumerate(shown.lines)
        if line.news
    }
    context = {
        "calls": queries.calls(found.known, by=by, at=at),
        "page": shown, "news": news, "done": pages.done(found, request.GET.get("done", "")), "problem": problem,
        "may_keep": by.may(Permission.PERSON_KEEP),
        "may_join": by.may(Permission.JOIN_PROPOSE), "alike_words": pages.ALIKE,
        "may_refer": by.may(Permission.PERSON_KEEP) and by.may(Permission.REFERRER_READ),
    }  # fmt: skip
    return render(request, "contacts/people.html", context, status=status)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
@require_POST
def people_back(request: Any, key: UUID) -> HttpResponse:
    """Take back what was said of who somebody is."""
    form = forms.BackForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(link="Say which: press the button beside it")
    actions.take_back(key, form.cleaned_data["link"], by=request.actor, at=request.at)
    return _back(request, key)


@address(Kind.COUNCIL, Permission.REFERRER_READ)
def people_referrer(request: Any, key: UUID) -> HttpResponse:
    """Say that who told us is family and need not be kept from it, so that they are matched like others."""
    brief = queries.receipt_of(key, by=request.actor)
    page = Step(
        "The person who told us is family", "Name them among the adults", record_of(request, key), brief,
        "They are then named among the adults of this contact and matched with people whom we know. Nothing says there"
        " that they told us. Do it only where it puts nobody in danger.",
    )  # fmt: skip
    form = forms.FamilyForm(request.POST or None)
    return step(
        request, form, lambda typed: actions.referrer_is_family(key, **typed, by=request.actor, at=request.at), page
    )
