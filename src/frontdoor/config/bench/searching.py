"""What finding somebody costs: beside the bare exact question to an index, and as the index grows."""

import resource
import sys
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from frontdoor.access.queries import actor_for
from frontdoor.actors.actions import acting_for
from frontdoor.config.bench import people
from frontdoor.config.bench.timing import Line, Times, side_by_side
from frontdoor.config.demo.organisation import SLUGS
from frontdoor.config.population.mentions import mention
from frontdoor.config.population.people import TODAY, Someone, household
from frontdoor.matching.queries.candidates import candidates
from frontdoor.matching.queries.searching import search
from frontdoor.matching.queries.searching_families import families
from frontdoor.matching.rules.searching import Question, asked
from frontdoor.people.rules.names import fold, transliterated

if TYPE_CHECKING:
    from frontdoor.config.bench.measuring import Bench

P50, P95, RECALL, FIRST = 8, 15, 0.99, 20
ASKED = 400
_STRIDE = 7_919  # a prime: households all over the index, each once

# What a program would ask that knew exactly whom it wants.
EXACT = """
SELECT person.id, person.key, person.label, person.born_on, person.postcode FROM people_name name
  JOIN people_person person ON person.authority_id = %(council)s AND person.id = name.person_id
 WHERE name.authority_id = %(council)s AND name.fold_family = %(family)s AND name.fold_given = %(given)s
   AND person.born_on = %(born)s AND name.struck_at IS NULL LIMIT 20"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody looked for: what is typed, with its one slip, and the truth.

    :param number: of their case system, by which they are known to be found
    """

    council: int
    typed: str
    question: Question
    number: str
    given: str
    family: str
    born: date


