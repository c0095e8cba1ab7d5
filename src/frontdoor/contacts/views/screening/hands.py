"""The queue, and into whose hands a contact goes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.contacts.actions import screening as actions
from frontdoor.contacts.forms import screening as forms
from frontdoor.contacts.pages import screening as pages
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import Step, record_of, step
from frontdoor.shell.pages import Item, seal, unseal

_LIST = "contacts.queue"
_WHOSE = (("", "All"), ("free", "In nobody's hands"), ("mine", "In my hands"))


@address(Kind.COUNCIL, Permission.CONTACT_READ)
@require_safe
def queue(request: Any) -> HttpResponse:
    """What is being screened for this council: danger, then never looked at, then time left."""
    return _queue(request)


def _queue(request: Any, *, nothing: bool = False) -> HttpResponse:
    whose = request.GET.get("whose", "")
    if whose not in dict(_WHOSE):
        raise NotFound
    after: Any = unseal(_LIST, request.GET.get("after", ""))
    rows, more = queries.shown_queue(by=request.actor, at=request.at, after=after, whose=whose)
    here = f"{request.path}?whose={whose}"
    slug = request.council.slug
    context = {
        "hub": hub(request),
        "rows": pages.queue_rows(rows, slug, at=request.at),
        "columns": pages.QUEUE_COLUMNS,
        "next": f"{here}&after={seal(_LIST, rows[-1].place)}" if more else "",
        "first": here if after else "",
        "filters": [Item(words, f"?whose={code}", current=code == whose) for code, words in _WHOSE],
        "may_take": request.actor.may(Permission.CONTACT_SCREEN),
        "may_look": request.actor.may(Permission.CONTACT_LOOK) and request.actor.qualified,
        "nothing": nothing,
    }
    return render(request, "contacts/screening_queue.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
@require_POST
def take_next(request: Any) -> HttpResponse:
    """Take the next contact, with all of its family's."""
    taken = actions.take_next(by=request.actor, at=request.at)
    return redirect(record_of(request, taken[0].key)) if taken else _queue(request, nothing=True)


@address(Kind.COUNCIL, Permission.CONTACT_ASSIGN)
def give(request: Any, key: UUID) -> HttpResponse:
    """Give a contact to a colleague in reach."""
    brief = queries.brief(key, by=request.actor)
    colleagues = sorted(queries.screeners(by=request.actor, at=request.at).items(), key=lambda pair: pair[1])
    form = forms.GiveForm(request.POST or None, initial={"seen": brief.version}, colleagues=colleagues)
    page = Step(
        "Give to a colleague", "Give it", record_of(request, key), brief.receipt,
        "All contacts of the family that are being screened go along.",
    )  # fmt: skip
    return step(request, form, lambda typed: actions.give(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def give_back(request: Any, key: UUID) -> HttpResponse:
    """Put a contact back into the queue."""
    brief = queries.brief(key, by=request.actor)
    form = forms.WhyForm(request.POST or None, initial={"seen": brief.version})
    page = Step(
        "Put back into the queue", "Put it back", record_of(request, key), brief.receipt,
        "All contacts of the family in the same hands go back with it. No clock stops.",
    )  # fmt: skip
    return step(request, form, lambda typed: actions.give_back(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
@require_POST
def keep(request: Any, key: UUID) -> HttpResponse:
    """Say that one is still at it."""
    actions.keep(key, by=request.actor, at=request.at)
    return redirect(record_of(request, key))
