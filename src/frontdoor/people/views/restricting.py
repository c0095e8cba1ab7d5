"""Pages of records that few may open: the list, one restriction with its steps, declaring, confirming."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.queries import colleagues
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Conflict, InvalidInput, Permission
from frontdoor.people.actions import restricting as actions
from frontdoor.people.actions import restricting_declared as declaring
from frontdoor.people.forms import restricting as forms
from frontdoor.people.pages import restricting as pages
from frontdoor.people.queries import restricting as queries
from frontdoor.people.queries import restricting_declared as declared_queries
from frontdoor.people.rules.restricting import Why

NONE_FOUND = "No record of that name and day of birth is here yet. One is looked for every hour."
keeper = address(Kind.COUNCIL, Permission.RESTRICTION_KEEP)


def step(
    request: Any, form: django_forms.Form, act: Callable[[dict[str, Any]], Any], *, title: str, press: str, back: str,
    intro: str = "", after: str = "", facts: Sequence[tuple[str, str]] = (), quote: tuple[Any, ...] = (),
) -> HttpResponse:  # fmt: skip
    """Show a form, or act on what was typed and go on; what was typed stays, whatever is wrong with it."""
    overtaken, status = False, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
                return redirect(after or back)
            except InvalidInput as refusal:
                for name, words in refusal.problems.items():
                    form.add_error(name if name in form.fields else None, words)
            except Conflict as conflict:
                overtaken, status = True, 409
                typed = request.POST.copy()
                typed["seen"] = str(conflict.now)
                form.data = typed
    context = {
        "form": form, "title": title, "press": press, "back": back, "intro": intro, "overtaken": overtaken,
        "facts": facts, "quote": quote,
    }  # fmt: skip
    return render(request, "people/restriction_step.html", context, status=status)


def _here(request: Any, name: str, *keys: UUID) -> str:
    return reverse(f"people:{name}", args=[request.council.slug, *keys])


def _people(request: Any) -> list[tuple[int, str]]:
    return [(each.id, each.name) for each in colleagues(by=request.actor, at=request.at)]


@keeper
@require_safe
def restrictions(request: Any) -> HttpResponse:
    """Every restriction in force, those due for a look first."""
    found = queries.restrictions(by=request.actor, at=request.at)
    context = {"columns": pages.COLUMNS, "rows": pages.rows(found, request.council.slug, at=request.at)}
    return render(request, "people/restriction_list.html", context)


@keeper
def restrict(request: Any, key: UUID) -> HttpResponse:
    """Shut a record to everybody who is not named."""
    by, at = request.actor, request.at
    label = queries.label_of(key, by=by, at=at)
    people = [(each.id, each.name) for each in queries.keepers(by=by, at=at)]
    form = forms.RestrictForm(request.POST or None, people=people, initial={"owner": by.user_id})
    return step(
        request, form, lambda typed: actions.restrict(key, given=Why(**typed), by=by, at=at),
        title=f"Restrict the record of {label}", press="Restrict it", back=_here(request, "person", key),
        after=_here(request, "restrictions"),
        intro="From now on nobody opens it who is not named: not you either. You name them next. Links, notes and "
        "everything else about this person are shut with it.",
    )  # fmt: skip


@keeper
@require_safe
def restriction(request: Any, key: UUID) -> HttpResponse:
    """One restriction: why, who may open the record, who never may, what was done."""
    found = queries.open_restriction(key, by=request.actor, at=request.at)
    page = pages.detail(found, request.council.slug, by=request.actor.user_id, at=request.at)
    columns = {
        "readers": pages.READER_COLUMNS, "barred": pages.BARRED_COLUMNS, "history": pages.HISTORY_COLUMNS,
    }  # fmt: skip
    return render(request, "people/restriction_one.html", {"page": page, "columns": columns})


def _opened(request: Any, key: UUID) -> dict[str, Any]:
    """The restriction whole, as what its forms begin with; its opening is an entry."""
    return {"seen": queries.open_restriction(key, by=request.actor, at=request.at).restriction.version}


@keeper
def review(request: Any, key: UUID) -> HttpResponse:
    """Find that a record must stay restricted."""
    form = forms.WhyForm(request.POST or None, initial=_opened(request, key))
    return step(
        request, form, lambda typed: actions.review(key, **typed, by=request.actor, at=request.at),
        title="Look again whether it must stay restricted", press="It must stay restricted",
        back=_here(request, "restriction", key),
        intro="Another person than the one who restricted it says so. If it need not stay, end the restriction.",
    )  # fmt: skip


@keeper
def end(request: Any, key: UUID) -> HttpResponse:
    """End a restriction."""
    form = forms.WhyForm(request.POST or None, initial=_opened(request, key))
    return step(
        request, form, lambda typed: actions.end(key, **typed, by=request.actor, at=request.at),
        title="End the restriction", press="End it", back=_here(request, "restriction", key),
        intro="The record opens to everybody who reads records of people here, unless another restriction stands.",
    )  # fmt: skip


@keeper
def name_reader(request: Any, key: UUID) -> HttpResponse:
    """Let somebody open the record."""
    _opened(request, key)
    form = forms.ReaderForm(request.POST or None, people=_people(request), initial={"first": request.at.date()})

    def act(typed: dict[str, Any]) -> None:
        given = {"user": typed["user"], "why": typed["why"], **form.times}
        actions.name_reader(key, **given, by=request.actor, at=request.at)

    return step(
        request, form, act, title="Let somebody open the record", press="Let them",
        back=_here(request, "restriction", key),
    )  # fmt: skip


@keeper
def bar(request: Any, key: UUID) -> HttpResponse:
    """Say who may never open the record."""
    _opened(request, key)
    people = [(number, name) for number, name in _people(request) if number != request.actor.user_id]
    form = forms.BarForm(request.POST or None, people=people)
    return step(
        request, form, lambda typed: actions.bar(key, **typed, by=request.actor, at=request.at),
        title="Say who may never open it", press="Save", back=_here(request, "restriction", key),
        intro="For them there is no such record, whatever else is said of it: not by name, not with a reason.",
    )  # fmt: skip


@keeper
def end_reader(request: Any, key: UUID) -> HttpResponse:
    """Take access by name back."""
    who = queries.reader_of(key, by=request.actor, at=request.at)
    return step(
        request, django_forms.Form(request.POST if request.method == "POST" else None),
        lambda typed: actions.end_reader(key, by=request.actor, at=request.at), title=f"{who}: end this access",
        press="End it now", back=_here(request, "restrictions"), intro="They cannot open the record from now on.",
    )  # fmt: skip


@keeper
def unbar(request: Any, key: UUID) -> HttpResponse:
    """End a bar that was a mistake."""
    who = queries.barred_of(key, by=request.actor, at=request.at)
    return step(
        request, django_forms.Form(request.POST if request.method == "POST" else None),
        lambda typed: actions.unbar(key, by=request.actor, at=request.at), title=f"{who}: end the bar",
        press="End the bar", back=_here(request, "restrictions"),
        intro="Only if it was a mistake. If the record is restricted, they still have to be named for it.",
    )  # fmt: skip


@address(Kind.COUNCIL)
def mine(request: Any) -> HttpResponse:
    """Oneself and one's relatives, whose records one may never open."""
    form = forms.DeclareForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                declaring.declare(**form.cleaned_data, by=request.actor, at=request.at)
                return redirect(request.path)
            except InvalidInput as refusal:
                for name, words in refusal.problems.items():
                    form.add_error(name, words)
    declared = declared_queries.mine(by=request.actor)
    facts = [(f"{each.given_name} {each.family_name}", each.get_ground_display()) for each in declared]
    return render(request, "people/restriction_mine.html", {"form": form, "facts": facts}, status=status)


@address(Kind.COUNCIL, Permission.MATCH_EXPLAIN)
@require_safe
def declared(request: Any) -> HttpResponse:
    """What our own people declared, and which records were found."""
    found = declared_queries.waiting(by=request.actor, at=request.at)
    context = {"columns": pages.DECLARED_COLUMNS, "rows": pages.declared_rows(found, request.council.slug)}
    return render(request, "people/restriction_declared.html", context)


@address(Kind.COUNCIL, Permission.MATCH_EXPLAIN)
def answer_declared(request: Any, key: UUID) -> HttpResponse:
    """Say which record is truly the one."""
    found = declared_queries.one_waiting(key, by=request.actor, at=request.at)
    form = forms.AnswerForm(
        request.POST or None, found=pages.choices(found), initial={"seen": found.declared.version}
    )  # fmt: skip
    who = f"{found.declared.given_name} {found.declared.family_name}"
    return step(
        request, form, lambda typed: declaring.answer_declared(key, **typed, by=request.actor, at=request.at),
        title=f"Declared by {found.who}: {who}", press="Save", back=_here(request, "declared"),
        intro="" if found.found else NONE_FOUND,
    )  # fmt: skip
