"""London's wall clock and UTC: every minute of each changing night of ten years."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.clocks.rules import (
    DoubledTime,
    LocalTimeError,
    MissingTime,
    Which,
    from_london,
    london_date,
    parse_local,
    parse_time,
    to_london,
    to_utc,
)
from tests.clocks import oracle


def wall(text: str) -> datetime:
    """What a clock on the wall shows: no zone."""
    return datetime.fromisoformat(text)


def test_every_minute_of_every_changing_night_goes_to_london_and_back() -> None:
    for year in oracle.YEARS:
        for change in oracle.changes(year):
            for minute in range(change - 6 * 60, change + 6 * 60):
                instant = oracle.instant_of(minute)
                day, hands = oracle.wall(minute)
                shown = to_london(instant).replace(tzinfo=None, fold=0)
                assert shown == datetime.combine(day, time()) + timedelta(minutes=hands)
                assert london_date(instant) == day
                assert instant in {from_london(shown, which) for which in Which}


def test_the_hour_that_the_clocks_skip_is_refused_minute_by_minute() -> None:
    for minute in range(60):
        with pytest.raises(MissingTime, match="did not happen"):
            from_london(wall(f"2026-03-29T01:{minute:02}"), Which.LATER)
    assert from_london(wall("2026-03-29T00:59")) == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert from_london(wall("2026-03-29T02:00")) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_the_doubled_hour_asks_which_was_meant_minute_by_minute() -> None:
    for minute in range(60):
        doubled = wall(f"2026-10-25T01:{minute:02}")
        with pytest.raises(DoubledTime, match="happened twice"):
            from_london(doubled)
        assert from_london(doubled, Which.EARLIER) == datetime(2026, 10, 25, 0, minute, tzinfo=UTC)
        assert from_london(doubled, Which.LATER) == datetime(2026, 10, 25, 1, minute, tzinfo=UTC)


def test_the_refusals_say_in_plain_words_what_to_do() -> None:
    with pytest.raises(MissingTime) as missing:
        parse_local(date(2026, 3, 29), "1:30am")
    assert str(missing.value) == (
        "1:30am on 29 March 2026 did not happen: the clocks went forward from 1am to 2am."
        " Enter a time before 1am or from 2am"
    )
    with pytest.raises(DoubledTime) as doubled:
        parse_local(date(2026, 10, 25), "01:30")
    assert str(doubled.value) == (
        "1:30am on 25 October 2026 happened twice, because the clocks went back."
        " Say whether it was the earlier or the later"
    )


def test_earlier_and_later_change_nothing_on_any_other_night() -> None:
    usual = wall("2026-06-01T01:30")
    assert {from_london(usual, which) for which in (None, *Which)} == {datetime(2026, 6, 1, 0, 30, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30am", time(9, 30)), ("9.30 pm", time(21, 30)), ("19:30", time(19, 30)), ("1930", time(19, 30)),
        ("0130", time(1, 30)), ("7pm", time(19)), (" 12 a.m. ", time(0)), ("12pm", time(12)), ("midday", time(12)),
        ("Noon", time(12)), ("Midnight", time(0)), ("00:00", time(0)), ("23:59", time(23, 59)),
    ],
)  # fmt: skip
def test_times_are_read_as_people_type_them(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "7",
        "24:00",
        "13pm",
        "0pm",
        "9:60",
        "9:3",
        "soon",
        "-1:00",
        "٩:٣٠",
        "9:30am9",
        "99999999",
        "1e3",
        "=1+1",
    ],
)
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(LocalTimeError, match="for example 9:30am or 19:30"):
        parse_time(typed)


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_reading_of_a_time(typed: str) -> None:
    with suppress(LocalTimeError):
        assert parse_time(typed).second == 0


def test_an_instant_without_a_zone_is_never_guessed() -> None:
    for convert in (to_london, to_utc, london_date):
        with pytest.raises(ValueError, match="needs a zone"):
            convert(wall("2026-04-01T09:00"))
    with pytest.raises(ValueError, match="has no zone"):
        from_london(datetime(2026, 4, 1, 9, tzinfo=ZoneInfo("Europe/London")))
