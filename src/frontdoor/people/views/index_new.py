"""Pages on which somebody is written down who was not known, and a birth is recorded."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.people.actions import index as actions
from frontdoor.people.actions.index_births import born as record_birth
from frontdoor.people.forms.index_new import BornForm, NewForm
from frontdoor.people.pages.index_new import has_searched, search_href
from frontdoor.people.queries import index as queries
from frontdoor.people.views.index import home_of, refused, sheet
from frontdoor.shell.rules import london


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def new(request: Any) -> HttpResponse:
    """Write down somebody who was searched for and not found."""
    by, at = request.actor, request.at
    word = request.POST.get("searched", "") or request.GET.get("searched", "")
    search = search_href()
    searched = has_searched(word, by=by)
    if not searched and request.method != "POST":
        return render(request, "people/person_search_first.html", {"search": search})
    form = NewForm(request.POST or None, initial={"searched": word})
    if request.method == "POST" and not searched:
        form.add_error(None, "Search first: nobody is written down who was not searched for today")
    elif request.method == "POST" and form.is_valid():
        try:
            made = actions.make(**form.given(london(at).date()), by=by, at=at)
            return redirect(home_of(request, made.key))
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {"form": form, "search": search}
    return render(request, "people/person_new.html", context, status=422 if request.method == "POST" else 200)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def born(request: Any, key: UUID) -> HttpResponse:
    """An unborn child is born; several may be."""
    by, at = request.actor, request.at
    whose = queries.name_of(key, by=by, at=at)
    form = BornForm(request.POST or None, initial={"seen": whose.version}, family_name=whose.family_name)

    def act() -> None:
        said = form.cleaned_data
        record_birth(key, form.children(), day=said["day"], source=form.where_from(), seen=said["seen"], by=by, at=at)

    over = "" if whose.expected_on else "The birth is recorded. A wrong date of birth is corrected on the record."
    return sheet(
        request, form, act, whose=whose, title="Record the birth", press="Record the birth", over=over,
        intro="The record stays the same one, with everything that was known. Children born together get records of "
        "their own, which share it.",
    )  # fmt: skip
