"""The registry of kinds, opening hours as data, and what a rule's version tells."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.clocks.rules import (
    KINDS,
    LOCAL_TIME,
    Calendar,
    ClockKind,
    DayEnd,
    NeverOpen,
    Reason,
    Rule,
    State,
    Terms,
    Timeline,
    Unit,
    UnknownKind,
    Week,
    deadline,
    declare,
    half_time,
    is_open,
    kind_named,
    may_explain,
    may_pause,
    nth_working_day,
    open_spells,
    week_of,
)
from frontdoor.councils.rules import UnknownSetting, declared, setting_named
from tests.clocks.councils import LINE

KIND = ClockKind(
    name="tests.look",
    title="Look first",
    handoff="Contact centre",
    unit=Unit.ELAPSED_MINUTES,
    setting=declared.FIRST_LOOK.name,
    source="a test",
    pauses=(Reason("court", "A court asked us to wait"),),
)


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    kept = dict(KINDS)
    yield
    KINDS.clear()
    KINDS.update(kept)


def test_a_declared_kind_is_found_by_name_and_may_be_declared_again_unchanged() -> None:
    assert declare(KIND) is KIND
    declare(replace(KIND))
    assert kind_named("tests.look") == KIND


def test_two_kinds_cannot_share_a_name() -> None:
    declare(KIND)
    with pytest.raises(ValueError, match="two kinds"):
        declare(replace(KIND, unit=Unit.ELAPSED_HOURS))


def test_a_kind_whose_breach_nobody_would_hear_of_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="always told"):
        declare(replace(KIND, at_breach=()))


def test_a_kind_that_no_room_declared_is_unknown() -> None:
    with pytest.raises(UnknownKind):
        kind_named("tests.nothing")


def test_a_kind_whose_length_no_council_can_set_cannot_be_declared() -> None:
    with pytest.raises(UnknownSetting):
        declare(replace(KIND, setting="tests.nobody"))


def test_a_kind_cannot_count_hours_by_a_setting_in_minutes() -> None:
    with pytest.raises(ValueError, match="counts hours, its setting minutes"):
        declare(replace(KIND, unit=Unit.ELAPSED_HOURS))


def test_a_kind_may_be_paused_only_for_the_reasons_it_names_while_time_is_left() -> None:
    may_pause(KIND, State.RUNNING, "court")
    may_pause(KIND, State.HALF_GONE, "court")
    for reason in ("busy", ""):
        with pytest.raises(InvalidInput):
            may_pause(KIND, State.RUNNING, reason)
    with pytest.raises(StepNotAllowed, match="Waiting for somebody stops no clock"):
        may_pause(replace(KIND, pauses=()), State.RUNNING, "court")
    for state in (State.PAUSED, State.OVERDUE, State.STOPPED_IN_TIME, State.STOPPED_LATE):
        with pytest.raises(StepNotAllowed):
            may_pause(KIND, state, "court")


def test_only_a_missed_deadline_is_explained_and_only_by_a_reason_of_the_list() -> None:
    may_explain(State.OVERDUE, "capacity")
    may_explain(State.STOPPED_LATE, "partner_late")
    for state in (State.RUNNING, State.HALF_GONE, State.PAUSED, State.STOPPED_IN_TIME):
        with pytest.raises(StepNotAllowed):
            may_explain(state, "capacity")
    with pytest.raises(InvalidInput):
        may_explain(State.OVERDUE, "busy")


def lines(**changed: list[tuple[date, object]]) -> dict[str, Timeline]:
    """Settings as declared, but for some."""
    names = (*LOCAL_TIME, declared.DECIDE.name)
    usual: dict[str, Timeline] = {name: ((date.min, setting_named(name).default),) for name in names}
    return usual | {getattr(declared, name).name: line for name, line in changed.items()}


DAYS = ClockKind("tests.decide", "Decide", "Tests", Unit.WORKING_DAYS, declared.DECIDE.name, "a test")


def test_a_clocks_length_is_the_one_that_held_on_the_day_it_started() -> None:
    terms = Terms(lines(DECIDE=[(date.min, 1), (date(2026, 4, 1), 2)]))
    assert terms.rule(DAYS, datetime(2026, 3, 31, 22, 59, tzinfo=UTC)).length == 1
    assert terms.rule(DAYS, datetime(2026, 3, 31, 23, 0, tzinfo=UTC)).length == 2, "midnight is London's"


def test_a_local_day_counts_if_the_setting_holds_on_that_day() -> None:
    gone, coming = "2026-03-02", "2026-06-19"
    terms = Terms(
        lines(
            EXTRA_BANK_HOLIDAYS=[(date.min, [gone, coming]), (date(2026, 5, 1), [coming]), (date(2026, 6, 1), [])],
            CLOSED_DAYS=[(date.min, ["2026-04-07", "2026-07-07"])],
            CLOSED_COUNT=[(date.min, False), (date(2026, 7, 1), True)],
        )
    )
    calendar = terms.calendar
    assert calendar.extra_bank_holidays == {date(2026, 3, 2)}, "a later version took the day in June away"
    assert calendar.closures == {date(2026, 4, 7), date(2026, 7, 7)}
    assert calendar.uncounted == {date(2026, 7, 7)}
    assert Terms(lines()).calendar is Terms(lines()).calendar


def test_the_mark_of_the_terms_changes_with_any_setting() -> None:
    marks = {
        Terms(lines(**{name: [(date.min, value)]})).mark
        for name, value in (
            ("DECIDE", 2), ("CLOSED_DAYS", ["2026-04-07"]), ("CLOSED_COUNT", True), ("DAY_END", "closing"),
            ("EXTRA_BANK_HOLIDAYS", ["2026-04-07"]), ("NOT_BANK_HOLIDAYS", ["2026-04-06"]), ("OPENING", {}),
        )
    }  # fmt: skip
    assert len(marks | {Terms(lines()).mark}) == 8


def test_a_rules_version_changes_with_every_value_it_was_made_with() -> None:
    rule = Rule(Unit.WORKING_DAYS, 1, calendar=LINE)
    others = [
        replace(rule, length=2),
        replace(rule, unit=Unit.WORKING_HOURS),
        replace(rule, day_end=DayEnd.CLOSING),
        *(
            replace(rule, calendar=replace(LINE, **{name: frozenset({date(2026, 4, 1)})}))
            for name in ("extra_bank_holidays", "not_bank_holidays", "closures", "uncounted")
        ),
        replace(rule, calendar=replace(LINE, hours=((date(2026, 1, 1), LINE.hours[0][1]),))),
    ]
    assert len({known.version(1) for known in (rule, *others)}) == len(others) + 1
    assert rule.version(1) == replace(rule).version(1) != rule.version(2)


def test_a_limit_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        Rule(Unit.ELAPSED_HOURS, -1)
    with pytest.raises(ValueError, match="counted forward"):
        nth_working_day(date(2026, 4, 1), -1, LINE)


def test_opening_hours_are_read_from_plain_data() -> None:
    week = week_of({"monday": [["08:45", "12:30"], ["13:15", "24:00"]], "bank_holiday": [["00:00", "24:00"]]})
    assert week == Week((((525, 750), (795, 1440)), (), (), (), (), (), ()), ((0, 1440),))


@pytest.mark.parametrize(
    "value",
    [
        {"mondy": []},
        {"monday": [["17:00", "08:00"]]},
        {"monday": [["08:00", "08:00"]]},
        {"monday": [["08:00", "12:00"], ["11:00", "13:00"]]},
        {"monday": [["13:00", "14:00"], ["08:00", "12:00"]]},
        {"monday": [["08:00", "25:00"]]},
        {"monday": [["late", "later"]]},
        {"monday": [["08:00"]]},
    ],
)
def test_opening_hours_that_cannot_be_are_refused(value: dict[str, list[list[str]]]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the standard library's own words for a bad time)
        week_of(value)


def test_hours_inside_the_hour_that_the_clocks_skip_do_not_open_at_all() -> None:
    calendar = Calendar(hours=((date.min, week_of({"sunday": [["01:10", "01:50"]]})),))
    assert open_spells(date(2026, 3, 29), calendar) == ()
    assert len(open_spells(date(2026, 3, 22), calendar)) == 1


def test_new_opening_hours_leave_the_past_alone() -> None:
    sunday = week_of({"sunday": [["10:00", "12:00"]]})
    calendar = Calendar(hours=(*LINE.hours, (date(2026, 4, 13), sunday)))
    assert is_open(datetime(2026, 4, 10, 9, tzinfo=UTC), calendar)
    assert not is_open(datetime(2026, 4, 13, 9, tzinfo=UTC), calendar)
    assert is_open(datetime(2026, 4, 19, 9, tzinfo=UTC), calendar)


def test_hours_that_never_open_are_said_to_be_wrong_instead_of_searched_for_ever() -> None:
    rule = Rule(Unit.WORKING_HOURS, 1, calendar=Calendar(hours=((date.min, week_of({})),)))
    with pytest.raises(NeverOpen):
        deadline(rule, datetime(2026, 4, 1, tzinfo=UTC))


def test_without_opening_hours_half_of_a_limit_in_days_is_half_of_the_time() -> None:
    start = datetime(2026, 1, 5, 12, tzinfo=UTC)
    rule = Rule(Unit.WORKING_DAYS, 1)
    assert half_time(rule, start) == start + (deadline(rule, start) - start) / 2


def test_a_pause_of_decades_is_refused_not_walked_for_ever() -> None:
    start = datetime(2026, 1, 5, 12, tzinfo=UTC)
    with pytest.raises(NeverOpen):
        deadline(Rule(Unit.WORKING_DAYS, 1), start, [(start, start + timedelta(days=365 * 30))])
