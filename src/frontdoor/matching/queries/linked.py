"""Which rows of other rooms are said to be whom: both ways, for pages and rules above."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.matching.models import Link

NAMED = "contacts.named"
"""The kind of subject that a child or adult of a contact is."""


def named_of(people: Collection[int], *, by: Actor) -> dict[int, tuple[UUID, ...]]:
    """By number of a person the keys of those named in contacts who are confirmed to be them; one statement.

    Part of a page or a rule, which records what it shows.
    """
    found: dict[int, list[UUID]] = defaultdict(list)
    if people:
        rows = within(by, Link.objects.filter(person__in=people, subject_kind=NAMED, state="confirmed", ended_at=None))
        for person, key in rows.order_by("said_at", "id").values_list("person_id", "subject_key"):
            found[person].append(key)
    return {person: tuple(keys) for person, keys in found.items()}


def people_of(named: Collection[UUID], *, by: Actor) -> dict[UUID, int]:
    """By key of somebody named in a contact the number of the person who they are confirmed to be; one statement."""
    if not named:
        return {}
    rows = within(by, Link.objects.filter(subject_key__in=named, state="confirmed", ended_at=None))
    return dict(rows.values_list("subject_key", "person_id"))
