"""The whole index, a slice at a time, and who in it shares enough with whom to be compared, to find doubles."""

from collections.abc import Collection

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.matching.models import Search
from frontdoor.people.models import Person

Pair = tuple[int, int]
"""Numbers of two people, the smaller first."""

_OF_ONE_PROBE = 40
"""A probe that more people share than these tells nothing about two of them."""

_SHARED = 2
"""So many probes two people share before they are compared; one alone is shared by cousins and neighbours."""


def size(*, by: Actor) -> int:
    """How many people stand in the index, those joined into others left out."""
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    return within(by, Person.objects.filter(joined_into=None)).count()


def slice_after(number: int, most: int, *, by: Actor) -> list[int]:
    """The next people of the index by their number, those joined into others left out."""
    rows = within(by, Person.objects.filter(pk__gt=number, joined_into=None)).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


_ALIKE = f"""
SELECT mine.person_id, theirs.person_id
  FROM people_probe mine
 CROSS JOIN LATERAL (
   SELECT probe.person_id FROM people_probe probe
    WHERE probe.{OWN} AND probe.token = mine.token ORDER BY probe.person_id LIMIT {_OF_ONE_PROBE}
 ) theirs
 WHERE mine.{OWN} AND mine.person_id = ANY(%(people)s) AND theirs.person_id > mine.person_id
 GROUP BY 1, 2 HAVING count(*) >= {_SHARED}
 ORDER BY 1, 2
"""  # noqa: S608 (constants)


def alike(people: Collection[int], *, by: Actor) -> list[Pair]:
    """Pairs of one of these and somebody of a higher number who share enough probes: one statement on its indexes."""
    if not people:
        return []
    return [(one, other) for one, other in rows_within(by, _ALIKE, people=sorted(people))]


_APART = f"""
SELECT first_id, second_id FROM matching_notsame
 WHERE {OWN} AND first_id = ANY(%(people)s) AND second_id = ANY(%(people)s) AND ended_at IS NULL
UNION ALL
SELECT person_id, other_id FROM matching_suspicion
 WHERE {OWN} AND person_id = ANY(%(people)s) AND other_id = ANY(%(people)s)
"""  # noqa: S608 (constants)


def apart(pairs: Collection[Pair], *, by: Actor) -> set[Pair]:
    """Which of these pairs are not asked about: somebody said that they are two, or they were laid before somebody."""
    people = sorted({each for pair in pairs for each in pair})
    return {(min(pair), max(pair)) for pair in rows_within(by, _APART, people=people)}


def standing(engine: str, version: int, *, by: Actor) -> Search | None:
    """The last search of that kind that did not come to its end, to go on with."""
    rows = within(by, Search.objects.filter(engine=engine, weights_version=version, state__in=("running", "stopped")))
    return rows.order_by("-begun_at", "-id").first()
