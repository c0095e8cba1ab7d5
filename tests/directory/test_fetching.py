"""Feeds are read from their addresses: only listed ones, page by page, every night; what fails is told and stays."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import DIRECTORY, InvalidInput, StepNotAllowed
from frontdoor.directory.actions import applying, reading
from frontdoor.directory.models import Finding, Run, Service, Source
from frontdoor.directory.rules import feeds
from frontdoor.directory.rules.feeds import Unreadable
from frontdoor.directory.rules.keeping import State, must_wait
from tests.directory.feeder import Feed, served
from tests.directory.feeding import key, service
from tests.worlds import World

AT = datetime(2026, 1, 6, 10, tzinfo=UTC)
EVERY = tuple(service(f"Group {number}") for number in range(5))


@pytest.fixture
def by(world: World) -> Any:
    with world.system(DIRECTORY) as actor:
        yield actor


@pytest.fixture
def feed(settings: Any) -> Iterator[Feed]:
    with served(*EVERY) as found:
        settings.DIRECTORY_HOSTS = (found.host,)
        yield found


def address(feed: Feed, *, by: Any) -> Source:
    return reading.add_source(name="A maker", origin="address", url=f"{feed.url}/", by=by, at=AT)


def test_a_feed_is_read_page_by_page_and_each_service_by_itself(feed: Feed, by: Any) -> None:
    run = applying.refresh(address(feed, by=by), by=by, at=AT)
    assert (run.state, run.counts["taken"], Service.objects.filter(public=True).count()) == (State.APPLIED, 5, 5)
    assert [path for path in feed.asked if "page=" in path and "/services?" in path] == [
        f"/directory/services?page={number}&per_page=100" for number in (1, 2, 3)
    ]
    again = applying.refresh(Source.objects.get(), by=by, at=AT + timedelta(days=1))
    assert (again.counts["same"], Source.objects.get().fresh_at) == (5, AT + timedelta(days=1))


def test_a_service_that_does_not_answer_stays_as_it_was_and_is_told(feed: Feed, by: Any) -> None:
    source = address(feed, by=by)
    applying.refresh(source, by=by, at=AT)
    feed.broken[f"/directory/services/{key('Group 3')}"] = 500
    run = applying.refresh(source, by=by, at=AT)
    assert (run.counts["taken"], run.counts["gone"]) == (4, 0)
    assert [(each.service, each.kind) for each in Finding.objects.filter(run=run)] == [(key("Group 3"), "unread")]
    assert Service.objects.filter(public=True).count() == 5


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_list_that_does_not_answer_fails_the_reading_and_changes_nothing(feed: Feed, by: Any, status: int) -> None:
    source = address(feed, by=by)
    applying.refresh(source, by=by, at=AT)
    feed.broken["/directory/services"] = status
    run = applying.refresh(source, by=by, at=AT + timedelta(days=1))
    assert (run.state, run.failure) == (State.FAILED, f"It answers with the status {status}")
    kept = Source.objects.get()
    assert (kept.fresh_at, kept.failed_at, kept.failure) == (AT, AT + timedelta(days=1), run.failure)
    assert Service.objects.filter(public=True).count() == 5


@pytest.mark.parametrize(
    "sent",
    [b"", b"[]", b'{"contents": 1}', b'{"contents": []}', b'{"contents": [], "total_pages": true}', b"[" * 99_999],
)
def test_a_page_that_is_none_fails_the_reading(feed: Feed, by: Any, sent: bytes) -> None:
    feed.bodies["/directory/services"] = sent
    assert applying.refresh(address(feed, by=by), by=by, at=AT).state == State.FAILED


def test_a_feed_that_would_take_most_away_waits_for_a_person(feed: Feed, by: Any) -> None:
    source = address(feed, by=by)
    applying.refresh(source, by=by, at=AT)
    del feed.services[1:]
    run = applying.refresh(source, by=by, at=AT)
    assert (run.state, run.waits) == (State.READ, "4 of 5 services would be taken away")
    assert Service.objects.filter(public=True).count() == 5
    with pytest.raises(StepNotAllowed):
        applying.refresh(source, by=by, at=AT)
    applying.apply(run.key, seen=run.version, by=by, at=AT)
    assert Service.objects.filter(public=True).count() == 1


def test_a_reading_that_was_asked_for_is_tried_and_not_applied(feed: Feed, world: World) -> None:
    from frontdoor.background.actions import carry_out

    with world.acting("early_help_officer", of=874) as keeper:
        asked = reading.ask(address(feed, by=keeper).key, by=keeper, at=AT)
        assert asked.state == State.ASKED
    carry_out(reading.READ_JOB, authority=874, at=AT, run=str(asked.key))
    with world.system(DIRECTORY):
        assert Run.objects.get().state == State.READ
        assert Service.objects.count() == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/", "ftp://feed.example", "http://feed.example", "https://u:p@feed.example",
        "https://feed.example:444", "https://feed.example/?a=b", "//feed.example", "feed.example", "https://[::1", "",
        "http://169.254.169.254/", "https://127.0.0.1",
    ],
)  # fmt: skip
def test_no_other_place_is_asked_than_the_operator_lists(by: Any, settings: Any, url: str) -> None:
    settings.DIRECTORY_HOSTS = ("feed.example",)
    with pytest.raises(Unreadable):
        feeds.place(url, settings.DIRECTORY_HOSTS)
    with pytest.raises(InvalidInput):
        reading.add_source(name="A maker", origin="address", url=url, by=by, at=AT)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "192.168.1.1"])
def test_a_listed_name_never_leads_into_a_network_of_ones_own(address: str) -> None:
    assert not feeds.may_connect(address, named="feed.example")
    assert feeds.may_connect("203.0.114.9", named="feed.example")


@pytest.mark.parametrize(
    ("gone", "known", "taken", "waits"), [(0, 0, 0, True), (0, 0, 1, False), (2, 10, 8, False), (3, 10, 7, True)]
)
def test_what_would_take_much_away_waits(gone: int, known: int, taken: int, waits: bool) -> None:
    assert bool(must_wait(gone=gone, known=known, taken=taken, percent=20)) is waits
