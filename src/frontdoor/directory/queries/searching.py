"""Finding services: by words, need, age, place, day, cost, accessibility and language; and one service whole."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.directory.models import Location, Service, Taxonomy, TaxonomyTerm
from frontdoor.directory.queries.publishing import nested
from frontdoor.directory.rules import asking, facets
from frontdoor.directory.rules.asking import Cut, Wanted

_KM = (
    "2 * 6371 * asin(least(1, sqrt(sin(radians(l.latitude - %(latitude)s) / 2) ^ 2"
    " + cos(radians(%(latitude)s)) * cos(radians(l.latitude)) * sin(radians(l.longitude - %(longitude)s) / 2) ^ 2)))"
)
NEAR = f"""
 JOIN (SELECT a.service_id, min({_KM}) AS km
         FROM directory_location l
         JOIN directory_serviceatlocation a ON a.{OWN} AND a.location_id = l.id
        WHERE l.{OWN} AND l.latitude BETWEEN %(south)s AND %(north)s AND l.longitude BETWEEN %(west)s AND %(east)s
        GROUP BY a.service_id) near ON near.service_id = s.id"""  # noqa: S608 (constants)
WORDS = " JOIN frontdoor_services_matching(%(words)s) m ON m.id = s.id"
TERMS = f"""EXISTS (SELECT FROM directory_attribute a JOIN directory_taxonomyterm t ON t.{OWN} AND t.id = a.term_id
  WHERE a.{OWN} AND a.service_id = s.id AND (t.feed_id = ANY(%(terms)s) OR t.parent_id = ANY(%(terms)s)))"""
TAXONOMY = f"""EXISTS (SELECT FROM directory_attribute a JOIN directory_taxonomyterm t ON t.{OWN} AND t.id = a.term_id
  JOIN directory_taxonomy x ON x.{OWN} AND x.id = t.taxonomy_id
  WHERE a.{OWN} AND a.service_id = s.id AND x.feed_id = %(taxonomy)s)"""
OPENINGS = f"""EXISTS (SELECT FROM directory_schedule h WHERE h.{OWN} AND h.service_id = s.id
  AND (%(day)s = 0 OR h.days & %(day)s <> 0) AND (%(opens)s::int IS NULL OR h.closes IS NULL OR h.closes > %(opens)s)
  AND (%(closes)s::int IS NULL OR h.opens IS NULL OR h.opens < %(closes)s))"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One service that was found.

    :param km: how far it is from the place that was asked for, where both are known
    :param town: the first town of its places
    """

    service: Service
    km: float | None
    town: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found.

    :param unknown_place: a postcode was asked for, near which nothing of the directory lies: it was left aside
    """

    hits: list[Hit]
    total: int
    cut: Cut
    unknown_place: bool = False

    @property
    def more(self) -> bool:
        return self.cut.skip + len(self.hits) < self.total


@dataclass(slots=True)
class Where:
    """The parts of one statement that finds services: constants, and their values."""

    joins: str = ""
    tests: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    near: bool = False
    unknown_place: bool = False

    def add(self, test: str, **values: Any) -> None:
        """One more condition."""
        self.tests.append(test)
        self.values |= values

    def text(self) -> str:
        """What follows FROM."""
        return f"directory_service s{self.joins} WHERE s.{OWN}{''.join(f' AND {test}' for test in self.tests)}"


def where(wanted: Wanted, *, by: Actor) -> Where:
    """What is looked for as the parts of a statement."""
    said = Where()
    if not wanted.everything:
        said.add("s.public")
    if wanted.words.strip():
        said.joins += WORDS
        said.values["words"] = wanted.words
    if wanted.terms:
        said.add(TERMS, terms=list(wanted.terms))
    if wanted.taxonomy:
        said.add(TAXONOMY, taxonomy=wanted.taxonomy)
    if wanted.day or wanted.opens is not None or wanted.closes is not None:
        said.add(OPENINGS, day=wanted.day, opens=wanted.opens, closes=wanted.closes)
    _people(wanted, said)
    if wanted.place:
        _place(wanted, said, by=by)
    return said


def _people(wanted: Wanted, said: Where) -> None:
    """For whom: age, cost, accessibility, language."""
    if wanted.youngest is not None:
        said.add("(s.maximum_age IS NULL OR s.maximum_age >= %(youngest)s)", youngest=wanted.youngest)
    if wanted.oldest is not None:
        said.add("(s.minimum_age IS NULL OR s.minimum_age <= %(oldest)s)", oldest=wanted.oldest)
    if wanted.free is not None:
        said.add("s.free = %(free)s", free=wanted.free)
    if wanted.accessible:
        said.add("s.accessible")
    if wanted.language:
        said.add("s.languages @> ARRAY[%(language)s::varchar]", language=wanted.language.casefold())


