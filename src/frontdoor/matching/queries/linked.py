"""Which rows of other rooms are said to be whom: both ways, for pages and rules above. Whoever shows it records it."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.matching.models import Link


def subjects_of(numbers: Collection[int], *, kind: str, by: Actor) -> dict[UUID, int]:
    """Every row of a kind that is confirmed to be one of these people, by its key; with the number of the person."""
    found = Link.objects.filter(person__in=numbers, subject_kind=kind, state="confirmed", ended_at=None)
    return dict(within(by, found).values_list("subject_key", "person_id")) if numbers else {}


def people_of(keys: Collection[UUID], *, by: Actor) -> dict[UUID, int]:
    """Of some rows those that are confirmed, with the number of the person whom each is."""
    found = Link.objects.filter(subject_key__in=keys, state="confirmed", ended_at=None)
    return dict(within(by, found).values_list("subject_key", "person_id")) if keys else {}


def unnamed(keys: Collection[UUID]) -> set[UUID]:
    """Of some rows those that are confirmed to be somebody whom the reader may not see: a restricted record, or a bar.

    The council and the actor are those that are set. What it gives is left out, without a word and without a number
    (ADR 0031); whom to call is told elsewhere (`people.queries.restricting.neutral`).
    """
    if not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT frontdoor_unnamed(%s::uuid[])", [[str(key) for key in keys]])
        row = cursor.fetchone()
    return set(row[0]) if row else set()
