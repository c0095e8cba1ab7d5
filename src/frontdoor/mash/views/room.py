"""What a partner says while we sit together, written down by anyone who works on the enquiry."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.mash.actions import asking as actions
from frontdoor.mash.forms.asking import RoomForm
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.queries.enquiries.opening import open_enquiry
from frontdoor.mash.rules.asking.states import State


@address(Kind.COUNCIL, Permission.MASH_WORK)
def said(request: Any, key: UUID) -> HttpResponse:
    """Write down in two lines what a partner said in the room."""
    found = open_enquiry(key, by=request.actor, at=request.at)
    asked = [each.request for each in found.requests if each.request.state != State.STOPPED]
    agencies = [(str(row.key), row.desk.name) for row in asked]
    people = [(str(each.key), name_of(each)) for each in found.people if each.same_as_id is None]
    first: dict[str, Any] = {"about": [str(each.key) for each in found.children]}
    first |= {"request": agencies[0][0]} if len(agencies) == 1 else {}
    form = RoomForm(request.POST or None, agencies=agencies, people=people, initial=first)
    page = Step(
        title="Said in the room", press="Write it down", about=found.enquiry.reference,
        back=reverse("mash:enquiry", args=[request.council.slug, key]),
        intro="In their words. They confirm it at their own desk with one key, or put it right.",
        over="" if agencies else "Nobody was asked in this enquiry yet. Ask their agency first (Agencies asked); then "
        "write here what they said.",
    )  # fmt: skip

    def do(_: dict[str, Any]) -> object:
        return actions.say_in_room(key, actions.InRoom(**form.typed()), by=request.actor, at=request.at)

    return step(request, form, do, page)
