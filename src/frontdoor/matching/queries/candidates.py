"""Who somebody named may be: what people said of it, and whom the index offers, strongest first, with reasons.

The number of statements is fixed, however many are asked about at once. Nothing is joined or linked by being offered.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.matching.models import Link
from frontdoor.matching.queries.apart import Apart, among
from frontdoor.matching.rules.scoring import ALMOST_CERTAIN, POSSIBLE, Verdict, ranked, weigh
from frontdoor.matching.rules.weights import weights
from frontdoor.people.models import Person
from frontdoor.people.queries import index
from frontdoor.people.rules.probes import asked
from frontdoor.people.rules.records import Record

MOST = 5
"""How many candidates of one person are shown: more would be read by nobody."""

_PROBED = 60
"""How many records of one person named are compared; those that share most probes with them."""

_OF_ONE_PROBE = 300
"""How many records of one probe are looked at: what more than these share tells nothing."""

LIVES, RELATED, NAMED = "Lives with", "Related to", "Named before with"
"""How somebody belongs to a person who is confirmed, as the reasons say it."""

NEAR = 64
"""Among how many the relatives of somebody confirmed are looked for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A record of the index as a list of candidates shows it."""

    number: int
    key: UUID
    label: str
    born: date | None
    expected_on: date | None
    died_on: date | None
    postcode: str
    record: Record = field(default=Record(), repr=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the index whom a person named may be; nobody has confirmed it.

    :param beside: those confirmed in the same contact whose relative this is, in words
    """

    person: Seen
    verdict: Verdict
    beside: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it may be them, in sentences: who they belong to first."""
        return (*self.beside, *self.verdict.reasons)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a person named and a record: a link that stands.

    :param made: the record was made from what was told here
    """

    key: UUID
    person: Seen
    at: datetime
    by: int | None
    why: str
    made: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one person named.

    :param seen: how much has been said of them so far: an action names it, and is refused if more was said since
    :param twins: two of the candidates are known to be two people
    """

    seen: int
    confirmed: Said | None = None
    rejected: tuple[Said, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    twins: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer for everybody of one contact.

    :param unseen: numbers of records that probes name and the reader may not see; never shown, not even how many
    """

    standings: Mapping[UUID, Standing]
    unseen: frozenset[int] = frozenset()

    @property
    def shown(self) -> list[str]:
        """Keys of the records that it tells of, for the trail."""
        found: dict[str, None] = {}
        for standing in self.standings.values():
            people = [standing.confirmed.person] if standing.confirmed else []
            people += [each.person for each in standing.candidates]
            found.update(dict.fromkeys(str(person.key) for person in people))
        return list(found)


Ties = Mapping[int, Mapping[int, str]]
"""By person those whom they belong to, each with the words that say how: "Lives with"."""

Company = Callable[[Collection[int]], Ties]
"""What a room above knows of who was named together with some people before, and in which words."""


def candidates(subjects: Mapping[UUID, Record], *, by: Actor, company: Company | None = None) -> Asked:
    """What stands of everybody who is named together, and candidates for whoever is not settled.

    It leaves no entry: whoever shows it does.

    :param subjects: by key of the row that names them what it says of them
    :param company: asked, where somebody is confirmed, who was named with them before
    :raises NotPermitted: `by` may not read people
    """
    require(by, Permission.PERSON_READ, authority=acting_council(by))
    if not subjects:
        return Asked({})
    said = _said(subjects, by=by)
    confirmed = {key: link for key, links in said.items() for link in links if _stands(link) and _is(link)}
    open_ones = {key: record for key, record in subjects.items() if key not in confirmed}
    settled = {link.person_id for link in confirmed.values()}
    kin = _ties(settled, company, by=by) if open_ones else {}
    probed = _probed(open_ones, by=by)
    wanted = settled | kin.keys() | {each for found in probed.values() for each in found}
    wanted |= {link.person_id for links in said.values() for link in links if _stands(link)}
    people = _people(wanted, by=by)
    apart = among(set(people), by=by) if open_ones else ()
    around = _Around(people, kin, {number: people[number].label for number in settled if number in people})
    standings = {}
    for key, record in subjects.items():
        links = said[key]
        never = {link.person_id for link in links if _stands(link)} | settled
        offered = _offered(record, probed.get(key, ()), never, around) if key in open_ones else []
        standings[key] = _standing(links, offered, people, apart)
    return Asked(_parted(standings, apart, settled), frozenset(wanted - people.keys()))


