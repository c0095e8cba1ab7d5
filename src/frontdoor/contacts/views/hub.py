"""The lists of screening, side by side over each of them."""

from typing import Any

from django.urls import reverse

from frontdoor.actors.rules import Permission
from frontdoor.shell.pages import Item

HUB = (
    ("Queue", "contacts:queue", Permission.CONTACT_READ),
    ("First look", "contacts:look", Permission.CONTACT_LOOK),
    ("Police notices", "contacts:notices", Permission.CONTACT_READ),
    ("Calls to make", "contacts:calls", Permission.CONTACT_ADVISE),
    ("Advice", "contacts:advice", Permission.REFERRER_READ),
    ("Oversight", "contacts:oversight", Permission.CONTACT_DECIDE),
    ("Read again", "contacts:sample", Permission.SAMPLE_READ),
    ("Families to be told", "contacts:families", Permission.FAMILY_TELL),
    ("Mistakes", "contacts:mistakes", Permission.CONTACT_READ),
    ("Perhaps not genuine", "contacts:doubts", Permission.CONTACT_SCREEN),
    ("Typed, not sent", "contacts:drafts", Permission.CONTACT_TAKE),
)
"""The lists of screening, with what each asks."""


def hub(request: Any) -> list[Item]:
    """The lists of screening that the reader may open, as a navigation over each of them."""
    offered = [(words, reverse(name, args=[request.council.slug]), asks) for words, name, asks in HUB]
    return [Item(words, href, current=request.path == href) for words, href, asks in offered if request.actor.may(asks)]
