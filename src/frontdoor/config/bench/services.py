"""What finding a service costs, beside the bare indexed question; and a long open list, read to its end."""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from frontdoor.access.queries import actor_for
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import DIRECTORY, PUBLIC
from frontdoor.codes.rules import SERVICE_CATEGORIES
from frontdoor.config.bench.timing import Line, Times, side_by_side
from frontdoor.config.demo import signposting
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE
from frontdoor.directory.actions import applying, reading
from frontdoor.directory.models import Service
from frontdoor.directory.queries import listing, searching
from frontdoor.directory.rules.asking import PAGE, Cut, Wanted
from frontdoor.directory.rules.feeds import Entry

if TYPE_CHECKING:
    from frontdoor.config.bench.measuring import Bench

TIMES, P95, GROWTH = 5, 3, 32
"""Services for each contact of the smallest bench; so many times the floor; megabytes that a long list may add."""

_SEED = 20_261_123
_NAMES = (
    "Otter", "Lantern", "Orchard", "Kestrel", "Willow", "Harbour", "Meadow", "Pebble", "Saffron", "Thimble", "Heron",
    "Bramble", "Copper", "Juniper", "Marigold", "Linnet",
)  # fmt: skip
_KINDS = ("Club", "Circle", "Workshop", "Drop-in", "Course", "Line", "Playgroup", "Clinic", "Kitchen", "Mentors")
_WORDS = (
    "sleep", "debt", "toddlers", "anxiety", "canoe", "football", "breakfast", "homework", "grief", "signing",
    "mediation", "cooking",
    "gardening", "swimming", "speech", "judo", "pottery", "advice", "housing", "benefits", "smoking",
    "carers",
)  # fmt: skip

_WITH_WORDS = """
SELECT s.id FROM websearch_to_tsquery('english', %(words)s) q, directory_service s
 WHERE s.authority_id = %(council)s AND s.public AND s.words @@ q{more}
 ORDER BY ts_rank(s.words, q) DESC, s.name, s.id LIMIT 20"""
_FOR_AGE = (
    " AND (s.maximum_age IS NULL OR s.maximum_age >= %(age)s) AND (s.minimum_age IS NULL OR s.minimum_age <= %(age)s)"
    " AND s.free"
)
_BY_NEED = """
SELECT s.id FROM directory_attribute a
  JOIN directory_service s ON s.authority_id = a.authority_id AND s.id = a.service_id
 WHERE a.authority_id = %(council)s AND s.public AND a.term_id = (
       SELECT id FROM directory_taxonomyterm WHERE authority_id = %(council)s AND feed_id = %(term)s)
 ORDER BY s.name, s.id LIMIT 20"""


def entries(count: int) -> Iterator[Entry]:
    """As many invented services as are wanted, each with everything in it, the same ones each time."""
    chance = Random(_SEED)  # noqa: S311 (the same ones each time)
    rows = [row for source in signposting.SOURCES for row in signposting.rows(source)]
    codes = [each.code for each in SERVICE_CATEGORIES]
    for number in range(count):
        row = dict(chance.choice(rows), category=chance.choice(codes))
        row["name"] = f"{chance.choice(_NAMES)} {chance.choice(_KINDS)} {number}"
        row["organisation"] = f"{chance.choice(_NAMES)} Trust {number % 3_000}"
        row["hall"] = f"Hall {number % 9_000}"
        row["description"] = f"{row['description']} {' '.join(chance.sample(_WORDS, 3))}."
        yield Entry("service", signposting.service(row, number % 600, at=datetime(2026, 11, 1, tzinfo=UTC)))


def fill(count: int, say: Callable[[str], None]) -> None:
    """Bring them in by the real importer, and say how long that took."""
    began, at = time.monotonic(), timezone.now()
    with acting_for(CAMBRIDGESHIRE, by=DIRECTORY) as by:
        source = reading.add_source(name="The bench", origin="file", by=by, at=at)
        run = reading.try_entries(source.key, entries(count), by=by, at=at)
        tried = time.monotonic()
        applying.apply(run.key, seen=run.version, by=by, at=at)
    say(f"{count:,} services tried in {tried - began:.0f} s, applied in {time.monotonic() - tried:.0f} s")


