"""Pages of addresses that need not be sealed any longer: asking, what waits, the answer of another person."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.people.actions import lifting as actions
from frontdoor.people.forms import index as forms
from frontdoor.people.pages import index as record_pages
from frontdoor.people.pages import lifting as pages
from frontdoor.people.queries import index as records
from frontdoor.people.queries import lifting as queries
from frontdoor.people.views.index import sheet
from frontdoor.people.views.restricting import step
from frontdoor.shell.rules import london

keeper = address(Kind.COUNCIL, Permission.SAFE_CONTACT_KEEP)


@keeper
def lift(request: Any, key: UUID) -> HttpResponse:
    """Ask that a sealed address stands in clear again."""
    by, at = request.actor, request.at
    found = records.open_row("residence", key, by=by, at=at)
    form = forms.LiftForm(request.POST or None, initial={"seen": found.person.version})
    return sheet(
        request, form, lambda: actions.ask(key, **form.cleaned_data, by=by, at=at), whose=found.person,
        title="This address need not be sealed any longer", press="Ask a manager",
        beside=record_pages.row_facts("residence", found.row, found.wrote, london(at).date()),
        over="" if found.row.protected else "It stands in clear.",
        intro="A manager who is somebody else answers. Until then nobody reads it who could not before. Other sealed "
        "addresses, also of the rest of the family, stay sealed until each is asked for.",
    )  # fmt: skip


@keeper
@require_safe
def liftings(request: Any) -> HttpResponse:
    """What waits for a manager, and what was answered."""
    found = queries.liftings(by=request.actor, at=request.at)
    slug = request.council.slug
    context = {
        "waiting_columns": pages.WAITING_COLUMNS, "waiting": pages.waiting_rows(found, slug, at=request.at),
        "answered_columns": pages.ANSWERED_COLUMNS, "answered": pages.answered_rows(found, slug),
    }  # fmt: skip
    return render(request, "people/lifting_list.html", context)


@keeper
def lifting(request: Any, key: UUID) -> HttpResponse:
    """One of them: the manager's answer, or the way to take one's own wish back, or how it was answered."""
    by, at, slug = request.actor, request.at, request.council.slug
    found, names = queries.open_lifting(key, by=by, at=at)
    back, facts = reverse("people:liftings", args=[slug]), pages.facts(found, names)
    if request.method == "POST" and request.POST.get("drop"):
        actions.drop(key, seen=found.version, by=by, at=at)
        return redirect(back)
    if not pages.answers(found, by=by) and request.method != "POST":
        context = {"found": found, "facts": facts, "own": found.state == "asked" and found.asked_by == by.user_id}
        return render(request, "people/lifting_one.html", context)
    form = forms.LiftAnswerForm(request.POST or None, initial={"seen": found.version})

    def act(typed: dict[str, Any]) -> None:
        does = actions.lift if typed["answer"] == "lift" else actions.refuse
        does(key, why=typed["why"], seen=typed["seen"], by=by, at=at)

    return step(
        request, form, act, title="May this address stand in clear again?", press="Send the answer", back=back,
        facts=facts,
        intro="Lifted, it stands on the record, is found by a search and may go into letters. Open it first where you "
        "need to know which it is: that is done on the record, with a reason.",
    )  # fmt: skip
