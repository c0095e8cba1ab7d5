"""Pages of directions: mine, what has come back to me, one direction and what may be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.directions import actions, forms, pages, queries
from frontdoor.shell.pages import paging, unseal


def _slugs(request: Any) -> dict[int, str]:
    return {request.council.id: request.council.slug}


def _asked(request: Any, name: str, key: str) -> dict[str, Any]:
    """What a list is asked: as whom, at which instant, after which row; and to count all.

    :raises NotFound: the place in the list was made up
    """
    after = unseal(name, request.GET.get(key, ""))
    return {"by": request.actor, "at": request.at, "after": after, "limit": queries.PAGE, "count": True}


@require_safe
@address(Kind.COUNCIL, Permission.DIRECTION_DO)
def mine(request: Any) -> HttpResponse:
    """What I or my teams have to do."""
    rows = queries.mine(**_asked(request, "mine", "after"))
    context = {
        "rows": pages.mine_rows(rows, _slugs(request), at=request.at), "columns": pages.MINE_COLUMNS,
        "paging": paging("mine", rows, request.GET),
    }  # fmt: skip
    return render(request, "directions/mine.html", context)


@require_safe
@address(Kind.COUNCIL, Permission.DIRECTION_GIVE)
def back(request: Any) -> HttpResponse:
    """What I gave and what has come back on its day; and what drifts, whoever gave it."""
    at, slugs = request.at, _slugs(request)
    due = queries.given_by_me_due(**_asked(request, "due", "after"))
    drifting = queries.drifting(**_asked(request, "drifting", "drifting"))
    context = {
        "due": pages.given_rows(due, slugs, at=at), "drifting": pages.given_rows(drifting, slugs, at=at),
        "columns": pages.GIVEN_COLUMNS, "due_paging": paging("due", due, request.GET),
        "drifting_paging": paging("drifting", drifting, request.GET, key="drifting"),
    }  # fmt: skip
    return render(request, "directions/back.html", context)


def _open(request: Any, key: UUID) -> pages.Detail:
    """The direction whole: its opening is an entry in the trail."""
    found = queries.open_direction(key, by=request.actor, at=request.at)
    return pages.detail(found, request.council.slug, at=request.at)


@require_safe
@address(Kind.COUNCIL)
def detail(request: Any, key: UUID) -> HttpResponse:
    """One direction, with the form that says that it is done."""
    found = _open(request, key)
    form = forms.DoneForm(initial=_seen(found))
    return render(request, "directions/detail.html", {"detail": found, "done": form, "form": None})


@require_POST
@address(Kind.COUNCIL, Permission.DIRECTION_DO)
def do(request: Any, key: UUID) -> HttpResponse:
    """Write down that it is done."""
    form = forms.DoneForm(request.POST)
    if form.is_valid():
        actions.do(key, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect("directions:detail", request.council.slug, key)
    found = _open(request, key)
    return render(request, "directions/detail.html", {"detail": found, "done": form, "form": form}, status=422)


@require_POST
@address(Kind.COUNCIL, Permission.DIRECTION_GIVE)
def check(request: Any, key: UUID) -> HttpResponse:
    """The giver has looked at the evidence."""
    form = forms.SeenForm(request.POST)
    if not form.is_valid():
        return redirect("directions:detail", request.council.slug, key)
    actions.check(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    return redirect("directions:back", request.council.slug)


def _seen(found: pages.Detail) -> dict[str, Any]:
    return {"seen": found.open.row.version}


def _act(
    request: Any,
    found: pages.Detail,
    form: django_forms.Form,
    action: Callable[..., object],
    *,
    title: str,
    press: str,
) -> HttpResponse:
    """Show a form about one direction, or do what it says and go back to it."""
    key = found.open.row.key
    if request.method == "POST" and form.is_valid():
        try:
            action(key, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("directions:detail", request.council.slug, key)
        except InvalidInput as refusal:
            for name, words in refusal.problems.items():
                form.add_error({"due": "due_at"}.get(name, name), words)
    context = {"form": form, "detail": found, "title": title, "press": press}
    return render(request, "directions/act.html", context, status=422 if request.method == "POST" else 200)


@address(Kind.COUNCIL, Permission.DIRECTION_GIVE)
def ask(request: Any, key: UUID) -> HttpResponse:
    """Write down that somebody asked whether it is done."""
    form, title = forms.AskForm(request.POST or None), "Ask whether it is done"
    return _act(request, _open(request, key), form, actions.ask, title=title, press="Write it down")


@address(Kind.COUNCIL, Permission.DIRECTION_GIVE)
def move(request: Any, key: UUID) -> HttpResponse:
    """Name another time, with a reason."""
    found = _open(request, key)
    form = forms.MoveForm(request.POST or None, initial=_seen(found))
    return _act(request, found, form, actions.move, title="Name another time", press="Move")


@address(Kind.COUNCIL, Permission.DIRECTION_GIVE)
def reopen(request: Any, key: UUID) -> HttpResponse:
    """Give it back: the evidence does not show that it was done."""
    found = _open(request, key)
    form = forms.ReopenForm(request.POST or None, initial=_seen(found))
    return _act(request, found, form, actions.reopen, title="It was not done", press="Give it back")


@address(Kind.COUNCIL, Permission.DIRECTION_GIVE)
def withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take a direction back, with a reason."""
    found = _open(request, key)
    form = forms.WithdrawForm(request.POST or None, initial=_seen(found))
    return _act(request, found, form, actions.withdraw, title="Take it back", press="Take it back")
