"""Search: the whole page, and its part that is shown while somebody types."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.desk import queries
from frontdoor.desk.forms.searching import SearchForm
from frontdoor.desk.pages import searching as pages
from frontdoor.shell.rules import london


@address(Kind.MERGED, Permission.PERSON_READ)
def search(request: Any) -> HttpResponse:
    """Find people with their families, and contacts, by whatever is known of somebody."""
    form = SearchForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "asked": False, "narrowed": bool(form.is_bound and form.narrowed)}
    if request.method == "POST" and form.is_valid():
        context |= _found(request, form, typing=False)
    status = 422 if request.method == "POST" and not context["asked"] else 200
    return render(request, "desk/search.html", context, status=status)


@address(Kind.MERGED, Permission.PERSON_READ)
@require_POST
def typed(request: Any) -> HttpResponse:
    """The people whom the words fit that stand in the box now, as a part of the page."""
    form = SearchForm(request.POST)
    if not form.is_valid() or not form.question(london(request.at).date()).enough:
        return HttpResponse("")
    return render(request, "desk/search_people.html", _found(request, form, typing=True))


def _found(request: Any, form: SearchForm, *, typing: bool) -> dict[str, Any]:
    at = request.at
    wanted = None if typing else form.wanted()
    question = form.question(london(at).date())
    answer = queries.find(request.standing.councils, question, wanted, by=request.actor, at=at)
    return {
        "asked": True,
        "answer": answer,
        "enough": question.enough,
        "families": pages.family_tables(answer, at=at),
        "family_columns": pages.FAMILY,
        "said": pages.said(answer),
        "banners": pages.banners(answer),
        "call": [(here.call, here.place.slug) for here in answer.people],
        "new": [(here.place.name, here.new) for here in answer.people if here.new],
        "rows": pages.found_rows(answer.contacts),
        "columns": pages.FOUND,
        "more": answer.more,
    }
