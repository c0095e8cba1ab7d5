"""What became of the children about whom one decided; and what one keeps of it for supervision."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.queries.history import own_decision
from frontdoor.desk import actions
from frontdoor.desk.forms.chronology import LearningForm
from frontdoor.desk.pages import afterwards as pages
from frontdoor.desk.queries.afterwards import afterwards as query
from frontdoor.desk.queries.afterwards import kept_of


@address(Kind.MERGED, Permission.CONTACT_SCREEN)
def afterwards(request: Any) -> HttpResponse:
    """One's own decisions after one, three and six months: seen by oneself alone, counted by nobody."""
    found = query(request.standing.councils, by=request.actor, at=request.at)
    return render(request, "desk/afterwards.html", {"rows": pages.rows(found), "columns": pages.COLUMNS})


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def supervision(request: Any, key: UUID) -> HttpResponse:
    """Keep one's own decision for supervision, or let it go."""
    own = own_decision(key, by=request.actor)
    kept = kept_of(key, by=request.actor)
    form = LearningForm(request.POST or None, initial={"words": kept})
    if request.method == "POST" and kept and "let_go" in request.POST:
        actions.let_go(key, by=request.actor, at=request.at)
        return redirect("desk:afterwards")
    if request.method == "POST" and form.is_valid():
        actions.keep_for_supervision(key, words=form.cleaned_data["words"], by=request.actor, at=request.at)
        return redirect("desk:afterwards")
    context = {"form": form, "own": own, "kept": kept}
    return render(request, "desk/supervision.html", context, status=422 if request.method == "POST" else 200)
