"""The first look at police notices: one page each, three keys, and the next."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, Permission, StepNotAllowed
from frontdoor.contacts.actions import notices as actions
from frontdoor.contacts.forms.notices import NoticeLookForm
from frontdoor.contacts.pages import notices as pages
from frontdoor.contacts.queries import notices as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import refused, seen_now

MOST_PASSED = 50


@address(Kind.COUNCIL, Permission.CONTACT_LOOK)
def notice_looks(request: Any) -> HttpResponse:
    """How many notices wait for a first look, and the button that brings the first."""
    by, at = request.actor, request.at
    if request.method == "POST":
        return _next(request, actions.begin(by=by, at=at), [])
    found = queries.waits(by=by, at=at)
    missed, danger = request.GET.get("missed", ""), request.GET.get("danger", "")
    context = {"hub": hub(request), "waits": found, "missed": missed == "yes", "danger": _key(danger), "at": at}
    return render(request, "contacts/notices_looks.html", context)


def _key(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError as wrong:
        raise NotFound from wrong


def _passed(request: Any) -> list[UUID]:
    """The notices that the reader has put off, as the address carries them."""
    try:
        return [UUID(key) for key in request.GET.getlist("skip")[-MOST_PASSED:]]
    except ValueError as wrong:
        raise NotFound from wrong


def _next(request: Any, key: UUID | None, passed: list[UUID], **more: str) -> HttpResponse:
    slug = request.council.slug
    where = reverse("contacts:notice-look", args=[slug, key]) if key else reverse("contacts:notice-looks", args=[slug])
    parts = [*(f"skip={each}" for each in passed if key), *(f"{name}={value}" for name, value in more.items())]
    return redirect(f"{where}?{'&'.join(parts)}" if parts else where)


@address(Kind.COUNCIL, Permission.CONTACT_LOOK)
def notice_look(request: Any, key: UUID) -> HttpResponse:
    """One notice with everything that a first look needs; what is saved brings the next at once."""
    by, at, passed = request.actor, request.at, _passed(request)
    if request.method != "POST":
        return _show(request, key)
    if request.POST.get("do") == "later":
        return _next(request, actions.put_off(key, passed=passed, by=by, at=at), [*passed, key])
    form = NoticeLookForm(request.POST)
    if not form.is_valid():
        return _show(request, key, form, status=422)
    try:
        found, following = actions.look_and_next(key, **form.cleaned_data, passed=passed, by=by, at=at)
    except InvalidInput as refusal:
        refused(form, refusal)
        return _show(request, key, form, status=422)
    except (Conflict, StepNotAllowed) as overtaken:
        if isinstance(overtaken, Conflict):
            form.data = seen_now(request, overtaken)
        return _show(request, key, form, status=409)
    more = {"danger": str(key)} if found.danger == "yes" else {}
    return _next(request, following, passed, **more)


def _show(request: Any, key: UUID, form: Any = None, *, status: int = 200) -> HttpResponse:
    """The notice; where somebody else has looked in the meantime, the way to the next."""
    by, at, slug = request.actor, request.at, request.council.slug
    try:
        found = queries.open_notice(key, by=by, at=at)
    except NotFound:
        if status != 409:
            raise
        return redirect(reverse("contacts:notice-looks", args=[slug]) + "?missed=yes")
    page = pages.look(found, slug, at=at)
    context = {
        "hub": hub(request), "page": page, "key": key, "form": form or NoticeLookForm(initial={"seen": page.version}),
        "columns": pages.AROUND_COLUMNS, "query": request.GET.urlencode(), "overtaken": status == 409,
        "danger": _key(request.GET.get("danger", "")), "may_protect": by.may(Permission.CONTACT_PROTECT),
    }  # fmt: skip
    return render(request, "contacts/notices_look.html", context, status=status)
