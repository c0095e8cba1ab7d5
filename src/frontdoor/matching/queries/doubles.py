"""Records that a search found alike, laid before somebody; and how far the search is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.councils import queries as councils
from frontdoor.matching.models import Search, Suspicion
from frontdoor.matching.queries.joining import Compared, compare
from frontdoor.shell.rules.lists import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50


@dataclass(frozen=True, slots=True)
class Double:
    """One suspicion in the queue.

    :param place: the other council's name and slug, where the other record is there and `by` reaches it
    """

    row: Suspicion
    place: tuple[str, str] | None = None

    @property
    def cursor(self) -> tuple[Any, ...]:
        return (str(self.row.bits), self.row.pk)


def reached(by: Actor) -> Q:
    """Suspicions within the council, and those whose other record is in a council that `by` reaches as well."""
    there = [council for council in by.councils if Permission.PERSON_READ in by.reach.get(council, frozenset())]
    here = Q(elsewhere_council=None, other__isnull=False, other__joined_into=None)
    return Q(person__joined_into=None) & (here | Q(elsewhere_council__in=there))


def open_doubles(*, after: tuple[Any, ...] | None = None, by: Actor, at: datetime) -> Paged[Double]:
    """What waits to be looked at, strongest first; it leaves an entry.

    :raises NotPermitted: `by` does not look after the index
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    found = Suspicion.objects.filter(reached(by), state="waiting").select_related("person", "other")
    if after is not None:
        bits = float(after[0])
        found = found.filter(Q(bits__lt=bits) | Q(bits=bits, pk__gt=after[1]))
    rows = list(within(by, found).order_by("-bits", "pk")[: PAGE + 1])
    places = _places({row.elsewhere_council for row in rows if row.elsewhere_council})
    trail.record("matching.doubles", by=by, at=at, shown=len(rows))
    return cut([Double(row, places.get(row.elsewhere_council or 0)) for row in rows], PAGE)


def _places(numbers: set[int]) -> dict[int, tuple[str, str]]:
    return {number: (place.name, place.slug) for number in numbers for place in [councils.council(number)]}


@dataclass(frozen=True, slots=True)
class OpenDouble:
    """One suspicion with the two side by side, where both are here."""

    double: Double
    compared: Compared | None


def open_double(key: UUID | str, *, by: Actor, at: datetime) -> OpenDouble:
    """One suspicion; opening it leaves an entry of it.

    :raises NotPermitted: `by` does not look after the index
    :raises NotFound: absent, another council's, of a record that `by` may not open, or of a council out of reach
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    found = Suspicion.objects.filter(reached(by), key=key).select_related("person", "other")
    row = within(by, found).first()
    if row is None:
        raise NotFound
    places = _places({row.elsewhere_council} if row.elsewhere_council else set())
    compared = compare(row.person, row.other, by=by) if row.other else None
    trail.record("matching.open_double", subject=row, by=by, at=at)
    return OpenDouble(Double(row, places.get(row.elsewhere_council or 0)), compared)


def latest_search(*, by: Actor) -> Search | None:
    """The search for doubles that began last.

    :raises NotPermitted: `by` does not look after the index
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    return within(by, Search.objects.all()).order_by("-begun_at", "-pk").first()
