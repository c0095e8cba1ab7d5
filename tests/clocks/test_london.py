"""London's wall clock and UTC: every minute of each changing night of ten years."""

from datetime import datetime, time, timedelta

import pytest

from frontdoor.clocks.rules import london_date, to_london, to_utc
from frontdoor.clocks.rules.london import candidates
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
                assert instant in candidates(shown)


def test_the_hands_show_a_skipped_minute_never_a_doubled_one_twice_and_any_other_once() -> None:
    for minute in range(60):
        assert len(candidates(wall(f"2026-03-29T01:{minute:02}"))) == 0
        assert len(candidates(wall(f"2026-10-25T01:{minute:02}"))) == 2
        assert len(candidates(wall(f"2026-06-01T01:{minute:02}"))) == 1


def test_an_instant_without_a_zone_is_never_guessed() -> None:
    for convert in (to_london, to_utc, london_date):
        with pytest.raises(ValueError, match="needs a zone"):
            convert(wall("2026-04-01T09:00"))
