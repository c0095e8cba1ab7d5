"""Domain 2.4, line by line, and every arrival of the scenarios."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import frontdoor.config
from frontdoor.clocks.rules import (
    Calendar,
    Counting,
    DayEnd,
    Rule,
    Unit,
    bank_holidays,
    deadline,
    is_open,
    nth_working_day,
    to_london,
)
from tests.clocks.councils import LINE, NIGHT

ARRIVALS = Path(frontdoor.config.__file__).parent / "scenarios" / "arrivals.jsonl"


def days(number: int) -> Rule:
    return Rule(Unit.WORKING_DAYS, number, calendar=LINE)


def london(*parts: Any, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/London"), fold=fold)


@pytest.mark.parametrize(
    ("received", "number", "ends"),
    [
        (london(2026, 4, 2, 16, 50), 1, date(2026, 4, 7)),
        (london(2026, 12, 24, 9), 1, date(2026, 12, 29)),
        (london(2026, 12, 26, 9), 1, date(2026, 12, 29)),
        (london(2026, 6, 1, 10), 45, date(2026, 8, 3)),
        (london(2026, 11, 20, 10), 45, date(2027, 1, 27)),
        (london(2026, 12, 16, 10), 15, date(2027, 1, 11)),
        (london(2026, 4, 2, 10), 20, date(2026, 5, 5)),
        (london(2026, 4, 2, 10), 70, date(2026, 7, 15)),
    ],
)
def test_a_limit_in_working_days_ends_with_the_day_that_the_domain_names(
    received: datetime, number: int, ends: date
) -> None:
    due = deadline(days(number), received)
    assert (to_london(due).date(), f"{to_london(due):%H:%M:%S}") == (ends, "23:59:59")


@pytest.mark.parametrize(
    ("found", "due"),
    [
        (london(2026, 10, 24, 23, 30), datetime(2026, 10, 27, 22, 30, tzinfo=UTC)),
        (london(2026, 3, 27, 18, 0), datetime(2026, 3, 30, 18, 0, tzinfo=UTC)),
    ],
)
def test_seventy_two_hours_are_real_hours_across_a_clock_change(found: datetime, due: datetime) -> None:
    assert deadline(Rule(Unit.ELAPSED_HOURS, 72), found) == due


def test_seventy_two_hours_across_the_spring_change_show_an_hour_later_on_the_wall() -> None:
    due = to_london(deadline(Rule(Unit.ELAPSED_HOURS, 72), london(2026, 3, 27, 18)))
    assert (due.day, due.hour, due.tzname()) == (30, 19, "BST")


def test_six_working_hours_from_friday_afternoon_end_on_monday() -> None:
    due = deadline(Rule(Unit.WORKING_HOURS, 6, calendar=LINE), london(2026, 3, 6, 15))
    assert due == london(2026, 3, 9, 12, 30)


def test_the_end_of_a_day_may_be_the_closing_time_of_that_day() -> None:
    rule = Rule(Unit.WORKING_DAYS, 1, DayEnd.CLOSING, calendar=LINE)
    assert deadline(rule, london(2026, 4, 1, 9)) == london(2026, 4, 2, 17, 30)
    assert deadline(rule, london(2026, 4, 9, 9)) == london(2026, 4, 10, 16, 30)


def test_a_team_open_to_midnight_still_ends_its_day_on_that_day() -> None:
    due = deadline(Rule(Unit.WORKING_DAYS, 1, DayEnd.CLOSING, calendar=NIGHT), london(2026, 4, 1, 9))
    assert due == london(2026, 4, 2, 23, 59, 59)


def test_census_counting_makes_the_start_day_the_first_when_it_is_a_working_day() -> None:
    thursday, saturday = date(2026, 4, 9), date(2026, 4, 11)
    assert nth_working_day(thursday, 1, LINE, Counting.FROM_SAME_DAY) == thursday
    assert nth_working_day(thursday, 1, LINE) == date(2026, 4, 10)
    assert nth_working_day(saturday, 1, LINE, Counting.FROM_SAME_DAY) == date(2026, 4, 13)


def test_no_days_at_all_end_with_the_day_itself() -> None:
    assert deadline(days(0), london(2026, 4, 4, 10)) == london(2026, 4, 4, 23, 59, 59)


@pytest.mark.parametrize("unit", [Unit.ELAPSED_MINUTES, Unit.ELAPSED_HOURS, Unit.WORKING_HOURS])
def test_no_time_at_all_is_due_at_once_even_in_the_night(unit: Unit) -> None:
    assert deadline(Rule(unit, 0, calendar=LINE), london(2026, 4, 4, 3)) == london(2026, 4, 4, 3)


def test_a_one_off_holiday_moves_a_deadline_and_a_cancelled_one_moves_it_back() -> None:
    received = london(2026, 4, 9, 10)
    coronation = Calendar(extra_bank_holidays=frozenset({date(2026, 4, 10)}))
    assert deadline(Rule(Unit.WORKING_DAYS, 1, calendar=coronation), received) == london(2026, 4, 13, 23, 59, 59)
    easter_works = Calendar(not_bank_holidays=frozenset({date(2026, 4, 3)}))
    assert deadline(Rule(Unit.WORKING_DAYS, 1, calendar=easter_works), london(2026, 4, 2, 10)).day == 3


def test_a_council_closure_stops_no_statutory_clock_unless_the_council_says_so() -> None:
    received, closed = london(2026, 4, 8, 10), frozenset({date(2026, 4, 9)})
    assert deadline(Rule(Unit.WORKING_DAYS, 1, calendar=Calendar(closures=closed)), received).day == 9
    stops = Calendar(closures=closed, uncounted=closed)
    assert deadline(Rule(Unit.WORKING_DAYS, 1, calendar=stops), received).day == 10


def test_every_arrival_of_the_scenarios_is_due_when_its_author_worked_out() -> None:
    arrivals = [json.loads(line) for line in ARRIVALS.read_text(encoding="utf-8").splitlines()]
    assert len(arrivals) == 120
    differing = [
        (arrival["id"], deadline(days(1), datetime.fromisoformat(arrival["arrives_at"])))
        for arrival in arrivals
        if deadline(days(1), datetime.fromisoformat(arrival["arrives_at"]))
        != datetime.fromisoformat(arrival["expected"]["decision_due_at"])
    ]
    assert differing == []


def test_every_arrival_of_the_scenarios_is_in_or_out_of_hours_as_its_author_said() -> None:
    arrivals = [json.loads(line) for line in ARRIVALS.read_text(encoding="utf-8").splitlines()]
    assert [
        arrival["id"]
        for arrival in arrivals
        if is_open(datetime.fromisoformat(arrival["arrives_at"]), LINE) == arrival["expected"]["out_of_hours"]
    ] == []


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_bank_holidays_are_those_that_the_domain_lists(year: int) -> None:
    listed = {
        2026: [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)],
        2027: [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)],
    }
    assert sorted(bank_holidays(year)) == [date(year, month, day) for month, day in listed[year]]