def version_of(links: Iterable[Link]) -> int:
    """How much was said of one person named: every link, and every one taken back, counts one."""
    return sum(2 if link.ended_at else 1 for link in links)


def _stands(link: Link) -> bool:
    return link.ended_at is None


def _is(link: Link) -> bool:
    return link.state == "confirmed"


def _said(subjects: Mapping[UUID, Record], *, by: Actor) -> dict[UUID, list[Link]]:
    found: dict[UUID, list[Link]] = {key: [] for key in subjects}
    for link in within(by, Link.objects.filter(subject_key__in=list(subjects)).order_by("said_at", "id")):
        found[link.subject_key].append(link)
    return found


_PROBES = f"""
SELECT subject, person_id FROM (
  SELECT asked.subject, probe.person_id,
         row_number() OVER (PARTITION BY asked.subject ORDER BY count(*) DESC, probe.person_id) AS place
    FROM unnest(%(subjects)s::int[], %(tokens)s::bigint[]) AS asked (subject, token)
   CROSS JOIN LATERAL (
     SELECT person_id FROM people_probe probe
      WHERE probe.{OWN} AND probe.token = asked.token ORDER BY probe.person_id LIMIT {_OF_ONE_PROBE}
   ) probe
   GROUP BY asked.subject, probe.person_id
) found WHERE place <= {_PROBED} ORDER BY subject, place
"""  # noqa: S608 (constants)


def _probed(subjects: Mapping[UUID, Record], *, by: Actor) -> dict[UUID, list[int]]:
    """By key the numbers of those who share a probe with them, most probes first: one statement for all."""
    keys = list(subjects)
    pairs = [(place, token) for place, key in enumerate(keys) for token in sorted(asked(subjects[key]))]
    found: dict[UUID, list[int]] = defaultdict(list)
    if pairs:
        places, tokens = zip(*pairs, strict=True)
        for place, person in rows_within(by, _PROBES, subjects=list(places), tokens=list(tokens)):
            found[keys[place]].append(person)
    return found


_KIN = f"""
SELECT person_id, other_id, false FROM people_relationship tie
 WHERE tie.{OWN} AND tie.person_id = ANY(%(people)s) AND struck_at IS NULL
UNION
SELECT other_id, person_id, false FROM people_relationship tie
 WHERE tie.{OWN} AND tie.other_id = ANY(%(people)s) AND struck_at IS NULL
UNION
SELECT mine.person_id, theirs.person_id, true FROM people_membership mine
  JOIN people_membership theirs ON theirs.{OWN} AND theirs.household_id = mine.household_id
   AND theirs.person_id <> mine.person_id AND theirs.struck_at IS NULL AND theirs.until IS NULL
 WHERE mine.{OWN} AND mine.person_id = ANY(%(people)s) AND mine.struck_at IS NULL AND mine.until IS NULL
 ORDER BY 1, 2, 3
"""  # noqa: S608 (constants)


def _kin(people: Collection[int], *, by: Actor) -> dict[int, dict[int, str]]:
    """Relatives of some people, and those who live with them now: by relative whose, and how."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for one, other, together in rows_within(by, _KIN, people=sorted(people)) if people else ():
        found[other][one] = LIVES if together else found[other].get(one, RELATED)
    return {other: ties for other, ties in found.items() if other not in people}


def _ties(people: Collection[int], company: Company | None, *, by: Actor) -> dict[int, dict[int, str]]:
    """Everybody who belongs to those confirmed, or was named with them before; the nearest tie's words."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for source in (company(people) if company and people else {}, _kin(people, by=by)):
        for other, ties in source.items():
            if other not in people:
                found[other] |= ties
    return found


def kin_of(people: Collection[int], *, by: Actor) -> frozenset[int]:
    """Numbers of everybody related to these people, or living with them now: one statement."""
    return frozenset(_kin(people, by=by))


