"""Finding contacts by number, or by somebody in them, exactly: equality on stored keys alone."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.rules.intake import PersonGiven, folded, match_name

MOST = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty parts are left out."""

    receipt: str = ""
    given_name: str = ""
    family_name: str = ""
    born: date | None = None
    postcode: str = ""

    @property
    def empty(self) -> bool:
        return not (self.receipt or self.family_name or self.born or self.postcode)


@dataclass(frozen=True, slots=True)
class Hit:
    """One contact found."""

    key: UUID
    receipt: str
    received_at: datetime
    state: str
    people: tuple[str, ...]


def search(wanted: Wanted, *, by: Actor) -> list[Hit]:
    """Contacts of the council, the newest first, at most fifty.

    :raises NotPermitted: `by` may not search contacts
    """
    require(by, Permission.CONTACT_SEARCH, authority=acting_council(by))
    if wanted.empty:
        return []
    numbers = within(by, Contact.objects.filter(receipt=wanted.receipt.upper())) if wanted.receipt else None
    contacts = numbers if numbers is not None else within(by, Contact.objects.filter(pk__in=_named(wanted, by=by)))
    rows = list(contacts.order_by("-received_at")[:MOST])
    people: dict[int, list[str]] = {row.pk: [] for row in rows}
    for person in within(by, Named.objects.filter(contact__in=rows).order_by("position")):
        people[person.contact_id].append(person.label)
    return [Hit(row.key, row.receipt, row.received_at, row.get_state_display(), tuple(people[row.pk])) for row in rows]


def _named(wanted: Wanted, *, by: Actor) -> list[int]:
    """Numbers of contacts that name somebody like this; each part given narrows it."""
    found = within(by, Named.objects.order_by("-contact_id"))
    if wanted.given_name and wanted.family_name:
        person = PersonGiven("child", given_name=wanted.given_name, family_name=wanted.family_name)
        found = found.filter(match_name=match_name(person))
    elif wanted.family_name:
        found = found.filter(match_family=folded(wanted.family_name))
    if wanted.born:
        found = found.filter(date_of_birth=wanted.born)
    if wanted.postcode:
        found = found.filter(Q(match_postcode=folded(wanted.postcode)))
    return list(found.values_list("contact_id", flat=True)[: MOST * 4])
