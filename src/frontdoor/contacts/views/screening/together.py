"""Contacts that belong together, and the two records of agreement and lawful basis."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission
from frontdoor.contacts.actions import screening as actions
from frontdoor.contacts.forms import screening as forms
from frontdoor.contacts.queries import record
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.views.screening.steps import Step, record_of, step


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def link(request: Any, key: UUID) -> HttpResponse:
    """Say that two contacts belong together."""
    brief = queries.brief(key, by=request.actor)
    known = {name: request.GET.get(name, "") for name in ("receipt", "kind")}
    form = forms.LinkForm(request.POST or None, initial={"seen": brief.version, **known})
    page = Step(
        "Link to another contact", "Link them", record_of(request, key), brief.receipt,
        "A duplicate is closed into the contact that came first. It keeps its own time and source, and whoever told us"
        " is still owed an answer.",
    )  # fmt: skip

    def act(typed: dict[str, Any]) -> None:
        try:
            other = record.by_receipt(typed.pop("receipt"), by=request.actor)
        except NotFound as missing:
            raise InvalidInput(receipt="There is no contact of this council with that number") from missing
        actions.link(key, other, **typed, by=request.actor, at=request.at)

    return step(request, form, act, page)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def unlink(request: Any, key: UUID) -> HttpResponse:
    """Undo a link."""
    contact = queries.contact_of_link(key, by=request.actor)
    page = Step(
        "Undo a link", "Undo it", record_of(request, contact.key), contact.receipt,
        "A duplicate is opened again with its first time; nothing restarts its clock.",
    )  # fmt: skip
    form = forms.WhyForm(request.POST or None, initial={"seen": contact.version})
    return step(
        request, form, lambda typed: actions.unlink(key, why=typed["why"], by=request.actor, at=request.at), page
    )


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def agreement(request: Any, key: UUID) -> HttpResponse:
    """Write down whether somebody agrees to a service or a referral."""
    brief = queries.brief(key, by=request.actor, people=True, at=request.at)
    form = forms.AgreementForm(request.POST or None, initial={"seen": brief.version}, people=brief.people)
    page = Step(
        "Agreement", "Save", record_of(request, key), brief.receipt,
        "This is agreement to a service or a referral. Why information may be shared is another record.",
        keeps=("agreement", key),
    )  # fmt: skip
    return step(
        request, form, lambda typed: actions.record_agreement(key, **typed, by=request.actor, at=request.at), page
    )


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def basis(request: Any, key: UUID) -> HttpResponse:
    """Write down the lawful basis for using or sharing information."""
    brief = queries.brief(key, by=request.actor)
    form = forms.BasisForm(request.POST or None, initial={"seen": brief.version})
    page = Step(
        "Lawful basis", "Save", record_of(request, key), brief.receipt,
        "This is not agreement. Whether the family agrees is another record.", keeps=("basis", key),
    )  # fmt: skip
    return step(request, form, lambda typed: actions.record_basis(key, **typed, by=request.actor, at=request.at), page)
