"""Who asks, what for, about whom, and the search: one small page each."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.disclosures import actions, forms
from frontdoor.disclosures.views.steps import act, opened, seen


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def asker(request: Any, key: UUID) -> HttpResponse:
    """Who asks, and how that was checked."""
    found = opened(request, key)
    row = found.request
    initial = seen(
        found, name=row.asker_name, role=row.asker_role, agency=row.asker_agency, reply_to=row.reply_to,
        checked=row.checked, how=row.checked_how,
    )  # fmt: skip
    form = forms.AskerForm(request.POST or None, initial=initial)
    return act(request, found, form, actions.check_asker, title="Who asks", press="Save")


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def grounds(request: Any, key: UUID) -> HttpResponse:
    """What for, and on which lawful basis."""
    found = opened(request, key)
    row = found.request
    initial = seen(
        found, purpose=row.purpose, basis=row.basis, condition=row.condition, necessity=row.necessity,
        proportionality=row.proportionality,
    )  # fmt: skip
    form = forms.GroundsForm(request.POST or None, initial=initial)
    return act(request, found, form, actions.set_grounds, title="What for, and on which basis", press="Save")


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def people(request: Any, key: UUID) -> HttpResponse:
    """About whom something is asked."""
    found = opened(request, key)
    initial = seen(found, asked=[str(about.key) for about in found.people if about.asked])
    form = forms.PeopleForm(request.POST or None, initial=initial, people=found.people)
    intro = "Nothing is searched or told about anybody else."
    return act(request, found, form, actions.choose_people, title="About whom", press="Save", intro=intro)


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def person(request: Any, key: UUID) -> HttpResponse:
    """Add somebody who is asked about."""
    found = opened(request, key)
    form = forms.PersonForm(request.POST or None, initial=seen(found))
    return act(request, found, form, actions.add_person, title="Add somebody who is asked about", press="Add")


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def search(request: Any, key: UUID) -> HttpResponse:
    """Search the earlier contacts for one person under one name."""
    found = opened(request, key)
    asked = [about for about in found.people if about.asked]
    searched = {each.about_id for each in found.searches}
    first = next((about for about in asked if about.pk not in searched), None)
    initial = seen(found, person=str(first.key) if first else "")
    form = forms.SearchForm(request.POST or None, initial=initial, people=asked)
    intro = "Names are compared as a whole, whatever the accents. Search again under each name that was used before."
    return act(request, found, form, actions.search, title="Search the record", press="Search", intro=intro)
