"""Records of the index that are like one of them: offered to whoever looks for doubles of one person."""

from dataclasses import dataclass

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor
from frontdoor.matching.queries.apart import apart_from
from frontdoor.matching.rules.scoring import Verdict, ranked
from frontdoor.people.models import Person
from frontdoor.people.queries import index
from frontdoor.people.rules.probes import probes

MOST = 10
_PROBED = 60
_OF_ONE_PROBE = 300

_SHARING = f"""
WITH shared AS (
  SELECT found.person_id FROM unnest(%(tokens)s::bigint[]) AS wanted (token),
    LATERAL (SELECT person_id FROM people_probe WHERE {OWN} AND token = wanted.token LIMIT {_OF_ONE_PROBE}) found
)
SELECT person_id FROM shared WHERE person_id <> %(person)s GROUP BY person_id ORDER BY count(*) DESC, person_id
 LIMIT {_PROBED}
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that may be the same person's."""

    person: Person
    verdict: Verdict


def alike(person: Person, *, by: Actor) -> list[Alike]:
    """The records that are most like this one, strongest first; pairs that somebody answered are left out."""
    record = index.records([person.pk], by=by).get(person.pk)
    if record is None or not (tokens := sorted(probes(record))):
        return []
    numbers = [number for (number,) in rows_within(by, _SHARING, tokens=tokens, person=person.pk)]
    apart = apart_from(person.pk, by=by)
    numbers = [number for number in numbers if number not in apart]
    people = {each.pk: each for each in within(by, Person.objects.filter(pk__in=numbers, joined_into=None))}
    known = index.records(list(people), by=by)
    order = [number for number in numbers if number in known]
    found = ranked(record, [known[number] for number in order])
    return [Alike(people[order[place]], verdict) for place, verdict in found[:MOST]]
