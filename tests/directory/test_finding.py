"""Services are found by words, need, age, place, day, cost, access and language; the public sees what is open to it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, NotFound
from frontdoor.directory.models import Correction, Service, Source
from frontdoor.directory.queries import listing, publishing, searching
from frontdoor.directory.rules.asking import Cut, NotAsked, Wanted, asked_by_system, place_of
from tests.directory.feeding import NEED, TAXONOMY, bring, key, place, service, source, standing
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

AT = datetime(2026, 1, 6, 10, tzinfo=UTC)

SERVICES = (
    service(),
    service(
        "Debt Desk", description="Help with bills.", minimum_age=16, maximum_age=None, attributes=[], languages=None,
        schedules=[{"id": key("sat"), "freq": "WEEKLY", "byday": "SA", "opens_at": "14:00", "closes_at": "16:00"}],
        cost_options=[{"id": key("paid"), "amount": 5}],
        service_at_locations=[place("Far hall", "PE13 1XX", 52.67, 0.16)],
        service_areas=[{"id": key("ward"), "name": "Ravensthorpe"}],
    ),
    service("Closed Club", status="inactive"),
)  # fmt: skip


@pytest.fixture
def brought(world: World) -> None:
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        with world.acting("early_help_officer", of=council, council=council) as by:
            every = SERVICES if council == PETERBOROUGH else (service("Fen Friends"),)
            bring(source(by=by, at=AT), *every, by=by, at=AT)


def names(found: searching.Found) -> list[str]:
    return [hit.service.name for hit in found.hits]


def near(words: str, **more: Any) -> Wanted:
    return Wanted(place=place_of(words), **more)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["Debt Desk", "Little Otters"]),
        (Wanted(everything=True), ["Closed Club", "Debt Desk", "Little Otters"]),
        (Wanted(words="toddlers"), ["Little Otters"]), (Wanted(words="otter trust bills"), ["Debt Desk"]),
        (Wanted(words="nothing like it"), []), (Wanted(words="'; DROP TABLE x; --"), []),
        (Wanted(terms=(UUID(NEED),)), ["Little Otters"]), (Wanted(taxonomy=UUID(TAXONOMY)), ["Little Otters"]),
        (Wanted(youngest=3, oldest=3), ["Little Otters"]), (Wanted(youngest=17, oldest=17), ["Debt Desk"]),
        (Wanted(day=1), ["Little Otters"]), (Wanted(day=0b100000), ["Debt Desk"]),
        (Wanted(day=1, opens=660), []), (Wanted(opens=600, closes=630), ["Little Otters"]),
        (Wanted(free=True), ["Little Otters"]), (Wanted(free=False), ["Debt Desk"]),
        (Wanted(language="Polish"), ["Little Otters"]), (Wanted(accessible=True), ["Debt Desk", "Little Otters"]),
        (near("pe1 1zz"), ["Little Otters"]), (near("PE1"), ["Little Otters"]),
        (near("pe1 1zz", km=40.0), ["Little Otters", "Debt Desk"]), (near("ravensthorpe"), ["Debt Desk"]),
        (near("Peterborough"), ["Debt Desk", "Little Otters"]), (near("Nowhere"), []),
    ],
)  # fmt: skip
def test_services_are_found_by_what_people_ask(world: World, brought: None, wanted: Wanted, found: list[str]) -> None:
    with world.acting("contact_officer", of=PETERBOROUGH) as by:
        assert names(searching.search(wanted, Cut(), by=by)) == found


def test_a_postcode_that_nothing_lies_near_narrows_nothing_and_says_so(world: World, brought: None) -> None:
    with world.acting("contact_officer", of=PETERBOROUGH) as by:
        found = searching.search(near("TR1 1AA"), Cut(), by=by)
    assert (found.unknown_place, found.total) == (True, 2)


def test_pages_hold_each_service_once(world: World, brought: None) -> None:
    with world.acting("contact_officer", of=PETERBOROUGH) as by:
        pages = [searching.search(Wanted(everything=True), Cut(number, 2), by=by) for number in (1, 2, 3)]
    assert [name for page in pages for name in names(page)] == ["Closed Club", "Debt Desk", "Little Otters"]
    assert [(page.total, page.more) for page in pages[:2]] == [(3, True), (3, False)]


def test_the_public_sees_open_services_of_one_council_and_nothing_else(world: World, brought: None) -> None:
    closed = None
    with world.acting("contact_officer", of=PETERBOROUGH):
        closed = standing("Closed Club")
    with acting_for(PETERBOROUGH, by=PUBLIC) as by:
        assert names(searching.search(Wanted(everything=True), Cut(), by=by)) == ["Debt Desk", "Little Otters"]
        assert {row.name for row in Service.objects.all()} == {"Debt Desk", "Little Otters"}
        with pytest.raises(NotFound):
            searching.one(closed.key, by=by)
        with pytest.raises(NotFound):
            publishing.service(closed.feed_id, by=by)
    with acting_for(CAMBRIDGESHIRE, by=PUBLIC) as by:
        assert {row.name for row in Service.objects.all()} == {"Fen Friends"}
        assert searching.search(Wanted(words="bills"), Cut(), by=by).total == 0


@pytest.mark.parametrize("model", [Source, Correction])
def test_the_public_reads_neither_sources_nor_corrections(world: World, brought: None, model: Any) -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        list(model.objects.all())


@pytest.mark.parametrize("write", ["UPDATE directory_service SET name = 'x'", "DELETE FROM directory_service"])
def test_the_public_writes_nothing(world: World, brought: None, write: str) -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        connection.cursor().execute(write)


def test_words_are_compared_in_an_index_though_rows_stand_behind_a_policy(world: World, brought: None) -> None:
    with world.acting("contact_officer", of=PETERBOROUGH) as by, connection.cursor() as cursor:
        cursor.execute("SELECT id FROM frontdoor_services_matching('bills')")
        assert cursor.fetchall() == [(standing("Debt Desk").pk,)]
        cursor.execute(
            "SELECT pg_get_userbyid(proowner), prosecdef FROM pg_proc WHERE proname = 'frontdoor_services_matching'"
        )
        assert cursor.fetchall() == [("frontdoor_search", True)]
    assert by


def test_a_list_for_systems_is_cut_as_the_profile_says(world: World, brought: None) -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC) as by:
        first, last = (listing.services(Wanted(), Cut(number, 1), by=by).said() for number in (1, 2))
        beyond = listing.services(Wanted(), Cut(9, 1), by=by).said()
    assert {name: first[name] for name in first if name != "contents"} == {
        "total_items": 2, "total_pages": 2, "page_number": 1, "size": 1, "first_page": True, "last_page": False,
        "empty": False,
    }  # fmt: skip
    assert (last["last_page"], beyond["empty"], beyond["total_items"]) == (True, True, 2)
    assert first["contents"][0]["id"] != last["contents"][0]["id"]
    assert not [name for name, value in first["contents"][0].items() if isinstance(value, list)]


@pytest.mark.parametrize(
    "given",
    [
        {"page": "0"}, {"page": "x"}, {"per_page": "101"}, {"per_page": "-1"}, {"day": "someday"}, {"minimum_age": "²"},
        {"taxonomy_term_id": "1"}, {"start_time": "25:00"}, {"postcode": "!"}, {"proximity": "9999999"},
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_understood_is_named(given: dict[str, str]) -> None:
    with pytest.raises(NotAsked) as refusal:
        asked_by_system(given)
    assert list(refusal.value.problems) == list(given)
