"""The page of one child for those to whom it was handed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.pages import passing_on as pages
from frontdoor.contacts.queries import passing_on as queries


@require_safe
@address(Kind.COUNCIL)
def passed(request: Any, key: UUID) -> HttpResponse:
    """One child as it was handed on: what travelled with it, and what is known now."""
    found = queries.open_passed(key, by=request.actor, at=request.at)
    shown = pages.child(found, request.council.slug, by=request.actor, at=request.at)
    context = {"child": shown, "directed_columns": pages.DIRECTED, "slip_columns": pages.SLIPS}
    return render(request, "contacts/passing_on_child.html", context)


@require_safe
@address(Kind.COUNCIL, Permission.CONTACT_READ)
def received_report(request: Any, key: UUID) -> HttpResponse:
    """The way from what another council passed to the contact that was made of it here."""
    found = queries.received_report(key, by=request.actor)
    return redirect("contacts:detail", council=request.council.slug, key=found)
