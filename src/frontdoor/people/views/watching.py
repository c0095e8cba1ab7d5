"""Pages of openings that nothing explains: for those who watch over access, and for whoever is asked."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.people.actions import watching as actions
from frontdoor.people.forms import watching as forms
from frontdoor.people.pages import watching as pages
from frontdoor.people.queries import watching as queries
from frontdoor.people.views.restricting import step

watcher = address(Kind.COUNCIL, Permission.TRAIL_READ)


@watcher
@require_safe
def watched(request: Any) -> HttpResponse:
    """Who opened records with nothing in hand, what waits first."""
    rows, names = queries.watched(by=request.actor, at=request.at)
    context = {
        "columns": pages.WATCHED_COLUMNS,
        "rows": pages.watched_rows(rows, names, request.council.slug, at=request.at),
    }
    return render(request, "people/watched_list.html", context)


@watcher
def watched_one(request: Any, key: UUID) -> HttpResponse:
    """One of them: what is known, what they said, what was found."""
    by, at, slug = request.actor, request.at, request.council.slug
    found = queries.open_watched(key, by=by, at=at)
    back = reverse("people:watched", args=[slug])
    if found.row.answered_at is not None and request.method != "POST":
        return render(request, "people/watched_one.html", {"found": found, "facts": pages.facts(found), "back": back})
    form = forms.AnswerForm(request.POST or None, initial={"seen": found.row.version})
    return step(
        request, form, lambda typed: actions.answer(key, **typed, by=by, at=at),
        title="Opened with no reason that we know of", press="Save", back=back, facts=pages.facts(found),
        intro="Which records they were, and each opening, stands in the trail of the account. Most such openings have "
        "a good reason: hear it first.",
    )  # fmt: skip


@address(Kind.COUNCIL)
@require_safe
def asked(request: Any) -> HttpResponse:
    """What one is asked oneself."""
    rows = queries.asked(by=request.actor, at=request.at)
    context = {"columns": pages.ASKED_COLUMNS, "rows": pages.asked_rows(rows, request.council.slug)}
    return render(request, "people/asked_list.html", context)


@address(Kind.COUNCIL)
def asked_one(request: Any, key: UUID) -> HttpResponse:
    """One day's openings: why one opened them, in one's own words, and what was found."""
    by, at, slug = request.actor, request.at, request.council.slug
    found = queries.open_asked(key, by=by, at=at)
    form = forms.SayForm(request.POST or None, initial={"seen": found.row.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.say(key, **form.cleaned_data, by=by, at=at)
                return redirect("people:asked", council=slug)
            except InvalidInput as refusal:
                form.add_error("words", "; ".join(refusal.problems.values()))
    row = found.row
    context = {
        "form": form, "found": found, "facts": pages.facts(found, own=True),
        "back": reverse("people:asked", args=[slug]), "waits": row.said_at is None and row.answered_at is None,
    }  # fmt: skip
    return render(request, "people/asked_one.html", context, status=status)
