"""Every branch of a search is asked of an index, policies on: what may not pass the wall would read every row."""

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdoor.matching.rules.searching import asked
from tests.worlds import MADE_AT, World

TODAY = MADE_AT.date()
TYPED = [
    "jam dub", "jamie dubock 3/4/16", "3/4/16", "jamie 9yo pe3", "pe3 6ab", "999 087 1779", "01632 960123",
    "unborn tarrow", "jamie at larkspur fen primary", "jamie larkspur primary", "mary jane smith",
]  # fmt: skip
WHOLE = "person_expected"
"""An index of those not yet born alone: all of it may be read."""
KEY = re.compile(r"fold_|person_id|token|postcode|value|born_on|expected_on|household_id|other_id|\bid\b")


def _scans(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each reading of a table or an index in a plan, with what it is asked by."""
    if node["Node Type"] == "Seq Scan" or "Index Name" in node:
        yield node.get("Index Name") or node["Relation Name"], node.get("Index Cond", "everything")
    for below in node.get("Plans", ()):
        yield from _scans(below)


def _many(by: Any) -> None:
    """Two thousand people of unlike names and days, enough that no other way is cheaper."""
    from frontdoor.people.models import Birth, Fact, Identifier, Name, Person, Probe, Residence

    people = Person.objects.bulk_create(
        Person(authority_id=by.authority, made_at=MADE_AT, label=f"G{n}", given_name=f"G{n}", family_name=f"F{n}",
               born_on=date(1990, 1, 1) + timedelta(days=6 * n))
        for n in range(2_000)
    )  # fmt: skip
    rest = {"authority_id": by.authority, "source_kind": "worker", "recorded_at": MADE_AT}
    for model, said in (
        (Name, lambda n: {"kind": "legal", "fold_given": _word(n), "fold_family": _word(7 * n)}),
        (Birth, lambda n: {"basis": "known", "day": date(1990, 1, 1) + timedelta(days=6 * n)}),
        (Residence, lambda n: {"kind": "home", "postcode": f"PE{n % 90} {n % 9}AB"}),
        (Identifier, lambda n: {"kind": "nhs", "value": str(n)}),
        (Fact, lambda n: {"kind": "school", "value": "A", "fold_value": f"{_word(n)} school"}),
    ):
        model.objects.bulk_create(model(person=each, **rest, **said(n)) for n, each in enumerate(people))  # type: ignore[attr-defined]  # five tables of one kind
    Probe.objects.bulk_create(
        Probe(authority_id=by.authority, token=5 * each.pk + n, person_id=each.pk) for each in people for n in range(4)
    )


def _word(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(4))


def test_every_branch_of_a_search_is_asked_of_its_index(own_database: str, world: World) -> None:
    from frontdoor.matching.queries.searching import search

    with world.acting("contact_officer") as by:
        _many(by)
    with psycopg.connect(os.environ["FRONTDOOR_OWNER_URL"], autocommit=True) as owner:
        for table in ("person", "name", "birth", "residence", "identifier", "fact", "probe"):
            owner.execute(f"ANALYZE people_{table}")
    wrong = []
    with world.acting("contact_officer") as by:
        for text in TYPED:
            with CaptureQueriesContext(connection) as captured:
                search(asked(text, on=TODAY), by=by, on=TODAY)
            assert len(captured) <= 3
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                for query in captured.captured_queries:
                    cursor.execute(f"EXPLAIN (FORMAT JSON) {query['sql']}")
                    plan = cursor.fetchone()[0][0]["Plan"]
                    wrong += [(text, *scan) for scan in _scans(plan) if scan[0] != WHOLE and not KEY.search(scan[1])]
    assert not wrong
