"""The search for doubles, a slice of the index at a time: what it finds is laid before somebody, nothing is joined."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, acting_council, require
from frontdoor.matching.models import Search, Suspicion
from frontdoor.matching.queries.doubles_across import There, told_before
from frontdoor.matching.queries.doubles_searching import Pair, alike, apart, size, slice_after, standing
from frontdoor.matching.rules.scoring import Verdict, weigh
from frontdoor.matching.rules.weights import Weights, weights
from frontdoor.people.models import Person
from frontdoor.people.queries import index
from frontdoor.trail import actions as trail

SLICE = 1_000
"""So many people are looked at in one transaction: what is kept at a kill, and how much is held at once."""

Found = list[tuple[Pair, Verdict]]
"""Pairs worth showing to somebody, each with its reasons."""

Finder = Callable[[list[int], int, Actor], Found]
"""Gives what is found of a slice, told how many people the index holds."""

OWN, SPLINK, SPARK = "probes", "splink", "spark"
"""What finds the pairs: the index itself, or Splink on DuckDB or on Apache Spark where their packages are installed."""


@transaction.atomic
def begin(*, engine: str = OWN, begun_by: str, by: Actor, at: datetime) -> Search:
    """Begin a search, or go on with the last of its kind that did not come to its end.

    :param begun_by: who asked for it, in words
    :raises NotPermitted: `by` may not see how matches are weighed
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    version = weights().version
    search = standing(engine, version, by=by)
    if search is None:
        search = Search(
            authority_id=acting_council(by), state="running", engine=engine, weights_version=version,
            begun_by=begun_by[:120], begun_at=at, moved_at=at, total=size(by=by),
        )  # fmt: skip
        search.save()
    else:
        search.state, search.moved_at = "running", at
        search.save(update_fields=["state", "moved_at"])

    trail.record("matching.search", subject=search, by=by, at=at, engine=engine, weights=version)
    return search


@transaction.atomic
def go_on(key: UUID | str, *, finder: Finder | None = None, by: Actor, at: datetime) -> Search:
    """Look at the next slice of the index: whoever is enough like somebody in it is weighed against them.

    What was killed within a slice begins that slice again, and lays no pair before anybody twice.

    :param finder: gives what is found of a slice; without it, those are weighed who share enough probes
    :returns: the search, done where the index came to its end
    :raises NotPermitted: `by` may not see how matches are weighed
    :raises NotFound: there is none of that key
    :raises StepNotAllowed: it is over
    """
    search = _running(key, by=by)
    people = slice_after(search.reached, SLICE, by=by)
    found = (finder or _own)(people, search.total, by)
    search.found += lay(search, found, by=by)
    _moved(search, people, by=by, at=at)
    return search


@transaction.atomic
def stop(key: UUID | str, *, failure: str = "", by: Actor, at: datetime) -> Search:
    """A search that cannot go on now; it goes on where it was when it is begun again.

    :param failure: why, in words without anybody's name
    """
    search = _running(key, by=by)
    search.state, search.failure, search.moved_at = "stopped", failure[:300], at
    search.save(update_fields=["state", "failure", "moved_at"])
    trail.record("matching.search_stopped", subject=search, by=by, at=at)
    return search


def _running(key: UUID | str, *, by: Actor) -> Search:
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    search = within(by, Search.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if search is None:
        raise NotFound
    if search.state != "running":
        raise StepNotAllowed("This search is over", when=search.ended_at)
    return search


def _own(people: list[int], among: int, by: Actor) -> Found:
    """What the index itself says of a slice."""
    return weighed(alike(people, by=by), among=among, by=by)


def weighed(pairs: Sequence[Pair], *, among: int, by: Actor) -> Found:
    """Pairs worth showing to somebody, each with its reasons; those that were answered before are left out.

    :param among: how many people the index holds: the more, the less an agreement says
    """
    asked_about = apart(pairs, by=by) if pairs else set()
    open_ones = [pair for pair in pairs if pair not in asked_about]
    records = index.records({each for pair in open_ones for each in pair}, by=by)
    table: Weights = weights().among(max(among, 2))
    found = []
    for one, other in open_ones:
        if one in records and other in records:
            verdict = weigh(records[one], records[other], by=table)
            if verdict.proposed:
                found.append(((one, other), verdict))
    return found


def lay(search: Search, found: Iterable[tuple[Pair, Verdict]], *, by: Actor) -> int:
    """Write down what may be doubles, for somebody to look at; gives how many.

    Of what was weighed ahead, somebody may have answered a pair meanwhile: it is not asked again.
    """
    proposed = dict(found)
    answered = apart(proposed, by=by) if proposed else set()
    told = [(pair, verdict) for pair, verdict in proposed.items() if pair not in answered]
    people = {each for pair, _ in told for each in pair}
    stand = set(within(by, Person.objects.filter(pk__in=people, joined_into=None)).values_list("pk", flat=True))
    rows = [
        Suspicion(
            authority_id=acting_council(by), search=search, person_id=one, other_id=other, strength=verdict.strength,
            bits=verdict.bits, reasons=[*verdict.reasons, *verdict.against], state="waiting",
        )
        for (one, other), verdict in told
        if {one, other} <= stand and not verdict.twin
    ]  # fmt: skip
    Suspicion.objects.bulk_create(rows, batch_size=500)
    return len(rows)


@transaction.atomic
def lay_across(
    key: UUID | str, people: Sequence[int], found: Sequence[There], *, council: int, by: Actor, at: datetime
) -> Search:
    """Write down that somebody here may be the same person as one in another council: a bare reference, no reasons.

    :param people: the slice of the index that was looked at
    :param found: what the matcher brought from the other council
    :raises NotPermitted: `by` may not see how matches are weighed
    :raises NotFound: there is no such search
    :raises StepNotAllowed: it is over
    """
    search = _running(key, by=by)
    told = told_before(found, council, by=by)
    rows = [
        Suspicion(
            authority_id=acting_council(by), search=search, person_id=each.number, elsewhere_council=council,
            elsewhere=each.reference, strength=each.strength, bits=each.bits, state="waiting",
        )
        for each in found
        if (each.number, each.reference) not in told
    ]  # fmt: skip
    Suspicion.objects.bulk_create(rows, batch_size=500)
    search.found += len(rows)
    _moved(search, people, by=by, at=at)
    return search


def _moved(search: Search, people: Sequence[int], *, by: Actor, at: datetime) -> None:
    """A slice was looked at; one that is not full was the last."""
    search.done += len(people)
    search.moved_at = at
    if people:
        search.reached = people[-1]
    if len(people) < SLICE:
        search.state, search.ended_at = "done", at
        trail.record("matching.searched", subject=search, by=by, at=at, looked=search.done, found=search.found)
    search.save(update_fields=["found", "done", "reached", "moved_at", "state", "ended_at"])
