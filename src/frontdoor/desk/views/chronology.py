"""One person's chronology, the family's with it, and the marks that workers set in it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.contacts.queries.belonging import contacts_of
from frontdoor.councils.rules import london_day
from frontdoor.desk.forms.chronology import MarkForm
from frontdoor.desk.pages import chronology as pages
from frontdoor.desk.queries.chronology import CONTACT
from frontdoor.desk.queries.chronology import chronology as query
from frontdoor.people.actions import marks as actions
from frontdoor.people.queries import index, marks


@address(Kind.COUNCIL, Permission.PERSON_READ)
def chronology(request: Any, key: UUID) -> HttpResponse:
    """Everything that is known to have happened to somebody, or to everybody in the family, with the age at each."""
    whole, oldest = request.GET.get("of") == "family", request.GET.get("first") == "oldest"
    found = query(key, whole=whole, by=request.actor, at=request.at)
    page = pages.page(
        found, council=request.council, whole=whole, oldest=oldest, by=request.actor, today=london_day(request.at)
    )
    return render(request, "desk/chronology.html", {"page": page, "pages": pages, "key": key, "oldest": oldest})


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def mark(request: Any, key: UUID, event: UUID) -> HttpResponse:
    """Mark a contact in somebody's chronology as significant and say why, or take one's own mark back."""
    person = index.person_of(key, by=request.actor)
    told = contacts_of([(CONTACT, str(event))], by=request.actor).get((CONTACT, str(event)))
    if told is None:
        raise NotFound
    back = reverse("child:chronology", args=[request.council.slug, key])
    said = [each for each in marks.marks_of([person.pk], by=request.actor) if each.event_key == event]
    mine = next((each for each in said if each.said_by == request.actor.user_id), None)
    form = MarkForm(request.POST or None, initial={"words": mine.words if mine else ""})
    if request.method == "POST" and mine and "unmark" in request.POST:
        actions.unmark(mine.key, by=request.actor, at=request.at)
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        actions.mark(key, (CONTACT, event), words=words, by=request.actor, at=request.at)
        return redirect(back)
    context = {"form": form, "person": person, "told": told, "mine": mine, "back": back}
    return render(request, "desk/chronology_mark.html", context, status=422 if request.method == "POST" else 200)