def _place(wanted: Wanted, said: Where, *, by: Actor) -> None:
    """Near a postcode whose neighbourhood the directory knows; else in the sector, town, ward or area of that name."""
    if not any(each.isdigit() for each in wanted.place) or not wanted.place[:1].isupper():
        said.add("s.places @> ARRAY[%(place)s::varchar]", place=wanted.place)
        return
    origin = coordinates(wanted.place, by=by)
    if origin is None:
        said.unknown_place = True
        return
    south, north, west, east = asking.box(*origin, wanted.km)
    said.joins += NEAR
    said.near = True
    said.values |= {
        "latitude": origin[0], "longitude": origin[1], "south": south, "north": north, "west": west, "east": east,
    }  # fmt: skip
    said.add("near.km <= %(km)s", km=wanted.km)


def coordinates(postcode: str, *, by: Actor) -> tuple[float, float] | None:
    """Where a postcode is, as far as the places of the directory tell: its own, its sector's, its district's."""
    district, _, inward = postcode.partition(" ")
    prefixes = [postcode, *([postcode[:-2]] if len(inward) == 3 else []), f"{district} "]
    for prefix in prefixes:
        rows = within(by, Location.objects.filter(postcode__startswith=prefix, latitude__isnull=False))
        found = list(rows.values_list("latitude", "longitude")[:200])
        if found:
            return (
                sum(one for one, _ in found if one is not None) / len(found),
                sum(one for _, one in found if one is not None) / len(found),
            )
    return None


def search(wanted: Wanted, cut: Cut, *, by: Actor) -> Found:
    """The services that fit, one page of them: the nearest first, else those whose words fit best, else by name."""
    said = where(wanted, by=by)
    order = "near.km, s.id" if said.near else "m.rank DESC, s.name, s.id" if "words" in said.values else "s.name, s.id"
    km = "near.km" if said.near else "NULL::float8"
    text = f"SELECT s.id, {km}, count(*) OVER () FROM {said.text()} ORDER BY {order} LIMIT %(most)s OFFSET %(skip)s"  # noqa: S608
    rows = rows_within(by, text, **said.values, most=cut.size, skip=cut.skip)
    services = _services([number for number, _, _ in rows], by=by)
    towns = _towns(list(services), by=by)
    hits = [Hit(services[number], km, towns.get(number, "")) for number, km, _ in rows if number in services]
    return Found(hits, rows[0][2] if rows else 0, cut, unknown_place=said.unknown_place)


def _services(numbers: list[int], *, by: Actor) -> dict[int, Service]:
    rows = within(by, Service.objects.filter(pk__in=numbers).select_related("organization"))
    return {row.pk: row for row in rows}


_TOWNS = f"""
SELECT DISTINCT ON (a.service_id) a.service_id, l.said #>> '{{addresses,0,city}}'
  FROM directory_serviceatlocation a JOIN directory_location l ON l.{OWN} AND l.id = a.location_id
 WHERE a.{OWN} AND a.service_id = ANY(%(services)s) ORDER BY a.service_id, a.id"""  # noqa: S608 (constants)


def _towns(numbers: list[int], *, by: Actor) -> dict[int, str]:
    return {number: town or "" for number, town in rows_within(by, _TOWNS, services=numbers)} if numbers else {}


@dataclass(frozen=True, slots=True)
class Opened:
    """One service with everything that is said of it, what was corrected laid over it."""

    service: Service
    said: dict[str, Any]


def one(key: UUID | str, *, by: Actor) -> Opened:
    """One service whole.

    :raises NotFound: there is none of this key, or the public is not shown it
    """
    service = within(by, Service.objects.filter(key=key).select_related("organization")).first()
    if service is None:
        raise NotFound
    return Opened(service, nested(service, by=by))


def how_to_reach(service: Service, *, by: Actor) -> str:
    """How a family gets there, in the directory's words of today: telephone and days."""
    said = one(service.key, by=by).said
    return ", ".join(filter(None, (facets.phone_of(said), facets.days_in_words(service.days))))[:500]


def needs(*, by: Actor) -> list[tuple[UUID, str, list[tuple[UUID, str]]]]:
    """What services can be found by: the headings of the terms with those below each, by name."""
    rows = list(
        within(by, TaxonomyTerm.objects.all()).order_by("name").values_list("feed_id", "name", "parent_id")[:500]
    )
    below: dict[UUID, list[tuple[UUID, str]]] = {}
    for key, name, parent in rows:
        if parent is not None:
            below.setdefault(parent, []).append((key, name))
    known = {key for key, _, _ in rows}
    return [(key, name, below.get(key, [])) for key, name, parent in rows if parent is None or parent not in known]


def languages(*, by: Actor) -> list[str]:
    """The languages in which some service is given."""
    text = (
        f"SELECT DISTINCT unnest(s.languages) FROM directory_service s WHERE s.{OWN} AND s.public ORDER BY 1 LIMIT 100"  # noqa: S608
    )
    return [name for (name,) in rows_within(by, text)]


def taxonomies_named(*, by: Actor) -> list[str]:
    """The names of the taxonomies that the directory has."""
    return list(within(by, Taxonomy.objects.all()).order_by("name").values_list("name", flat=True)[:50])
