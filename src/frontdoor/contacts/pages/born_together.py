"""What was told of an unborn child, on the records of those who were born together with the child that it became."""

from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.queries.born_together import before_birth
from frontdoor.people.models import Person
from frontdoor.people.pages.index_around import Panel
from frontdoor.shell.pages import Row, link, reference, text, when

COLUMNS = ("Number", "Came", "Named there", "Stands on the record of")


def panel(person: Person, slug: str, *, by: Actor, at: datetime) -> Panel | None:
    """Contacts from before a multiple birth; None where there are none, or for those who may not read contacts."""
    found = before_birth(person, by=by) if by.may(Permission.CONTACT_READ) else []
    if not found:
        return None
    rows = [
        Row(
            (
                reference(each.receipt, reverse("contacts:detail", args=[slug, each.contact])), when(each.received_at),
                text(each.told), link(each.whose.label, reverse("people:person", args=[slug, each.whose.key])),
            )
        )
        for each in found
    ]  # fmt: skip
    return Panel("Told before the birth, of the child or children then expected", COLUMNS, rows, "")
