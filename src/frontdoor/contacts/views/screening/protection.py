"""Act now, write after; and a manager's oversight of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.actions import screening as actions
from frontdoor.contacts.forms import screening as forms
from frontdoor.contacts.pages import screening as pages
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import Step, after, done, record_of, step
from frontdoor.shell.rules import moment


@address(Kind.RECEIVING, Permission.CONTACT_PROTECT)
def protect(request: Any, key: UUID) -> HttpResponse:
    """Act now: immediate protection or a strategy discussion, with a reason and a name, and nothing else."""
    brief = queries.brief(key, by=request.actor)
    if request.GET.get("done") and request.method != "POST":
        return done(request, "Started", brief.receipt)
    form = forms.ProtectForm(request.POST or None)
    page = Step(
        "Act now, write after", "Start it now", after(request, key), brief.receipt,
        "Nothing else is asked. What you fill in later is marked as recorded after.",
    )  # fmt: skip
    return step(request, form, lambda typed: actions.protect(key, **typed, by=request.actor, at=request.at), page)


def _facts(started: queries.Started) -> tuple[tuple[str, str], ...]:
    return (
        ("Started", f"{started.kind}, {moment(started.started_at)}"), ("By", started.started_by_name),
        ("With whom", started.with_whom), ("Reason", started.reason), ("Recorded after", started.after),
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.CONTACT_PROTECT)
def write_after(request: Any, key: UUID) -> HttpResponse:
    """Fill in later what happened."""
    started = queries.open_protection(key, by=request.actor, at=request.at)
    form = forms.AfterForm(request.POST or None, initial={"seen": started.version})
    page = Step(
        "Record what happened", "Save", record_of(request, started.contact), started.receipt,
        "It is marked as recorded after, with the time and your name.", _facts(started),
        keeps=("write-after", key),
    )  # fmt: skip
    return step(request, form, lambda typed: actions.write_after(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.CONTACT_DECIDE)
@require_safe
def oversight(request: Any) -> HttpResponse:
    """Protection that was started first and that no manager has seen yet."""
    found = queries.unseen_protections(by=request.actor, at=request.at)
    rows = pages.oversight_rows(found, request.council.slug, at=request.at)
    return render(
        request,
        "contacts/screening_oversight.html",
        {"hub": hub(request), "rows": rows, "columns": pages.OVERSIGHT_COLUMNS},
    )


@address(Kind.COUNCIL, Permission.CONTACT_DECIDE)
def oversee(request: Any, key: UUID) -> HttpResponse:
    """A manager's oversight of protection that was started first."""
    started = queries.open_protection(key, by=request.actor, at=request.at)
    form = forms.OverseeForm(request.POST or None, initial={"seen": started.version})
    page = Step(
        "Oversight", "Save", reverse("contacts:oversight", args=[request.council.slug]), started.receipt,
        beside=_facts(started), record=record_of(request, started.contact), keeps=("oversee", key),
    )  # fmt: skip
    return step(request, form, lambda typed: actions.oversee(key, **typed, by=request.actor, at=request.at), page)
