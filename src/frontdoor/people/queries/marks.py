"""What workers marked in somebody's chronology."""

from collections.abc import Collection
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.people.models import Mark


def marks_of(people: Collection[int], *, by: Actor) -> list[Mark]:
    """Every mark that stands on these people, the first said first. Part of a page, which records what it shows."""
    if not people:
        return []
    return list(within(by, Mark.objects.filter(person__in=people, ended_at=None)).order_by("said_at", "id"))


def mark(key: UUID | str, *, by: Actor) -> Mark:
    """One mark that stands.

    :raises NotFound: none of the council acted for has that key, or it was taken back
    """
    found = within(by, Mark.objects.filter(key=key, ended_at=None).select_related("person")).first()
    if found is None:
        raise NotFound
    return found
