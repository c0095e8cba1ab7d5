"""What a clock shows at an instant, against a count of its minutes; and how it is said."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from frontdoor.clocks.rules import (
    Course,
    DayEnd,
    Pause,
    Rule,
    State,
    Unit,
    age_words,
    deadline,
    due_words,
    half_time,
    in_time,
    left_words,
    length_words,
    moment_words,
    passed,
    read,
    resumed_now,
)
from tests.clocks import oracle
from tests.clocks.councils import LINE, ORACLE_LINE
from tests.clocks.oracle import instant_of, minute_of
from tests.clocks.test_oracle import as_instants, seeded, some_pauses

START = datetime(2026, 3, 25, 10, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
TWO_HOURS = Rule(Unit.ELAPSED_HOURS, 2, calendar=LINE)


def course(rule: Rule = TWO_HOURS, start: datetime = START, pauses: Sequence[Pause] = (), **more: Any) -> Course:
    due, half = deadline(rule, start, pauses), half_time(rule, start, pauses)
    return Course(rule, start, due, half, tuple(pauses), **more)


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (0 * HOUR, State.RUNNING),
        (HOUR - SECOND, State.RUNNING),
        (HOUR, State.HALF_GONE),
        (2 * HOUR, State.HALF_GONE),
        (2 * HOUR + SECOND / 2, State.HALF_GONE),
        (2 * HOUR + SECOND, State.OVERDUE),
        (99 * HOUR, State.OVERDUE),
    ],
)
def test_a_running_clock_is_what_the_time_of_the_question_makes_it(after: timedelta, state: State) -> None:
    assert read(course(), START + after).state is state


def test_what_was_stopped_keeps_its_result_however_late_it_is_asked() -> None:
    done = course(stopped_at=START + 2 * HOUR)
    late = course(stopped_at=START + 2 * HOUR + SECOND)
    for after in (3 * HOUR, 9_000 * HOUR):
        assert read(done, START + after).state is State.STOPPED_IN_TIME
        assert read(late, START + after).state is State.STOPPED_LATE
    assert read(late, START + 3 * HOUR).age == 2 * HOUR + SECOND


def test_asked_about_the_past_a_stopped_clock_still_runs() -> None:
    assert read(course(stopped_at=START + 3 * HOUR), START + 2 * HOUR + MINUTE).state is State.OVERDUE


def test_a_paused_clock_is_due_when_it_would_be_if_it_were_resumed_now() -> None:
    paused = course(paused_at=START + HOUR / 2)
    for waited in (MINUTE, 5 * HOUR, 500 * HOUR):
        reading = read(paused, START + HOUR / 2 + waited)
        assert (reading.state, reading.due_at) == (State.PAUSED, START + 2 * HOUR + waited)
        assert reading.left == HOUR * 1.5 + SECOND
        assert reading.age == HOUR / 2 + waited
    assert read(paused, START).state is State.RUNNING


def test_asked_about_the_past_a_clock_knows_no_later_pause() -> None:
    known = course(pauses=[(START + HOUR, START + 5 * HOUR)])
    assert known.due_at == START + 6 * HOUR
    assert read(known, START + HOUR / 2).due_at == START + 2 * HOUR
    during = read(known, START + 3 * HOUR)
    assert (during.state, during.due_at) == (State.PAUSED, START + 4 * HOUR)
    assert read(known, START + 5 * HOUR).due_at == known.due_at


def test_a_limit_in_days_is_judged_by_its_date_whatever_the_hour() -> None:
    one_day = Rule(Unit.WORKING_DAYS, 1, DayEnd.CLOSING, calendar=LINE)
    due = deadline(one_day, START)
    assert due == datetime(2026, 3, 26, 17, 30, tzinfo=UTC)
    assert in_time(one_day, due, datetime(2026, 3, 26, 23, 59, 59, 900_000, tzinfo=UTC))
    assert not in_time(one_day, due, datetime(2026, 3, 27, tzinfo=UTC))
    summer = deadline(one_day, datetime(2026, 4, 8, 9, tzinfo=UTC))
    assert not in_time(one_day, summer, datetime(2026, 4, 9, 23, 0, tzinfo=UTC)), "midnight in London is 23:00 in UTC"


def test_the_second_that_a_deadline_names_is_still_in_time() -> None:
    due = datetime(2026, 3, 26, 23, 59, 59, tzinfo=UTC)
    assert not passed(due, due + timedelta(microseconds=999_999))
    assert passed(due, due + SECOND)


def test_states_agree_with_a_count_of_the_minutes_paused_or_not() -> None:
    random = Random(7)  # noqa: S311 (a seed, not a secret)
    rules = {Rule(Unit.ELAPSED_MINUTES, 90): None, Rule(Unit.WORKING_HOURS, 3, calendar=LINE): ORACLE_LINE}
    for start in seeded()[::100]:
        for rule, slow in rules.items():
            pauses = some_pauses(random, start)
            known = course(rule, instant_of(start), pauses=as_instants(pauses))
            counted = 0
            for minute in range(start, minute_of(known.due_at) + 3 * 60):
                still = any(paused <= minute < resumed for paused, resumed in pauses)
                limit = 90 if slow is None else 180
                if minute % 7 == 0:
                    state = read(known, instant_of(minute) + SECOND).state
                    assert state is _expected(still, counted, limit), (rule.unit, start, pauses, minute)
                counted += not still and (slow is None or slow.is_open(minute))


def _expected(still: bool, counted: int, limit: int) -> State:
    if still:
        return State.PAUSED
    if counted >= limit:
        return State.OVERDUE
    return State.HALF_GONE if counted >= limit / 2 else State.RUNNING


def test_resumed_at_once_a_pause_has_changed_nothing() -> None:
    paused = course(paused_at=START + HOUR)
    assert resumed_now(paused, START + HOUR) == (paused.due_at, paused.half_at)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (30 * SECOND, "less than a minute"), (MINUTE, "1 minute"), (59 * MINUTE, "59 minutes"), (HOUR, "1 hour"),
        (3 * HOUR + 20 * MINUTE + 59 * SECOND, "3 hours 20 minutes"), (47 * HOUR, "47 hours"), (48 * HOUR, "2 days"),
        (51 * HOUR, "2 days 3 hours"), (24_000 * HOUR + HOUR, "1,000 days 1 hour"),
    ],
)  # fmt: skip
def test_a_length_is_said_in_its_two_largest_units(length: timedelta, words: str) -> None:
    assert length_words(length) == words


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (9 * MINUTE, "9 minutes"), (80 * MINUTE, "1 hour 20 minutes"), (26 * HOUR + 59 * MINUTE, "26 hours"),
        (99 * HOUR, "99 hours"), (123 * HOUR, "5 days 3 hours"),
    ],
)  # fmt: skip
def test_true_age_is_said_in_elapsed_hours(age: timedelta, words: str) -> None:
    assert age_words(age) == words


def test_what_is_left_is_said_in_one_phrase() -> None:
    long = course(Rule(Unit.ELAPSED_MINUTES, 200))
    assert left_words(read(long, START)) == "3 hours 20 minutes left"
    assert left_words(read(long, long.due_at)) == "less than a minute left"
    assert left_words(read(long, long.due_at + 2 * HOUR)) == "2 hours late"
    assert left_words(read(course(paused_at=START), START + 400 * HOUR)) == "Paused, 2 hours left"
    assert left_words(read(course(stopped_at=START + HOUR), START + 9 * HOUR)) == "Done in time"
    assert left_words(read(course(stopped_at=START + 5 * HOUR), START + 9 * HOUR)) == "3 hours late"


def test_moments_and_deadlines_are_said_as_london_says_them() -> None:
    due = deadline(Rule(Unit.WORKING_DAYS, 1), datetime(2026, 4, 2, 15, 50, tzinfo=UTC))
    assert due_words(due) == "by the end of Tuesday 7 April 2026"
    assert due_words(due, datetime(2026, 4, 6, 23, 30, tzinfo=UTC)) == "by the end of today"
    assert due_words(due, datetime(2026, 4, 6, 9, tzinfo=UTC)) == "by the end of tomorrow"
    assert due_words(datetime(2026, 7, 1, 11, 30, tzinfo=UTC)) == "by 12:30pm on Wednesday 1 July 2026"
    assert moment_words(datetime(2026, 7, 1, 11, tzinfo=UTC)) == "midday on Wednesday 1 July 2026"
    assert (
        moment_words(datetime(2026, 7, 1, 8, 5, tzinfo=UTC), datetime(2026, 7, 2, 8, tzinfo=UTC)) == "9:05am yesterday"
    )


def test_a_moment_in_the_doubled_hour_says_which_one_it_is() -> None:
    early, late = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert moment_words(early) == "1:30am (before the clocks go back) on Sunday 25 October 2026"
    assert moment_words(late) == "1:30am (after the clocks go back) on Sunday 25 October 2026"


def test_elapsed_sums_are_right_for_instants_given_in_london_time() -> None:
    start = datetime(2026, 10, 24, 23, 30, tzinfo=ZoneInfo("Europe/London"))
    assert deadline(Rule(Unit.ELAPSED_HOURS, 3), start) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert oracle.wall(minute_of(start.astimezone(UTC)))[1] == 23 * 60 + 30