def _questions() -> list[tuple[str, Wanted, str, dict[str, Any]]]:
    """What is asked: its name, the question as a page asks it, and the bare statement with its values."""
    chance = Random(_SEED)  # noqa: S311 (as above)
    terms = [UUID(signposting.key("term", each.code)) for each in SERVICE_CATEGORIES]
    found: list[tuple[str, Wanted, str, dict[str, Any]]] = []
    for _ in range(60):
        words, age, term = " ".join(chance.sample(_WORDS, 2)), chance.randrange(0, 18), chance.choice(terms)
        found += [
            ("two words", Wanted(words=words), _WITH_WORDS.format(more=""), {"words": words}),
            ("two words, an age, free", Wanted(words=words, youngest=age, oldest=age, free=True),
             _WITH_WORDS.format(more=_FOR_AGE), {"words": words, "age": age}),
            ("a need", Wanted(terms=(term,)), _BY_NEED, {"term": term}),
        ]  # fmt: skip
    return found


def found(bench: "Bench") -> list[Line]:
    """Search as staff and public do it beside the bare statements, past the policies; and the open list."""
    questions = _questions()
    lines = []
    for name in dict.fromkeys(each[0] for each in questions):
        floor, whole = _beside(bench, [each for each in questions if each[0] == name])
        ratio, tail = whole.p50 / floor.p50, whole.p95 / floor.p95
        what = f"services for families, {_count():,}: {name}"
        lines.append(
            Line(what, str(floor), str(whole), f"{ratio:.2f}x / {tail:.2f}x", f"p95 at most {P95}x", tail <= P95)
        )
    return [*lines, *_to_its_end()]


def _count() -> int:
    with acting_for(CAMBRIDGESHIRE, by=PUBLIC):
        return Service.objects.count()


def _beside(bench: "Bench", questions: list[tuple[str, Wanted, str, dict[str, Any]]]) -> tuple[Times, Times]:
    actor = actor_for(bench.user, at=timezone.now())
    ours, theirs = cycle(questions), cycle(questions)
    with bench.session("frontdoor_unwalled") as session:

        def bare() -> None:
            _, _, text, values = next(theirs)
            with session.transaction():
                session.execute(text, {**values, "council": CAMBRIDGESHIRE}).fetchall()

        def page() -> None:
            with acting_for(CAMBRIDGESHIRE, by=actor) as by:
                searching.search(next(ours)[1], Cut(size=PAGE), by=by)

        floor, whole = side_by_side(bench.rounds, bare, page)
    return floor, whole


def _to_its_end() -> list[Line]:
    """The open list of services, page by page to its end: how much memory it adds, and what a late page costs."""
    before, number, taken, count = _memory(), 1, [], 0
    while True:
        began = time.perf_counter()
        with acting_for(CAMBRIDGESHIRE, by=PUBLIC) as by:
            sheet = listing.services(Wanted(), Cut(number, 100), by=by).said()
        json.dumps(sheet)
        taken.append(1_000 * (time.perf_counter() - began))
        count += len(sheet["contents"])
        number += 1
        if sheet["last_page"] or sheet["empty"]:
            break
    added = _memory() - before
    first, last = Times(tuple(taken[:20])), Times(tuple(taken[-20:]))
    return [
        Line("open list of services, a page of 100: the first twenty, the last twenty", str(first), str(last),
             f"{last.p50 / first.p50:.2f}x"),
        Line(f"open list of services read to its end, {count:,} services: memory added", "", f"{added:.0f} MB", "",
             f"at most {GROWTH} MB", added <= GROWTH),
    ]  # fmt: skip


def _memory() -> float:
    """The most memory of this process so far, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform == "linux" else most / (1 << 20)
