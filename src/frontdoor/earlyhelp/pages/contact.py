"""What became of a contact's children at the hub, on the contact's page."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.models import Contact
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.states import Ending, State
from frontdoor.shell.pages import Row, link, tag, text, when

COLUMNS = ("Early help", "Stands", "Since")
TONES = {
    State.REQUESTED: "soon", State.AGREED: "soon", State.WAITING: "waiting", State.OFFERED: "waiting",
    State.ALLOCATED: "ok", State.SCREENING: "late", State.CLOSED: "done",
}  # fmt: skip


def part(contact: Contact, slug: str, *, by: Actor, at: datetime) -> tuple[str, Any] | None:
    """The part of the contact's page; nothing where nothing came to the hub."""
    if not by.may(Permission.EARLY_HELP_READ):
        return None
    found = finding.of_contact(contact, by=by)
    rows = [
        Row(
            (
                link(each.reference, reverse("earlyhelp:episode", args=[slug, each.key])),
                text(Ending(each.ending).words) if each.ending else tag(State(each.state).words, _tone(each.state)),
                when(each.settled_at or each.opened_at),
            )
        )
        for each in found
    ]  # fmt: skip
    return ("earlyhelp/of_contact.html", (COLUMNS, rows)) if rows else None


def _tone(state: str) -> str:
    return TONES[State(state)]
