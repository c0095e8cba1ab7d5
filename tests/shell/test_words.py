"""Times are said as people say them, on London's clock, and never wrongly."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.shell.rules import times, words

INSTANTS = st.datetimes(datetime(2019, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC))
LENGTHS = st.timedeltas(timedelta(), timedelta(days=4000))


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        (datetime(2026, 4, 2, 15, 50, tzinfo=UTC), "Thursday 2 April 2026 at 4:50pm"),
        (datetime(2026, 1, 5, 9, 0, tzinfo=UTC), "Monday 5 January 2026 at 9am"),
        (datetime(2026, 1, 5, 12, 0, tzinfo=UTC), "Monday 5 January 2026 at midday"),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "Wednesday 1 July 2026 at 12am"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Sunday 25 October 2026 at 1:30am (BST)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Sunday 25 October 2026 at 1:30am (GMT)"),
    ],
)
def test_a_moment_is_said_on_londons_clock(instant, said):
    assert words.moment(instant) == said


def test_a_datetime_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        words.moment(datetime(2026, 4, 2, 15, 50))


@given(INSTANTS)
def test_two_instants_are_never_said_alike_within_a_minute_of_each_other_apart(instant):
    minute = instant.replace(second=0, microsecond=0)
    assert words.moment(minute) != words.moment(minute + timedelta(hours=1))


@given(INSTANTS)
def test_what_is_said_can_be_typed_back(instant):
    minute = instant.replace(second=0, microsecond=0)
    at, zone = times.typed_time(words.time_of_day(minute).replace("(", "").replace(")", ""))
    assert times.instant(words.london(minute).date(), at, zone) == minute


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=1, seconds=59), "1 minute"),
        (timedelta(hours=2, minutes=5), "2 hours 5 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(days=3, hours=4, minutes=59), "3 days 4 hours"),
        (timedelta(days=3, minutes=4), "3 days 4 minutes"),
        (timedelta(days=-1), "1 day"),
    ],
)
def test_a_length_is_said_in_its_two_largest_units(length, said):
    assert words.duration(length) == said


@given(LENGTHS)
def test_a_length_is_never_said_longer_than_it_is_nor_shorter_by_a_unit(length):
    sizes = {"day": 86400, "hour": 3600, "minute": 60}
    parts = words.duration(length).replace("under a minute", "0 minutes").split()
    units = [unit.rstrip("s") for unit in parts[1::2]]
    told = sum(int(number) * sizes[unit] for number, unit in zip(parts[::2], units, strict=True))
    lost = length.total_seconds() - told
    assert 0 <= lost < (3600 if units[0] == "day" else 60)


@given(INSTANTS, LENGTHS)
def test_a_clock_is_late_from_the_first_second_after_its_due_time(due, length):
    assert words.remaining(due, due).state == "soon"
    assert words.remaining(due, due + length + timedelta(seconds=1)).state == "late"
    assert words.remaining(due + length, due).words == f"{words.duration(length)} left"


def test_over_the_change_of_the_clocks_the_time_that_passes_counts():
    before = datetime(2026, 3, 29, 0, 30, tzinfo=words.LONDON)
    after = datetime(2026, 3, 29, 2, 30, tzinfo=words.LONDON)
    assert words.waited(before, after) == "1 hour"
    assert words.remaining(after, before, soon=timedelta(0)).words == "1 hour left"


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2026, 4, 3), "not yet born"),
        (date(2026, 4, 2), "born today"),
        (date(2026, 4, 1), "1 day"),
        (date(2026, 3, 19), "2 weeks"),
        (date(2026, 1, 3), "12 weeks"),
        (date(2026, 1, 2), "3 months"),
        (date(2024, 4, 3), "23 months"),
        (date(2024, 4, 2), "2 years"),
        (date(2008, 4, 3), "17 years"),
        (date(2008, 4, 2), "18 years"),
    ],
)
def test_a_childs_age_is_said_in_the_unit_that_fits(born, said):
    assert words.age(born, date(2026, 4, 2)) == said


def test_somebody_born_on_29_february_is_a_year_older_on_1_march():
    assert words.age(date(2020, 2, 29), date(2026, 2, 28)) == "5 years"
    assert words.age(date(2020, 2, 29), date(2026, 3, 1)) == "6 years"