def _people(numbers: Collection[int], *, by: Actor) -> dict[int, Seen]:
    """The records that stand and that the reader may see; one that was joined into another is found by that other."""
    rows = list(within(by, Person.objects.filter(pk__in=numbers, joined_into=None))) if numbers else []
    told = index.records([row.pk for row in rows], by=by) if rows else {}
    return {
        row.pk: Seen(
            row.pk, row.key, row.label, row.born_on, row.expected_on, row.died_on, row.postcode,
            told.get(row.pk, Record()),
        )
        for row in rows
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Around:
    """What everybody named together is compared with.

    :param kin: relatives and company of those confirmed
    :param names: of those confirmed
    """

    people: Mapping[int, Seen]
    kin: Ties
    names: Mapping[int, str]


def _offered(mention: Record, probed: Iterable[int], never: Collection[int], around: _Around) -> list[Candidate]:
    people, kin = around.people, around.kin
    numbers = [each for each in dict.fromkeys((*probed, *kin)) if each in people and each not in never]
    near = weights().among(NEAR)
    # Relatives are looked for among few, everybody else among all; twins are known only where all stand together.
    found = {numbers[place]: verdict for place, verdict in ranked(mention, [people[each].record for each in numbers])}
    for number in (each for each in numbers if each in kin):
        if not (number in found and found[number].twin):
            verdict = weigh(mention, people[number].record, by=near)
            if verdict.proposed:
                found[number] = verdict
    made = [
        Candidate(people[each], verdict, _beside(kin.get(each, {}), around.names)) for each, verdict in found.items()
    ]
    made.sort(key=lambda one: (-one.verdict.bits, one.person.label, one.person.number))
    certain = bool(made) and made[0].verdict.strength == ALMOST_CERTAIN
    # Beside somebody almost certain the merely possible only distract; a twin is a warning and stays.
    return [one for one in made if not certain or one.verdict.twin or one.verdict.strength != POSSIBLE]


def _beside(ties: Mapping[int, str], names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(f"{how} {names[number]}, confirmed" for number, how in ties.items() if number in names)


def _standing(
    links: list[Link], offered: list[Candidate], people: Mapping[int, Seen], apart: Iterable[Apart]
) -> Standing:
    told = [
        (link, Said(link.key, people[link.person_id], link.said_at, link.said_by, link.why, link.made))
        for link in links
        if _stands(link) and link.person_id in people
    ]
    shown = {each.person.number for each in offered[:MOST]}
    return Standing(
        seen=version_of(links),
        confirmed=next((said for link, said in told if _is(link)), None),
        rejected=tuple(said for link, said in told if not _is(link)),
        candidates=tuple(offered),
        twins=any(each.verdict.twin for each in offered[:MOST])
        or any(pair.both <= shown for pair in apart if not pair.secret),
    )


def _parted(
    standings: Mapping[UUID, Standing], apart: Iterable[Apart], settled: Collection[int]
) -> dict[UUID, Standing]:
    """Of two identities that must never be seen together the likelier alone, or the one who is confirmed here."""
    best: dict[int, float] = {number: float("inf") for number in settled}
    for standing in standings.values():
        for each in standing.candidates:
            best[each.person.number] = max(best.get(each.person.number, float("-inf")), each.verdict.bits)
    gone = set()
    for pair in apart:
        if pair.secret and pair.both <= best.keys():
            gone.add(min(sorted(pair.both, reverse=True), key=lambda number: best[number]))
    return {
        key: replace(
            standing,
            candidates=tuple(each for each in standing.candidates if each.person.number not in gone)[:MOST],
        )
        for key, standing in standings.items()
    }


def verdict_on(mention: Record, person: UUID, *, by: Actor) -> tuple[Seen, Verdict] | None:
    """One record of the index weighed against somebody named; None where the reader sees no such record."""
    number = within(by, Person.objects.filter(key=person, joined_into=None)).values_list("pk", flat=True).first()
    found = _people([number], by=by).get(number) if number is not None else None
    return (found, weigh(mention, found.record)) if found else None
