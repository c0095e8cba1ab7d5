"""What people type as a day or a time becomes that day or time, or an error that says what to mend."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.shell.rules import times
from tests.clocks import oracle

CHANGING = [date(2026, 3, 29), date(2026, 10, 25)]


@pytest.mark.parametrize("month", ["4", "04", "April", "april", "apr", "Apr."])
def test_a_month_may_be_a_number_or_a_name(month):
    assert times.typed_day("2", month, "2026") == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("parts", "message", "wrong"),
    [
        (("", "4", "2026"), "must include a day", ("day",)),
        (("2", "", ""), "must include a month and year", ("month", "year")),
        (("2", "4", "26"), "must have a year of 4 numbers", ("year",)),
        (("31", "2", "2026"), "must be a real date", ("day", "month", "year")),
        (("29", "2", "2025"), "must be a real date", ("day", "month", "year")),
        (("x", "4", "2026"), "must be a real date", ("day",)),
        (("2", "13", "2026"), "must be a real date", ("day", "month", "year")),
        (("2", "4", "0000"), "must be a real date", ("day", "month", "year")),
        (("-2", "4", "2026"), "must be a real date", ("day",)),
        (("٢", "4", "2026"), "must be a real date", ("day",)),
        (("2" * 5000, "4", "2026"), "must be a real date", ("day",)),
    ],
)
def test_a_day_that_is_none_is_refused_and_says_where(parts, message, wrong):
    with pytest.raises(times.NotADay) as refused:
        times.typed_day(*parts)
    assert str(refused.value) == message
    assert refused.value.parts == wrong


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("4:50pm", time(16, 50)),
        ("4.50 PM", time(16, 50)),
        ("16:50", time(16, 50)),
        ("1650", time(16, 50)),
        ("0905", time(9, 5)),
        ("9am", time(9)),
        ("12am", time(0)),
        ("12:30pm", time(12, 30)),
        ("midday", time(12)),
        ("Midnight", time(0)),
        ("Noon", time(12)),
        ("9:30am", time(9, 30)),
        ("9.30 pm", time(21, 30)),
        ("0130", time(1, 30)),
        (" 12 a.m. ", time(0)),
        ("12pm", time(12)),
        ("7 p.m.", time(19)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_is_read_as_people_write_it(said, at):
    assert times.typed_time(said) == (at, "")


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "4", "25:00", "24:00", "12:60", "13pm", "0am", "0pm", "soon", "4:5pm", "-1:00", "٤:٥٠", "9:30am9",
        "99999999", "1e3", "=1+1", "9" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(said):
    with pytest.raises(times.NotATime, match=r"like 4:50pm or 16:50"):
        times.typed_time(said)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_time_or_refused(said):
    try:
        at, zone = times.typed_time(said)
    except times.NotATime:
        return
    assert isinstance(at, time)
    assert zone in ("", "bst", "gmt")


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_whatever_is_typed_is_a_day_or_refused(day, month, year):
    with suppress(times.NotADay):
        assert isinstance(times.typed_day(day, month, year), date)


def _instants_of(on):
    """Every minute of a London day by counting up in UTC: the oracle."""
    start = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(hours=2)
    minutes = (start + timedelta(minutes=n) for n in range(28 * 60))
    return [minute for minute in minutes if minute.astimezone(times.LONDON).date() == on]


@pytest.mark.parametrize("on", [*CHANGING, date(2026, 6, 1)])
def test_every_minute_of_a_changing_night_is_one_instant_two_or_none(on):
    by_time = {}
    for minute in _instants_of(on):
        local = minute.astimezone(times.LONDON)
        by_time.setdefault(local.time(), []).append((minute, (local.tzname() or "").lower()))
    for count in range(24 * 60):
        at = time(count // 60, count % 60)
        found = by_time.get(at, [])
        if len(found) == 1:
            assert times.instant(on, at) == found[0][0]
        else:
            with pytest.raises(times.NotATime, match="came twice" if found else "went forward"):
                times.instant(on, at)
        for minute, zone in found:
            assert times.instant(on, at, zone) == minute


def test_every_typed_minute_of_every_changing_night_of_ten_years_is_its_own_instant():
    for change in (change for year in oracle.YEARS for change in oracle.changes(year)):
        for minute in range(change - 2 * 60, change + 3 * 60):
            shown = oracle.instant_of(minute).astimezone(times.LONDON)
            at, zone = times.typed_time(f"{shown:%H:%M} {shown.tzname()}")
            assert times.instant(shown.date(), at, zone) == oracle.instant_of(minute)


@pytest.mark.parametrize("said", ["01:30", "1:30am", "1.30 a.m."])
def test_half_past_one_on_the_changing_nights_is_refused_in_words_that_say_what_to_do(said):
    at, zone = times.typed_time(said)
    with pytest.raises(times.NotATime, match="the clocks went forward that night, from 1am to 2am"):
        times.instant(date(2026, 3, 29), at, zone)
    with pytest.raises(times.NotATime, match=r"write 1:30am BST .* or 1:30am GMT"):
        times.instant(date(2026, 10, 25), at, zone)


def test_the_hour_that_comes_twice_asks_which_of_the_two():
    with pytest.raises(times.NotATime, match=r"write 1:30am BST .* or 1:30am GMT"):
        times.instant(date(2026, 10, 25), time(1, 30))


def test_a_zone_that_london_does_not_keep_that_day_is_refused():
    with pytest.raises(times.NotATime, match="must be in BST"):
        times.instant(date(2026, 6, 1), time(9), "gmt")
