"""The page on which somebody says that children of an incident are another council's."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.actions.beside_children import NO_AGREEMENT, pass_children
from frontdoor.contacts.forms.beside import BesideForm
from frontdoor.contacts.pages import beside as pages
from frontdoor.contacts.queries.beside import Choosing, choosing
from frontdoor.contacts.rules.states import ENDED
from frontdoor.contacts.views.screening.steps import Step, record_of, step

LAST = (
    "One child of this contact is ours, and at least one stays ours. Where all of them are the other council’s, "
    "recommend that it takes them on."
)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def children(request: Any, key: UUID) -> HttpResponse:
    """Pass children of this incident to the council whose they are."""
    found = choosing(key, by=request.actor, at=request.at)
    page = Step(
        title="Children of another council", press="Pass them on", back=record_of(request, key),
        about=found.contact.receipt, over=_over(found),
        intro="A contact of the same incident arises in that council, with our first time and a clock of its own. Each"
        " council sees of the other’s record its number, where it stands and whom to call, and nothing more.",
    )  # fmt: skip
    places = [(str(place.pk), place.name) for place in found.councils]
    form = BesideForm(
        request.POST or None, initial=pages.first(found) if found.councils else {}, people=pages.people(found),
        councils=places,
    )  # fmt: skip
    return step(request, form, lambda typed: pass_children(key, **typed, by=request.actor, at=request.at), page)


def _over(found: Choosing) -> str:
    """Why nobody can be passed on from here."""
    if found.contact.state in ENDED:
        return f"{found.contact.get_state_display()}. Nobody is passed on from a contact that has ended."
    if not found.councils:
        return NO_AGREEMENT
    if not found.children:
        return "No child of this contact is left to be passed on."
    if len(found.children) == 1:
        return LAST
    return ""
