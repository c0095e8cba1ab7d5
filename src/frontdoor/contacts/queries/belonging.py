"""To which contact something belongs, for pages that show clocks of many kinds of thing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Matter, Protection, Question

Subject = tuple[str, str]
"""Kind and key, as a clock keeps them."""

_TABLES: dict[str, tuple[Any, str, str]] = {
    "contacts.submission": (Contact, "submission_id", ""),
    "contacts.contact": (Contact, "key", ""),
    "contacts.matter": (Matter, "key", "contact__"),
    "contacts.question": (Question, "key", "contact__"),
    "contacts.protection": (Protection, "key", "contact__"),
}
"""By kind of subject: its table, the column that holds its key, and the way from there to the contact."""


@dataclass(frozen=True, slots=True)
class Belongs:
    """The contact of something: its key, and the number by which it is known."""

    key: UUID
    receipt: str


def contacts_of(subjects: Iterable[Subject], *, by: Actor) -> dict[Subject, Belongs]:
    """The contact that each subject is, or is a part of; one statement for each kind there is.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in subjects:
        keys[kind].add(key)
    found: dict[Subject, Belongs] = {}
    for kind, (model, part, contact) in _TABLES.items():
        if wanted := keys.get(kind):
            rows = within(by, model.objects.filter(**{f"{part}__in": wanted}))
            for key, owner, receipt in rows.values_list(part, f"{contact}key", f"{contact}receipt"):
                found[(kind, str(key))] = Belongs(owner, receipt)
    return found
