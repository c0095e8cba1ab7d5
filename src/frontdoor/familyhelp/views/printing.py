"""A plan on paper for one named person."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission, StepNotAllowed
from frontdoor.contacts.views.screening.steps import Step, refused
from frontdoor.familyhelp.actions.printing import print_plan
from frontdoor.familyhelp.forms.planning import PrintForm
from frontdoor.familyhelp.pages.plan import print_page
from frontdoor.familyhelp.queries.plan import words_on
from frontdoor.familyhelp.queries.prints import open_print
from frontdoor.familyhelp.views.plan import opened, owners
from frontdoor.familyhelp.views.team import why_not
from frontdoor.letters.queries import house

READ, WORK = Permission.FAMILY_HELP_READ, Permission.FAMILY_HELP_WORK


@address(Kind.COUNCIL, WORK)
def print_for(request: Any, key: UUID, number: int) -> HttpResponse:
    """Say for whom an edition is printed, and in which language its headings are; then it lies there to be printed."""
    found = opened(request, key)
    if not any(each.number == number for each in found.editions):
        raise NotFound
    over, slug = why_not(found.family), request.council.slug
    page = Step(
        title="Print the plan for somebody", press="Build it for them", over=over,
        about=f"{found.family.episode.reference}: {found.family.label}",
        back=reverse("familyhelp:edition", args=[slug, key, number]),
        intro=(
            "It is built for one person, and who was given it is written down. Words that tell an address that is kept "
            "secret hold it back. Headings are translated; what was agreed stands in the words in which it was written."
        ),
    )  # fmt: skip
    if over:
        if request.method == "POST":
            raise StepNotAllowed(over)
        return render(request, "contacts/screening_over.html", {"page": page})
    form = PrintForm(request.POST or None, people=owners(found))
    if request.method == "POST" and form.is_valid():
        try:
            row = print_plan(key, number=number, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("familyhelp:print", slug, key, row.key)
        except InvalidInput as refusal:
            refused(form, refusal)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "page": page, "overtaken": False}
    return render(request, "contacts/screening_step.html", context, status=status)


@address(Kind.COUNCIL, READ)
@require_safe
def printed(request: Any, key: UUID, row: UUID) -> HttpResponse:
    """The plan as it is printed for one person: no navigation, and large where it was asked for."""
    found, shown = open_print(key, row, by=request.actor, at=request.at)
    ours = house(by=request.actor, at=request.at)
    page = print_page(found, shown, words_on(shown.edition, by=request.actor), house=ours)
    return render(request, "familyhelp/plan_print.html", {"page": page, "found": found})
