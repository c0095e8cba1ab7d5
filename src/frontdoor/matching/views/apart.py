"""Pages of records that are kept apart: the list, saying so, ending it, agreeing that a secret pair ends."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission
from frontdoor.matching.actions import apart as actions
from frontdoor.matching.forms import apart as forms
from frontdoor.matching.pages import apart as pages
from frontdoor.matching.queries import apart as queries
from frontdoor.matching.views.joining import acted, key_in
from frontdoor.people.models import Person
from frontdoor.people.pages.index_around import parts

NONE_SUCH = "No record of that address is here that you may open"
keeper = address(Kind.COUNCIL, Permission.APART_KEEP)


@keeper
@require_safe
def apart(request: Any) -> HttpResponse:
    """The pairs that are kept apart; of the secret ones one's own alone."""
    found = queries.open_pairs(by=request.actor, at=request.at)
    context = {"columns": pages.COLUMNS, "rows": pages.rows(found, request.council.slug)}
    return render(request, "matching/apart_list.html", context)


@keeper
def keep(request: Any, key: UUID) -> HttpResponse:
    """Say that this record and another are never to be offered as one; both are shown by name before it is done."""
    by, at, slug = request.actor, request.at, request.council.slug
    person = queries.open_record(key, by=by, at=at)
    form = forms.ApartForm(request.POST or None)
    named = _other(form, request) if form.is_valid() else None
    status = 422 if request.method == "POST" and named is None else 200
    if named is not None and request.POST.get("sure") == str(named.key):
        said = {name: form.cleaned_data[name] for name in ("ground", "why")}
        status = acted(form, lambda: actions.keep_apart(person.key, named.key, **said, by=by, at=at))
        if status == 200:
            return redirect("matching:apart", council=slug)
    context = {
        "form": form, "person": person, "named": named, "navigation": parts(person, slug, "matching:keep-apart", by=by),
        "restrict": reverse("people:restrict", args=[slug, key]) if by.may(Permission.RESTRICTION_KEEP) else "",
    }  # fmt: skip
    return render(request, "matching/apart_keep.html", context, status=status)


def _other(form: forms.ApartForm, request: Any) -> Person | None:
    """The record that was named, where it may be opened; else the form says so."""
    try:
        if key := key_in(form.cleaned_data["other"]):
            return queries.open_record(key, by=request.actor, at=request.at)
    except NotFound:
        pass
    form.add_error("other", NONE_SUCH)
    return None


@keeper
def end(request: Any, key: UUID) -> HttpResponse:
    """End what keeps two records apart; of a secret pair ask that somebody else says so too."""
    pair = queries.open_pair(key, by=request.actor, at=request.at)
    form = forms.WhyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = acted(form, lambda: actions.end(key, **form.cleaned_data, by=request.actor, at=request.at))
        if status == 200:
            return redirect("matching:apart", council=request.council.slug)
    context = {
        "form": form, "facts": pages.facts(pair), "secret": pair.row.hidden,
        "back": reverse("matching:apart", args=[request.council.slug]),
    }  # fmt: skip
    return render(request, "matching/apart_end.html", context, status=status)


@keeper
def agree(request: Any) -> HttpResponse:
    """Agree that a secret pair may be offered as one again, by naming both records."""
    form = forms.AgreeForm(request.POST or None)
    status = 200

    def act() -> None:
        one, other = (key_in(form.cleaned_data[name]) for name in ("one", "other"))
        try:
            if not one or not other:
                raise NotFound
            actions.agree_to_end(one, other, why=form.cleaned_data["why"], by=request.actor, at=request.at)
        except NotFound as absent:
            raise InvalidInput(other=NONE_SUCH) from absent

    if request.method == "POST":
        status = acted(form, act)
        if status == 200:
            return redirect("matching:apart", council=request.council.slug)
    context = {"form": form, "back": reverse("matching:apart", args=[request.council.slug])}
    return render(request, "matching/apart_agree.html", context, status=status)
