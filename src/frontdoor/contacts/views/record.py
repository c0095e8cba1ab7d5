"""The page of one contact, and the compartment of who told us."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.pages import record as pages
from frontdoor.contacts.queries import record as queries
from frontdoor.contacts.queries.screening import mistake_of
from frontdoor.letters import queries as letters

Gives = Callable[..., pages.Panel | None]


def _letters(opened: queries.Opened, *, by: Actor, at: datetime) -> pages.Panel | None:
    """What the person who told us was sent, for those who may read letters."""
    if not by.may(Permission.LETTER_READ):
        return None
    found = letters.of_subject(("contacts.contact", opened.contact.key), by=by, at=at)
    return pages.Panel("contacts/record_letters.html", found) if found else None


def _mistake(opened: queries.Opened, *, by: Actor, at: datetime) -> pages.Panel | None:
    """That it was entered by mistake, or that somebody says so."""
    said = mistake_of(opened.contact, by=by)
    return pages.Panel("contacts/record_mistake.html", said) if said else None


PANELS: tuple[Gives, ...] = (_mistake, _letters)
"""Parts of the page that other parts of this room, and rooms below, give: each gets what was opened."""


@address(Kind.COUNCIL, Permission.CONTACT_READ)
@require_safe
def detail(request: Any, key: UUID) -> HttpResponse:
    """Everything about one contact."""
    by, at = request.actor, request.at
    opened = queries.open_contact(key, by=by, at=at)
    given = tuple(panel for gives in PANELS if (panel := gives(opened, by=by, at=at)) is not None)
    page = pages.record(opened, request.council.slug, by=by, at=at, panels=given)
    return render(request, "contacts/record.html", {"page": page, "clock_columns": pages.CLOCK_COLUMNS})


@address(Kind.COUNCIL, Permission.REFERRER_READ)
@require_POST
def referrer(request: Any, key: UUID) -> HttpResponse:
    """Who told us, after an explicit click."""
    teller = queries.open_referrer(key, by=request.actor, at=request.at)
    return render(request, "contacts/record_referrer.html", {"teller": teller, "key": key})
