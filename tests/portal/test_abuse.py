"""Nobody is ever kept from reporting: whatever a sender does, the page takes it, and people look at what is odd."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, PUBLIC_INTAKE
from frontdoor.contacts.models import Doubt
from frontdoor.contacts.rules.doors import Limits
from frontdoor.portal import actions
from frontdoor.portal.rules import doors
from tests.portal.test_returning import REPORT, begun, press, sent
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(time_machine):
    # Early in its hour: what is counted by the hour is not cut in two by the end of one.
    time_machine.move_to(datetime.now(UTC).replace(minute=5), tick=False)
    return time_machine


def reported(clock, number: int = 0, *, way: str = "worry", story: str = "", after: int = 60, **more):
    """One whole report, sent some seconds after it was begun."""
    client = begun(Client(REMOTE_ADDR=more.pop("address", "192.0.2.7")), way)
    press(client, "worry", story=story or f"A worry, number {number}")
    clock.shift(timedelta(seconds=after))
    return press(client, "check", **more)


def marks() -> list[str]:
    with acting_for(PETERBOROUGH, by=PUBLIC_INTAKE):
        return sorted(Doubt.objects.values_list("marks", flat=True))


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""), ("x", ""),
    ],
)  # fmt: skip
def test_a_sender_is_counted_as_an_address_or_as_the_prefix_of_one_household(address, counted):
    assert doors.network(address) == counted


def test_a_usual_report_has_no_mark(world, clock):
    assert reported(clock).url == REPORT + "sent/"
    assert len(sent()) == 1
    assert marks() == []


@pytest.mark.parametrize(("how", "mark"), [({"website": "https://shoes.example.org"}, "trap"), ({"after": 2}, "fast")])
def test_a_machine_is_marked_and_taken_in_and_told_nothing(world, clock, how, mark):
    answer = reported(clock, **how)
    assert answer.url == REPORT + "sent/"
    assert len(sent()) == 1
    assert marks() == [mark]


def test_danger_now_is_quick_on_purpose(world, clock):
    reported(clock, way="now", after=1)
    assert marks() == []


def test_the_same_words_are_marked_from_the_third_time_on_however_they_are_spaced(world, clock):
    for story in ("She hits him.", "She hits him", "she  HITS him!"):
        reported(clock, story=story, address="198.51.100.1")
    assert marks() == ["same"]
    assert len(sent()) == 3


def test_a_flood_from_one_network_is_marked_never_refused_and_others_are_not(world, clock, monkeypatch):
    few = Limits(per_hour=3, same_words=2, seconds=5)
    monkeypatch.setattr("frontdoor.portal.actions.counting.doors.Limits", lambda *_: few)
    answers = [reported(clock, number, after=30) for number in range(5)]
    assert {answer.url for answer in answers} == {REPORT + "sent/"}
    assert len(sent()) == 5
    assert marks() == ["many"] * 2
    reported(clock, 99, address="198.51.100.9")
    assert marks() == ["many"] * 2


def test_the_count_is_of_this_hour_and_tells_neither_whose_it_is_nor_what(world):
    at = timezone.now()
    with acting_for(PETERBOROUGH, by=PUBLIC) as by:
        assert actions.count("report", "192.0.2.7", within=timedelta(hours=1), by=by, at=at) == 1
        assert actions.count("report", "192.0.2.7", within=timedelta(hours=1), by=by, at=at) == 2
        assert actions.count("report", "192.0.2.8", within=timedelta(hours=1), by=by, at=at) == 1
        later = at + timedelta(hours=1)
        assert actions.count("report", "192.0.2.7", within=timedelta(hours=1), by=by, at=later) == 1


@pytest.mark.parametrize("role", ["frontdoor_portal", "none"])
def test_nobody_can_read_or_change_what_is_counted(world, role):
    with acting_for(PETERBOROUGH, by=PUBLIC if role == "frontdoor_portal" else PUBLIC_INTAKE):
        for statement in (
            "SELECT * FROM portal_tally",
            "DELETE FROM portal_tally",
            "UPDATE portal_tally SET count = 0",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_portal_marks_and_reads_no_mark(world, clock):
    reported(clock, website="x")
    with acting_for(PETERBOROUGH, by=PUBLIC), pytest.raises(ProgrammingError), transaction.atomic():
        Doubt.objects.count()


def test_no_proxy_that_is_not_understood_keeps_anybody_from_reporting(world, clock, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    client = begun(Client(headers={"x-forwarded-for": "192.0.2.7"}))
    press(client, "worry", story="x")
    assert press(client, "check").status_code == 302
    assert len(sent()) == 1
