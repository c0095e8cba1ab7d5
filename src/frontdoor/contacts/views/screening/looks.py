"""The first look, one contact after the other, and the red flag."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, Permission
from frontdoor.contacts.actions import screening as actions
from frontdoor.contacts.forms import screening as forms
from frontdoor.contacts.pages import people
from frontdoor.contacts.pages import screening as pages
from frontdoor.contacts.queries import people as known_queries
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import Step, after, done, record_of, refused, seen_now, step
from frontdoor.shell.rules import london

MOST_PASSED = 50
"""How many contacts somebody may put off in one go; more than that is a queue of its own."""


@address(Kind.RECEIVING, Permission.CONTACT_LOOK)
@require_safe
def look(request: Any) -> HttpResponse:
    """The next contact that nobody qualified has looked at."""
    return _show(request, queries.open_look(by=request.actor, at=request.at, passed=_passed(request)))


def _passed(request: Any) -> list[UUID]:
    """The contacts that the reader has put off, as the address carries them."""
    try:
        return [UUID(key) for key in request.GET.getlist("skip")[:MOST_PASSED]]
    except ValueError as wrong:
        raise NotFound from wrong


def _show(
    request: Any, found: queries.ToLook | None, form: Any = None, *, missed: Any = None, status: int = 200
) -> HttpResponse:
    """One contact and its three questions; `missed` is what was typed for one that somebody else looked at first."""
    skip = [str(key) for key in _passed(request)]
    shown = pages.look(found, at=request.at) if found else None
    if form is None and found:
        form = forms.LookForm(initial={"seen": found.contact.version})
    lines = people.shown(found.known, request.council.slug, on=london(request.at).date()) if found else ()
    context = {
        "hub": hub(request),
        "known": people.worth_showing(lines),
        "banner": people.banner(found.known) if found else None,
        "calls": known_queries.calls(found.known, by=request.actor, at=request.at) if found else (),
        "form": form,
        "page": shown,
        "missed": missed,
        "danger": request.GET.get("danger", ""),
        "query": _query(skip),
        "put_off": _query([*skip, str(shown.key)]) if shown else "",
        "may_protect": request.actor.may(Permission.CONTACT_PROTECT),
        "may_read": request.actor.may(Permission.CONTACT_READ),
    }
    return render(request, "contacts/screening_look.html", context, status=status)


def _query(skip: list[str], **more: str) -> str:
    parts = [f"skip={key}" for key in skip] + [f"{name}={value}" for name, value in more.items()]
    return f"?{'&'.join(parts)}" if parts else ""


@address(Kind.RECEIVING, Permission.CONTACT_LOOK)
def look_at(request: Any, key: UUID) -> HttpResponse:
    """Look at one contact, and go on to the next at once."""
    if request.method != "POST":
        return _show(request, queries.open_look(by=request.actor, at=request.at, key=key))
    form = forms.LookForm(request.POST)
    if not form.is_valid():
        return _again(request, key, form, status=422)
    try:
        found = actions.look(key, **form.cleaned_data, by=request.actor, at=request.at)
    except InvalidInput as refusal:
        refused(form, refusal)
        return _again(request, key, form, status=422)
    except Conflict as conflict:
        form.data = seen_now(request, conflict)
        return _again(request, key, form, status=409)
    more = {"danger": str(key)} if found.danger == "yes" else {}
    skip = [str(each) for each in _passed(request)]
    return redirect(reverse("contacts:look", args=[request.council.slug]) + _query(skip, **more))


def _again(request: Any, key: UUID, form: Any, *, status: int) -> HttpResponse:
    """The same contact with what was typed; or the next, where somebody else has looked in the meantime."""
    try:
        same = queries.open_look(by=request.actor, at=request.at, key=key)
    except NotFound:
        typed = [form.data.get(name, "") for name in ("open_to", "line")]
        following = queries.open_look(by=request.actor, at=request.at, passed=_passed(request))
        return _show(request, following, missed=" / ".join(filter(None, typed)) or "nothing", status=409)
    return _show(request, same, form, status=status)


@address(Kind.RECEIVING)
def flag(request: Any, key: UUID) -> HttpResponse:
    """Raise a red flag: anybody who may see or take contacts."""
    brief = queries.brief(key, by=request.actor)
    if request.GET.get("done") and request.method != "POST":
        return done(request, "The red flag is raised", brief.receipt)
    page = Step(
        "Raise a red flag", "Raise the flag", after(request, key), brief.receipt,
        "It goes to the top of the queue at once and stays loud until a qualified worker has taken it.",
    )  # fmt: skip
    form = forms.FlagForm(request.POST or None)
    return step(request, form, lambda typed: actions.flag(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
@require_POST
def take_flag(request: Any, key: UUID) -> HttpResponse:
    """Take a red flag."""
    actions.take_flag(key, by=request.actor, at=request.at)
    return redirect(record_of(request, key))
