"""The same person in two councils' indexes: compared by the matcher, of whom nothing but a bare reference is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.matching.models import Suspicion
from frontdoor.matching.queries.doubles_searching import size, slice_after
from frontdoor.matching.rules.scoring import Verdict, weigh
from frontdoor.matching.rules.weights import weights
from frontdoor.organisations.queries import operated_elsewhere
from frontdoor.people.models import Person
from frontdoor.people.queries import index
from frontdoor.people.rules.probes import probes
from frontdoor.people.rules.records import Record


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody of one council's index who is looked for in another's; held in memory alone, while both are compared."""

    number: int
    record: Record


@dataclass(frozen=True, slots=True)
class There:
    """All that leaves the other council: whose number here it is about, and a bare reference to a record there."""

    number: int
    reference: UUID
    strength: str
    bits: float


def operates_for(other: int, *, by: Actor, at: datetime) -> bool:
    """Whether a team of the council acted for operates something for the other one under an agreement in force."""
    return any(each.authority_id == other for each in operated_elsewhere(by=by, at=at))


def sought_after(number: int, most: int, *, by: Actor) -> tuple[list[int], list[Sought]]:
    """The next people of the index and, of those whose record is not restricted, what they are looked for with.

    :raises NotPermitted: `by` may not see how matches are weighed
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    people = slice_after(number, most, by=by)
    records = index.records(_open(people, by=by), by=by)
    return people, [Sought(each, record) for each, record in sorted(records.items())]


def _open(people: Collection[int], *, by: Actor) -> list[int]:
    """Those whose record anybody may open who reads people: the existence of the others is told to nobody else."""
    rows = within(by, Person.objects.filter(pk__in=people, shut=False, joined_into=None))
    return list(rows.order_by("pk").values_list("pk", flat=True))


_ALIKE = f"""
SELECT asked.number, probe.person_id
  FROM unnest(%(numbers)s::bigint[], %(tokens)s::bigint[]) AS asked (number, token)
 CROSS JOIN LATERAL (
   SELECT person_id FROM people_probe probe
    WHERE probe.{OWN} AND probe.token = asked.token ORDER BY probe.person_id LIMIT 40
 ) probe
 GROUP BY 1, 2 HAVING count(*) >= 2
 ORDER BY 1, 2
"""  # noqa: S608 (constants)


def there(sought: Sequence[Sought], *, by: Actor) -> list[There]:
    """Who of this council's index is likely to be one of those sought in another's; of each a bare reference.

    :raises NotPermitted: `by` may not see how matches are weighed
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    pairs = [(each.number, token) for each in sought for token in sorted(probes(each.record))]
    if not pairs:
        return []
    numbers, tokens = zip(*pairs, strict=True)
    alike = rows_within(by, _ALIKE, numbers=list(numbers), tokens=list(tokens))
    known = {person for _, person in alike}
    open_ones = _open(known, by=by)
    records = index.records(open_ones, by=by)
    keys = dict(within(by, Person.objects.filter(pk__in=open_ones)).values_list("pk", "key"))
    mentions = {each.number: each.record for each in sought}
    table = weights().among(max(size(by=by), 2))
    found = []
    for number, person in alike:
        if person in records:
            verdict: Verdict = weigh(mentions[number], records[person], by=table)
            if verdict.proposed and not verdict.twin:
                found.append(There(number, keys[person], verdict.strength, verdict.bits))
    return found


def told_before(found: Sequence[There], council: int, *, by: Actor) -> set[tuple[int, UUID]]:
    """Which of these somebody was told of before, whatever they answered."""
    rows = within(
        by, Suspicion.objects.filter(person__in={each.number for each in found}, elsewhere_council=council)
    ).values_list("person_id", "elsewhere")
    return {(number, reference) for number, reference in rows if reference is not None}
