"""Pages of breaking the glass: asking for a reason, closing again, and looking at each."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.access.views.step_up import ask_factor, factor_given_again, spend_factor
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.people.actions import restricting_glass as actions
from frontdoor.people.forms import restricting as forms
from frontdoor.people.pages import restricting as pages
from frontdoor.people.queries import restricting as queries
from frontdoor.people.rules.restricting import FRESH
from frontdoor.people.views.restricting import step
from frontdoor.shell.rules import moment

asker = address(Kind.COUNCIL, Permission.RESTRICTED_ASK)
looker = address(Kind.COUNCIL, Permission.GLASS_REVIEW)
GLASS_BROKEN = "glass_broken"
"""What the session keeps: that it broke a glass, so that every page looks whether one is open still."""


@asker
def glass(request: Any, key: UUID) -> HttpResponse:
    """Whom to call; or, with the second step given again and a reason, open the record."""
    by, at = request.actor, request.at
    called = queries.asked_for(key, by=by, at=at)
    given = factor_given_again(request)
    ready = given is not None and at - given <= FRESH
    form = forms.GlassForm(request.POST if request.method == "POST" and "why" in request.POST else None)
    if request.method == "POST" and not ready:
        return ask_factor(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.break_glass(key, **form.cleaned_data, factor_given_at=given, by=by, at=at)
        except InvalidInput as refusal:
            for name, words in refusal.problems.items():
                form.add_error(name, words)
        else:
            spend_factor(request)
            request.session[GLASS_BROKEN] = True
            return redirect("people:person", request.council.slug, queries.person_of_glass(made, by=by))
    context = {"form": form, "called": called, "ready": ready}
    return render(request, "people/restriction_glass.html", context, status=422 if form.is_bound else 200)


@asker
def end_glass(request: Any, key: UUID) -> HttpResponse:
    """Close a record that one had opened."""
    queries.own_glass(key, by=request.actor)
    return step(
        request, Form(request.POST if request.method == "POST" else None),
        lambda typed: actions.end_glass(key, by=request.actor, at=request.at),
        title="Close the record again", press="Close it", back=reverse("desk:home"),
        intro="You cannot open it any more from now on. What you wrote, and when you opened it, stays.",
    )  # fmt: skip


@looker
@require_safe
def glasses(request: Any) -> HttpResponse:
    """Every breaking of the glass, those first at which nobody has looked."""
    found = queries.broken(by=request.actor, at=request.at)
    context = {"columns": pages.BROKEN_COLUMNS, "rows": pages.broken_rows(found, request.council.slug)}
    return render(request, "people/restriction_glasses.html", context)


@looker
def look(request: Any, key: UUID) -> HttpResponse:
    """Look at one breaking of the glass, and say what one finds."""
    found = queries.open_broken(key, by=request.actor, at=request.at)
    back = reverse("people:glasses", args=[request.council.slug])
    if (found.glass.reviewed_at or found.own) and request.method == "GET":
        context = {"found": found, "facts": pages.broken_facts(found), "back": back}
        return render(request, "people/restriction_looked.html", context)
    form = forms.FindingForm(request.POST or None, initial={"seen": found.glass.version})
    return step(
        request, form, lambda typed: actions.look_at_glass(key, **typed, by=request.actor, at=request.at),
        title="A record was opened with a reason", press="Save", back=back, facts=pages.broken_facts(found),
        quote=(found.glass.why, found.who, moment(found.glass.at)),
    )  # fmt: skip
