"""Services are brought in from feeds of other makers: tried first, told what is wrong, applied, and never twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import DIRECTORY, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.directory.actions import applying, reading
from frontdoor.directory.models import (
    Attribute,
    Finding,
    Location,
    Organization,
    Run,
    Schedule,
    Service,
    ServiceAtLocation,
    Staged,
    TaxonomyTerm,
)
from frontdoor.directory.queries import keeping
from frontdoor.directory.rules.keeping import State
from tests.directory.feeding import body as feed
from tests.directory.feeding import bring, key, place, service, source, standing
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

AT = datetime(2026, 1, 6, 10, tzinfo=UTC)
KEEPER = "early_help_officer"
TABLES = (Service, Organization, Location, ServiceAtLocation, Schedule, Attribute, TaxonomyTerm)


def picture() -> list[Any]:
    """Everything that was brought, without the numbers of rows."""
    hidden = {"id", "key", "changed_at", "version"}
    return [
        sorted(
            str({name: value for name, value in row.items() if name not in hidden}) for row in model.objects.values()
        )
        for model in TABLES
    ]


@pytest.fixture
def keeper(world: World) -> Any:
    with world.acting(KEEPER, of=PETERBOROUGH) as by:
        yield by


def test_a_file_is_tried_first_and_nothing_changes_before_somebody_applies_it(keeper: Any) -> None:
    made = source(by=keeper, at=AT)
    run = reading.try_file(made.key, feed(service(), service("Big Otters")), by=keeper, at=AT)
    assert (run.state, run.counts["taken"], run.counts["new"], run.counts["left_out"]) == (State.READ, 2, 2, 0)
    assert Service.objects.count() == 0
    done = applying.apply(run.key, seen=run.version, by=keeper, at=AT)
    assert done.state == State.APPLIED
    found = standing()
    assert (found.name, found.status, found.public, found.free, found.accessible) == (
        "Little Otters", "active", True, True, True
    )  # fmt: skip
    assert (found.days, found.languages, found.organization.name) == (0b1001, ["polish"], "Otter Trust")
    assert {"pe1 1", "pe1", "peterborough"} <= set(found.places)
    assert Staged.objects.count() == 0


def test_the_same_again_changes_nothing(keeper: Any) -> None:
    made = source(by=keeper, at=AT)
    bring(made, service(), service("Big Otters"), by=keeper, at=AT)
    before = picture()
    again = bring(made, service(), service("Big Otters"), by=keeper, at=AT + timedelta(days=1))
    assert (again.counts["same"], again.counts["new"], again.counts["changed"], again.counts["gone"]) == (2, 0, 0, 0)
    assert picture() == before
    assert {row.version for row in Service.objects.all()} == {1}


def test_what_changed_is_changed_with_all_its_parts(keeper: Any) -> None:
    made = source(by=keeper, at=AT)
    bring(made, service(), by=keeper, at=AT)
    moved = service(
        schedules=[{"id": key("h"), "freq": "WEEKLY", "byday": "SA", "opens_at": "10:00", "closes_at": "12:00"}],
        service_at_locations=[place("Fen hall", "PE2 7XX", 52.55, -0.26)], cost_options=[{"id": key("c"), "amount": 3}],
    )  # fmt: skip
    run = bring(made, moved, by=keeper, at=AT)
    assert run.counts["changed"] == 1
    found = standing()
    assert (found.days, found.free) == (0b100000, False)
    assert [row.location.name for row in found.at_locations.all()] == ["Fen hall"]
    assert [row.opens for row in found.schedules.all()] == [600]


def test_a_service_gone_from_the_feed_is_marked_and_comes_back(keeper: Any) -> None:
    made = source(by=keeper, at=AT)
    bring(made, service(), service("Big Otters"), by=keeper, at=AT)
    run = bring(made, service("Big Otters"), by=keeper, at=AT)
    assert run.counts["gone"] == 1
    gone = standing()
    assert (gone.gone_at, gone.public) == (AT, False)
    bring(made, service(), service("Big Otters"), by=keeper, at=AT + timedelta(days=1))
    assert (standing().gone_at, standing().public) == (None, True)


def test_a_service_that_cannot_be_read_this_time_is_not_gone(keeper: Any) -> None:
    made = source(by=keeper, at=AT)
    bring(made, service(), service("Big Otters"), by=keeper, at=AT)
    run = bring(made, service("Big Otters"), service(status="maybe"), by=keeper, at=AT)
    assert (run.counts["gone"], run.counts["left_out"]) == (0, 1)
    assert standing().public


HOSTILE: list[tuple[Any, str, str, bool]] = [
    (service("Extra", opening_hours="daily"), "opening_hours", "extra", False),
    (service("Nameless", name=None), "name", "missing", True),
    (service("Blank", name="  "), "name", "missing", True),
    (service("Number", name=7), "name", "type", True),
    (service("Status", status="open"), "status", "value", True),
    ({**service("Key"), "id": "42"}, "id", "value", True),
    (service("Age", minimum_age="two"), "minimum_age", "type", False),
    (service("Old", maximum_age=900), "maximum_age", "value", False),
    (service("Mail", email="not one"), "email", "value", False),
    (service("Script", url="javascript:alert(1)"), "url", "value", False),
    (service("Day", assured_date="yesterday"), "assured_date", "value", False),
    (service("List", contacts={"id": key("x")}), "contacts", "type", False),
    (service("Part", contacts=["x"]), "contacts[0]", "type", False),
    (service("Phone", contacts=[{"id": key("y"), "phones": [{"id": key("z")}]}]), "contacts[0].phones[0].number",
     "missing", False),
    (service("Twice", languages=[{"id": key("l"), "name": "Urdu"}] * 2), "languages[1].id", "repeated", False),
    (service("Markup", description="<p>Come<script>steal()</script> in</p>"), "description", "value", False),
    (service("Long", description="x" * 20_000), "description", "value", False),
    (service("Costs", cost_options=[{"id": key("n"), "amount": float("nan")}]), "cost_options[0].amount", "value",
     False),
    (service("Where", service_at_locations=[place("Moon", "PE1 1XX", 400.0, 0.0)]),
     "service_at_locations[0].location.latitude", "value", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "path", "kind", "left_out"), HOSTILE, ids=[each[1] + " " + each[2] for each in HOSTILE]
)
def test_whatever_is_wrong_is_named_by_its_place_and_the_rest_is_taken(
    keeper: Any, raw: Any, path: str, kind: str, left_out: bool
) -> None:
    made = source(by=keeper, at=AT)
    run = bring(made, raw, service("Sound"), by=keeper, at=AT)
    (found,) = Finding.objects.filter(run=run, path=path)
    assert (found.kind, found.left_out, found.service) == (kind, left_out, str(raw["id"]))
    assert Service.objects.count() == (1 if left_out else 2)
    assert "steal" not in str(list(Service.objects.values_list("said", flat=True)))


@pytest.mark.parametrize("raw", [None, 7, "x", [], [[]], {}, {"id": None}, {"id": {}}, {"\x00": "\x00"}])
def test_what_is_no_service_at_all_is_left_out(keeper: Any, raw: Any) -> None:
    made = source(by=keeper, at=AT)
    run = bring(made, raw, service(), by=keeper, at=AT)
    assert (run.counts["taken"], run.counts["left_out"]) == (1, 1)


@pytest.mark.parametrize("sent", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"{}", b'{"services": 7}', b"null", b"7"])
def test_what_is_no_feed_is_refused_and_nothing_is_kept(keeper: Any, sent: bytes) -> None:
    made = source(by=keeper, at=AT)
    with pytest.raises(InvalidInput):
        reading.try_file(made.key, sent, by=keeper, at=AT)
    assert Run.objects.count() == 0


def test_a_feed_may_not_take_over_the_services_of_another_source(keeper: Any) -> None:
    first = source(by=keeper, at=AT)
    bring(first, service(), by=keeper, at=AT)
    other = source(by=keeper, at=AT, name="Somebody else")
    stolen = service("Evil", organization={"id": key("otters"), "name": "Evil Trust", "description": "x"})
    run = bring(other, {**stolen, "id": key("Little Otters")}, stolen, by=keeper, at=AT)
    assert run.counts["left_out"] == 1
    assert standing().name == "Little Otters"
    assert Organization.objects.get(feed_id=key("otters")).name == "Otter Trust"


def test_the_same_service_twice_in_a_feed_is_taken_once(keeper: Any) -> None:
    made = source(by=keeper, at=AT)
    run = bring(made, service(), service(), by=keeper, at=AT)
    assert (run.counts["taken"], run.counts["left_out"]) == (1, 1)


def test_nobody_applies_what_another_has_changed_or_twice(keeper: Any) -> None:
    made = source(by=keeper, at=AT)
    run = reading.try_file(made.key, feed(service()), by=keeper, at=AT)
    with pytest.raises(StepNotAllowed):
        reading.try_file(made.key, feed(service()), by=keeper, at=AT)
    with pytest.raises(Conflict):
        applying.apply(run.key, seen=run.version + 1, by=keeper, at=AT)
    done = applying.apply(run.key, seen=run.version, by=keeper, at=AT)
    with pytest.raises(StepNotAllowed):
        applying.apply(run.key, seen=done.version, by=keeper, at=AT)
    with pytest.raises(StepNotAllowed):
        applying.drop(run.key, seen=done.version, by=keeper, at=AT)


def test_what_was_dropped_changes_nothing_and_leaves_nothing(keeper: Any) -> None:
    made = source(by=keeper, at=AT)
    run = reading.try_file(made.key, feed(service()), by=keeper, at=AT)
    assert applying.drop(run.key, seen=run.version, by=keeper, at=AT).state == State.DROPPED
    assert (Service.objects.count(), Staged.objects.count()) == (0, 0)


def test_only_who_keeps_the_directory_brings_services_in_and_only_here(world: World) -> None:
    with world.acting("contact_officer", of=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        source(by=by, at=AT)
    with world.acting(KEEPER, of=PETERBOROUGH) as by:
        made = source(by=by, at=AT)
    with world.acting(KEEPER, of=CAMBRIDGESHIRE, council=CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
        reading.try_file(made.key, feed(service()), by=by, at=AT)


def test_an_old_feed_and_an_old_service_are_found(keeper: Any) -> None:
    made = source(by=keeper, at=AT)
    bring(made, service(), service("Unchecked", assured_date=None), service("Old", assured_date="2024-01-01"),
          by=keeper, at=AT)  # fmt: skip
    assert not keeping.sources(by=keeper, at=AT)[0].old
    assert keeping.sources(by=keeper, at=AT + timedelta(days=15))[0].old
    assert [row.name for row in keeping.old_services(by=keeper, at=AT)] == ["Unchecked", "Old"]


def test_the_directory_reads_by_a_name_of_its_own(world: World) -> None:
    with world.system(DIRECTORY) as by:
        made = source(by=by, at=AT)
        assert bring(made, service(), by=by, at=AT).begun_by == "Reader of feeds of services"
