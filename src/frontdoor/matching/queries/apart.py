"""Reading pairs that are kept apart: the plain ones, and of the secret ones only what the reader said themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.matching.models import NotSame
from frontdoor.matching.queries.joining_whole import whole
from frontdoor.matching.rules.apart import SECRET
from frontdoor.people.models import Person
from frontdoor.trail import actions as trail

MOST = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are kept apart.

    :param labels: of both, in their order; empty for one that the reader may not open
    """

    row: NotSame
    labels: tuple[str, str]
    said_by: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Two of the people asked about who are kept apart.

    :param secret: nobody is told that the two were ever named together
    """

    both: frozenset[int]
    secret: bool


def among(people: Collection[int], *, by: Actor) -> tuple[Apart, ...]:
    """Pairs among these people, asked behind the wall: what is left out of a list because of one, and never shown.

    The owner's function asks for the council that is set, in the one statement for which an arrival can wait.
    """
    acting_council(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT first, second, hidden, ground FROM frontdoor_apart_among(%s::bigint[])", [sorted(people)]
        )
        return tuple(
            Apart(frozenset((first, second)), hidden or ground in SECRET)
            for first, second, hidden, ground in cursor.fetchall()
        )


def apart_from(person: int, *, by: Actor) -> frozenset[int]:
    """Who is kept apart from one person, asked behind the wall in the same way; numbers that are never shown."""
    with whole(by) as matcher:
        mine = Q(first=person) | Q(second=person)
        pairs = within(matcher, NotSame.objects.filter(mine, ended_at=None)).values_list("first_id", "second_id")
        return frozenset(number for pair in pairs for number in pair) - {person}


def open_pairs(*, by: Actor, at: datetime) -> list[Pair]:
    """The pairs that are kept apart, the newest first, at most a hundred; an entry.

    A secret one is here for whoever said so, and for nobody else: the wall in the database sees to that.

    :raises NotPermitted: `by` keeps no records apart
    """
    require(by, Permission.APART_KEEP, authority=acting_council(by))
    rows = list(within(by, NotSame.objects.filter(ended_at=None).order_by("-said_at", "-id"))[:MOST])
    trail.record("matching.apart", by=by, at=at, shown=[str(row.key) for row in rows])
    return _pairs(rows, by=by)


def open_pair(key: UUID, *, by: Actor, at: datetime) -> Pair:
    """One of them; an entry.

    :raises NotPermitted: `by` keeps no records apart
    :raises NotFound: absent, another council's, or a secret one of somebody else
    """
    require(by, Permission.APART_KEEP, authority=acting_council(by))
    row = within(by, NotSame.objects.filter(key=key)).first()
    if row is None:
        raise NotFound
    trail.record("matching.open_apart", subject=row, by=by, at=at)
    return _pairs([row], by=by)[0]


def _pairs(rows: Collection[NotSame], *, by: Actor) -> list[Pair]:
    people = Person.objects.filter(pk__in={number for row in rows for number in (row.first_id, row.second_id)})
    labels = dict(within(by, people).values_list("pk", "label"))
    who = names({row.said_by for row in rows if row.said_by is not None}, by=by)
    return [
        Pair(row, (labels.get(row.first_id, ""), labels.get(row.second_id, "")), who.get(row.said_by or 0, ""))
        for row in rows
    ]


def open_record(key: UUID | str, *, by: Actor, at: datetime) -> Person:
    """A record that is about to be kept apart from another; an entry.

    :raises NotPermitted: `by` keeps no records apart
    :raises NotFound: there is none that `by` may open
    """
    require(by, Permission.APART_KEEP, authority=acting_council(by))
    found = within(by, Person.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("matching.before_apart", subject=found, by=by, at=at)
    return found