def wanted(council: int, place: int, count: int, most: int) -> list[Wanted]:
    """People with a date of birth and two names, spread over a council's index, each with one slip of the keyboard."""
    chance, found = Random(f"{people.SEED}:{council}:{count}"), []  # noqa: S311 (the same ones each time)
    share = count // 2
    for number in range(share // 5):  # a household has three people, and some nobody with a date of birth
        family = household(people.SEED, place * count + number * _STRIDE % (share // 5), people=share)
        found += [each for each in family if _fit(each)][:1]
        if len(found) >= most:
            break
    return [_one(council, each, chance) for each in found]


def _fit(each: Someone) -> bool:
    name = each.record.names[0]
    return each.record.born is not None and len(name.given) > 2 and len(name.family) > 2


def _one(council: int, who: Someone, chance: Random) -> Wanted:
    name, born = who.record.names[0], who.record.born or TODAY
    given = name.given.split()[0]
    words = [given, name.family]
    slip = chance.randrange(2) if min(map(len, words)) > 3 else len(words[1]) > len(words[0])
    words[slip] = slipped(words[slip], chance)
    typed = f"{words[0]} {words[1]} {born:%d/%m/%Y}"
    return Wanted(
        council, typed, asked(typed, on=TODAY), f"C{who.number}", fold(transliterated(given)),
        fold(transliterated(name.family)), born,
    )  # fmt: skip


def slipped(word: str, chance: Random) -> str:
    """A word with one slip anywhere in it: a letter left out, doubled, changed, or two that changed places."""
    place = chance.randrange(len(word) - 1)
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + chance.choice("aeinorst") + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def speed(bench: "Bench", count: int) -> tuple[Times, Times, list[Wanted]]:
    """The floor and the search of people on an index of a size, one council a question, and what was asked."""
    asked_for = [
        each
        for pair in zip(
            *(wanted(council, place, count, ASKED // 2) for place, council in enumerate(SLUGS)), strict=False
        )
        for each in pair
    ]
    actor = actor_for(bench.user, at=timezone.now())
    ours, theirs = cycle(asked_for), cycle(asked_for)
    with bench.session() as session:

        def exact() -> None:
            each = next(theirs)
            with session.transaction():
                session.execute(
                    "SELECT set_config('frontdoor.authority', %s, true), set_config('frontdoor.actor', %s, true)",
                    [str(each.council), actor.name],
                )
                values = {"council": each.council, "family": each.family, "given": each.given, "born": each.born}
                session.execute(EXACT, values).fetchall()

        below, whole = side_by_side(bench.rounds, exact, lambda: _search(next(ours), actor))
    return below, whole, asked_for


def _search(each: Wanted, actor: Any, *, kin: bool = False) -> list[int]:
    with acting_for(each.council, by=actor) as by:
        hits = search(each.question, by=by, on=TODAY, most=FIRST).hits
        if kin:
            families(hits, by=by, on=TODAY)
    return [hit.line.id for hit in hits]


def found(bench: "Bench", count: int, small: Times | None = None) -> list[Line]:
    """Search as it is typed: its speed beside the exact question, how many it finds, and what families add.

    :param small: the search on the smallest index, for how it grows
    """
    below, whole, asked_for = speed(bench, count)
    actor = actor_for(bench.user, at=timezone.now())
    again = cycle(asked_for)
    (kin,) = side_by_side(bench.rounds, lambda: _search(next(again), actor, kin=True))
    share = recall(bench, asked_for, actor)
    ratio, tail = whole.p50 / below.p50, whole.p95 / below.p95
    lines = [
        Line(
            "person search, one slip and a date of birth", str(below), str(whole), f"{ratio:.2f}x / {tail:.2f}x",
            f"at most {P50}x / {P95}x", ratio <= P50 and tail <= P95,
        ),
        Line(
            f"person search: found among the first {FIRST}, of {len(asked_for)} with seed {people.SEED}", "",
            f"{share:.4f}", "", f"at least {RECALL}", share >= RECALL,
        ),
        Line("person search with whole families", str(below), str(kin), f"{kin.p50 / below.p50:.2f}x"),
    ]  # fmt: skip
    lines += arrival(bench, count)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "linux" else 1 << 30)
    lines.append(
        Line("person search: memory of the process that searches, at its most", "", f"{1024 * most:.0f} MB", "",
             "at most 2 GB", most <= 2)
    )  # fmt: skip
    if small is not None:
        growth = whole.p95 / small.p95
        lines.append(
            Line("person search: growth from 10 thousand people", str(small), str(whole), f"p95 {growth:.2f}x",
                 "p95 at most 5x", growth <= 5)
        )  # fmt: skip
    return lines


def recall(bench: "Bench", asked_for: list[Wanted], actor: Any) -> float:
    """Of those looked for, the share who are among the first."""
    rows = bench.rows(
        "SELECT value, person_id FROM people_identifier WHERE value = ANY(%s)", [[each.number for each in asked_for]]
    )
    numbers = dict(rows)
    return sum(numbers[each.number] in _search(each, actor) for each in asked_for) / len(asked_for)


def arrival(bench: "Bench", count: int) -> list[Line]:
    """One person of an arrival against the whole index: candidates and weights, and whether the right one is first."""
    actor = actor_for(bench.user, at=timezone.now())
    told, share = [], count // 2
    for council, place in zip(SLUGS, range(len(SLUGS)), strict=True):
        chance = Random(f"{people.SEED}:arrival:{council}")  # noqa: S311 (the same ones each time)
        for number in range(ASKED // 2):
            who = household(people.SEED, place * count + number * _STRIDE % (share // 5), people=share)[-1]
            told.append((council, f"C{who.number}", mention(who, chance)))
    numbers = dict(bench.rows(
        "SELECT value, person_id FROM people_identifier WHERE value = ANY(%s)", [[number for _, number, _ in told]]
    ))  # fmt: skip
    told = [each for each in told if each[1] in numbers]  # the unborn have none
    first: list[bool] = []

    def ask() -> None:
        council, number, record = next(again)
        with acting_for(council, by=actor) as by:
            ((_, standing),) = candidates({UUID(int=1): record}, by=by).standings.items()
        best = [each.person.number for each in standing.candidates[:1]]
        first.append(best == [numbers[number]])

    again = cycle(told)
    (taken,) = side_by_side(bench.rounds, ask)
    right = sum(first) / len(first)
    return [
        Line(
            "one arrival against the index: candidates and weights", "", f"{taken}; the right one first in {right:.1%}"
        )
    ]
