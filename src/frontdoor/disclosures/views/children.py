"""The ledger of one child over all rooms, and writing down that something was not shared."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.disclosures import forms
from frontdoor.disclosures.actions import copies as actions
from frontdoor.disclosures.pages.children import CHILD_COLUMNS, child_rows
from frontdoor.disclosures.queries import children as queries
from frontdoor.disclosures.queries.children import Ledger, Narrowed
from frontdoor.people.pages.index_around import parts


def _narrowed(request: Any) -> Narrowed:
    """What was asked for; what cannot be read narrows nothing."""
    form = forms.ChildLedgerForm(request.GET or None, recipients=[(request.GET.get("recipient", ""), "")])
    return Narrowed(**form.cleaned_data) if form.is_valid() else Narrowed()


def _shown(request: Any, found: Ledger) -> dict[str, Any]:
    return {
        "filter": forms.ChildLedgerForm(request.GET or None, recipients=found.recipients),
        "columns": CHILD_COLUMNS, "rows": child_rows(found),
    }  # fmt: skip


@address(Kind.COUNCIL, Permission.DISCLOSURE_READ)
@require_safe
def of_contact(request: Any, key: UUID) -> HttpResponse:
    """What was shared about the children of one contact, and what was not."""
    contact, people, found = queries.of_contact(key, _narrowed(request), by=request.actor, at=request.at)
    context = {
        "contact": contact, "people": [each.label for each in people if each.kind in CHILD_KINDS],
        "reads": request.actor.may(Permission.CONTACT_READ), "sends": request.actor.may(Permission.LETTER_SEND),
        **_shown(request, found),
    }  # fmt: skip
    return render(request, "disclosures/of_contact.html", context)


@address(Kind.COUNCIL, Permission.DISCLOSURE_READ)
@require_safe
def of_person(request: Any, key: UUID) -> HttpResponse:
    """What was shared about one person of the index, and what was not."""
    person, found = queries.of_person(key, _narrowed(request), by=request.actor, at=request.at)
    navigation = parts(person, request.council.slug, "disclosures:of-person", by=request.actor)
    context = {"person": person, "navigation": navigation, **_shown(request, found)}
    return render(request, "disclosures/of_person.html", context)


@address(Kind.COUNCIL, Permission.DISCLOSURE_READ)
def not_shared(request: Any, key: UUID) -> HttpResponse:
    """Write down a decision not to share something."""
    contact, people, _ = queries.of_contact(key, by=request.actor, at=request.at)
    children = [(str(each.key), each.label) for each in people if each.kind in CHILD_KINDS]
    form = forms.NotSharedForm(request.POST or None, children=children)
    page = Step(
        title="We decided not to share something", press="Write it down", about=contact.receipt,
        back=reverse("disclosures:of-contact", args=[request.council.slug, key]),
        intro="A decision not to share is recorded with its reason, as one to share is.",
    )  # fmt: skip
    return step(
        request, form,
        lambda said: actions.decide_not_to_share(key, **said, by=request.actor, at=request.at), page,
    )  # fmt: skip
