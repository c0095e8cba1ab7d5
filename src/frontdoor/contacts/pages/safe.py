"""How somebody may be reached safely, as the record of a person shows it."""

from datetime import datetime

from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.pages.family import RULE_COLUMNS, rule_rows
from frontdoor.contacts.queries.safe import standing_of_person
from frontdoor.people.models import Person
from frontdoor.people.pages.index_around import Panel

EMPTY = "Nothing is set down about it in the contacts that are known to name this person."


def panel(person: Person, slug: str, *, by: Actor, at: datetime) -> Panel | None:
    """The rules about reaching one person safely; None for those who may not read contacts."""
    if not by.may(Permission.CONTACT_READ):
        return None
    standing = standing_of_person(person.pk, by=by, at=at)
    columns = ("As named there", *RULE_COLUMNS[1:])
    return Panel("How to reach them safely", columns, rule_rows(standing, slug, ends=False), EMPTY)
