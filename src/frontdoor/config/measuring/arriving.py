"""One person of an arrival against a whole index: our candidates, and Splink's own call for one record, in turns."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from frontdoor.access.models import User
from frontdoor.access.queries import actor_for
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import within
from frontdoor.actors.rules import MATCHER, Actor
from frontdoor.config import doubling
from frontdoor.config.bench.timing import Times, side_by_side
from frontdoor.config.demo.organisation import email_of
from frontdoor.config.measuring import splinked
from frontdoor.config.measuring.batch import frame
from frontdoor.config.measuring.tables import SEED, somebody
from frontdoor.config.population.mentions import mention
from frontdoor.matching.queries.candidates import candidates
from frontdoor.people.models import Identifier
from frontdoor.people.rules.records import Record

_NEW = 1 << 40


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody told of.

    :param person: their number in the database, the truth
    """

    record: Record
    person: int


def measure(council: int, *, people: int, asked: int, out: Callable[[str], None], memory: str = "4GB") -> None:
    """How long each takes for one record, how often both name the same person first, and how often the right one.

    :param people: how many the tables were made for, which says who is who
    :raises ImportError: the packages of the extra `matching` are not installed
    """
    told = _told(council, people=people, asked=asked)
    user = User.objects.get(email=email_of(Role.SOCIAL_WORKER, authority=council))
    table = frame(council)
    out(f"{table.num_rows:,} people, {len(told)} arrivals")
    for name, comparisons, trained in (
        ("ready-made comparisons, trained here", splinked.ready_made_british(), True),
        ("our own fields, levels and weights", doubling.comparisons(), False),
    ):
        theirs = _Splink(table, comparisons, trained=trained, memory=memory)
        _compare(name, told, _Ours(council, actor_for(user, at=timezone.now())), theirs, out)


def _told(council: int, *, people: int, asked: int) -> list[Arrival]:
    """People of the index at random, each told of once more as a caller or a form would."""
    chance = Random(f"{SEED}:arrivals")  # noqa: S311 (the same ones each time)
    with acting_for(council, by=MATCHER) as by:
        known = dict(
            within(by, Identifier.objects.filter(kind="local", value__startswith="C")).values_list("value", "person_id")
        )
    return [
        Arrival(mention(somebody(number, people=people), chance), known[number])
        for number in chance.sample(sorted(known), asked)
    ]


class _Ours:
    """Candidates as a worker's page asks for them, behind both walls; the one offered first."""

    def __init__(self, council: int, actor: Actor) -> None:
        self._council, self._actor = council, actor

    def first(self, record: Record) -> int | None:
        """Whom we offer first; nobody where nobody is worth offering."""
        with acting_for(self._council, by=self._actor) as by:
            ((_, standing),) = candidates({UUID(int=1): record}, by=by).standings.items()
        return next((each.person.number for each in standing.candidates), None)


class _Splink:
    """Splink's call for one new record, `predict_between`, on a model that stands in memory."""

    def __init__(self, table: Any, comparisons: list[Any], *, trained: bool, memory: str) -> None:
        self._database = splinked.opened(memory=memory)
        self._known = self._database.register(table, dataset_display_name="known")
        self._model = splinked.linked([self._known], comparisons, splinked.BLOCKS)
        if trained:
            splinked.train(self._model)
        self._number = 0

    def first(self, record: Record) -> int | None:
        """Whom Splink finds the likeliest."""
        self._number += 1
        new = self._database.register(splinked.table({_NEW: record}), dataset_display_name=f"new{self._number}")
        found = self._model.inference.predict_between(self._known, new).as_record_list()
        best = max(found, key=lambda each: each["match_weight"], default=None)
        return min(best["unique_id_l"], best["unique_id_r"]) if best else None


def _compare(name: str, told: list[Arrival], ours: _Ours, theirs: _Splink, out: Callable[[str], None]) -> None:
    firsts: tuple[dict[int, int | None], ...] = ({}, {})

    def ask(place: int, of: _Ours | _Splink) -> Callable[[], None]:
        turns = cycle(range(len(told)))

        def one() -> None:
            turn = next(turns)
            firsts[place][turn] = of.first(told[turn].record)

        return one

    mine, splinks = side_by_side(len(told), ask(0, ours), ask(1, theirs))
    counts = Counter(
        (
            "the same" if firsts[0][turn] == firsts[1][turn] else "not the same",
            "ours right" if firsts[0][turn] == each.person else "ours wrong",
            "Splink right" if firsts[1][turn] == each.person else "Splink wrong",
        )
        for turn, each in enumerate(told)
    )
    _say(name, mine, splinks, counts, out)


def _say(
    name: str, mine: Times, splinks: Times, counts: Counter[tuple[str, str, str]], out: Callable[[str], None]
) -> None:
    out(f"| {name} | {splinks} | {mine} | {splinks.p50 / mine.p50:.1f}x |")
    for (same, one, other), number in counts.most_common():
        out(f"|   {same}: {one}, {other} | {number} of {counts.total()} |")
