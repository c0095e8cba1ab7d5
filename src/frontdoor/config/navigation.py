"""Which pages each role is offered: every room's entries, those left out that the actor may not open."""

from typing import Any

from django.urls import reverse

from frontdoor.actors.rules import Permission
from frontdoor.shell.pages import Item

MERGED: tuple[tuple[str, str, Permission | None], ...] = (
    ("My work", "desk:home", None),
    ("Queue", "desk:queue", Permission.CONTACT_READ),
    ("Clock board", "desk:board", Permission.CLOCK_READ),
    ("Search", "desk:search", Permission.CONTACT_SEARCH),
)
"""Pages over all councils that the actor reaches: words, address name, permission needed somewhere."""

COUNCIL: tuple[tuple[str, str, Permission | None], ...] = (
    ("Take a call", "contacts:telephone", Permission.CONTACT_TAKE),
    ("First look", "contacts:look", Permission.CONTACT_LOOK),
    ("Screening", "contacts:queue", Permission.CONTACT_READ),
    ("Waiting for a manager", "contacts:waiting", Permission.CONTACT_DECIDE),
    ("Inbox", "handovers:inbox", Permission.HANDOVER_ANSWER),
    ("Night inbox", "contacts:night", Permission.CONTACT_READ),
    ("To be told", "letters:to-be-told", Permission.LETTER_READ),
    ("Missed deadlines", "clocks:missed", Permission.CLOCK_EXPLAIN),
    ("Settings", "settings:overview", Permission.SETTING_READ),
    ("Agreements", "access:agreements", Permission.SETTING_READ),
    ("Accounts", "access:accounts", Permission.ACCOUNT_KEEP),
    ("Trail", "access:trail", Permission.TRAIL_READ),
)
"""Pages of one council: words, address name, permission needed there."""


def navigation(request: Any) -> tuple[Item, ...]:
    """The entries for this request's actor; council pages of the council of the address, else of the first reached."""
    actor = request.actor
    held = frozenset().union(*actor.reach.values()) if actor.reach else frozenset()
    items = [
        Item(words, reverse(name), current=request.path == reverse(name))
        for words, name, permission in MERGED
        if permission is None or permission in held
    ]
    place = request.council or next(iter(request.standing.councils), None)
    if place is None:
        return tuple(items)
    there = actor.reach.get(place.id, frozenset())
    for words, name, permission in COUNCIL:
        if permission is None or permission in there:
            href = reverse(name, kwargs={"council": place.slug})
            items.append(Item(words, href, current=request.path == href))
    return tuple(items)
