"""Settings: typed, valued from a day on, never rewritten."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.councils import rules
from frontdoor.councils.rules import BadValue, Kind, Setting, Version, declared

LIMIT = Setting("test.minutes", "A limit", "Test", Kind.NUMBER, 60, "A test", unit="minutes", minimum=5, maximum=90)
DAY = date(2026, 3, 1)


def on(offset):
    return DAY + timedelta(days=offset)


def test_the_default_holds_until_a_council_decides():
    found = rules.valued(LIMIT, [], DAY)
    assert (found.value, found.version, found.since) == (60, 0, None)


def test_a_future_value_waits_for_its_day():
    versions = [Version(1, 30, on(0)), Version(2, 20, on(10))]
    assert rules.valued(LIMIT, versions, on(9)).value == 30
    assert rules.valued(LIMIT, versions, on(10)) == rules.Valued("test.minutes", 20, 2, on(10))


def test_a_temporary_value_gives_way_to_the_one_before():
    versions = [Version(1, 30, on(0)), Version(2, 20, on(5), on(7))]
    assert [rules.valued(LIMIT, versions, on(day)).value for day in (4, 5, 7, 8)] == [30, 20, 20, 30]


def test_of_two_versions_from_one_day_the_later_written_counts():
    assert rules.valued(LIMIT, [Version(3, 20, on(0)), Version(2, 30, on(0))], on(0)).value == 20


spans = st.tuples(st.integers(-20, 20), st.none() | st.integers(0, 15)).map(
    lambda pair: (on(pair[0]), None if pair[1] is None else on(pair[0] + pair[1]))
)


@given(st.lists(spans, max_size=6))
def test_the_timeline_says_for_every_day_what_the_day_says(found):
    versions = [Version(number, number + 5, *span) for number, span in enumerate(found, start=1)]
    line = rules.timeline(LIMIT, versions)
    for day in (on(offset) for offset in range(-25, 40)):
        last = [value for since, value in line if since <= day][-1]
        assert last.version == rules.valued(LIMIT, versions, day).version
    assert all(earlier[1].version != later[1].version for earlier, later in itertools.pairwise(line))


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.NUMBER, " 30 ", 30),
        (Kind.YES_NO, "Yes", True),
        (Kind.TEXT, "Continuum, 2024 ", "Continuum, 2024"),
        (Kind.DATES, "2026-12-24\n\n2026-12-31", ["2026-12-24", "2026-12-31"]),
    ],
)
def test_what_is_typed_is_read(kind, typed, value):
    assert Setting("test", "T", "Test", kind, value, "A test").parse(typed) == value


@pytest.mark.parametrize("typed", ["", "4", "91", "1.5", "-30", "sixty", "٣٠", "1e1", "9" * 30])
def test_a_number_that_does_not_fit_is_refused(typed):
    with pytest.raises(BadValue):
        LIMIT.parse(typed)


@pytest.mark.parametrize(
    ("kind", "typed"), [(Kind.YES_NO, "perhaps"), (Kind.DATES, "24/12/2026"), (Kind.TEXT, "a\x00b")]
)
def test_other_values_that_do_not_fit_are_refused(kind, typed):
    with pytest.raises(BadValue):
        Setting("test", "T", "Test", kind, "", "A test").parse(typed)


def test_hours_are_typed_a_day_a_line():
    value = declared.OPENING.parse("Monday: 08:00 to 17:30\nfriday 08:00-12:00, 13:00-16:30\nBank holiday: closed")
    assert value["monday"] == [["08:00", "17:30"]]
    assert value["friday"] == [["08:00", "12:00"], ["13:00", "16:30"]]
    assert value["tuesday"] == value["bank_holiday"] == []


@pytest.mark.parametrize(
    "typed",
    [
        "Monday: 17:30 to 08:00",
        "Monday: 08:00 to 12:00, 11:00 to 13:00",
        "Monday: 8 to 5",
        "Monday: 08:00",
        "Someday: 08:00 to 12:00",
        "Monday: closed\nMonday: 08:00 to 12:00",
        "Monday: 08:00 to 25:00",
    ],
)
def test_hours_that_cannot_be_are_refused(typed):
    with pytest.raises(BadValue):
        declared.OPENING.parse(typed)


@pytest.mark.parametrize("setting", rules.every_setting(), ids=lambda setting: setting.name)
def test_every_setting_has_a_source_and_reads_back_what_it_shows(setting):
    assert setting.source
    assert setting.label
    assert setting.group
    again = setting.parse(setting.typed(setting.default))
    assert setting.typed(again) == setting.typed(setting.default)
    assert setting.shown(setting.default)
    if setting.kind is Kind.NUMBER:
        assert setting.unit
        assert setting.minimum <= setting.default <= setting.maximum


def test_a_number_is_shown_with_its_unit():
    assert declared.ACKNOWLEDGE.shown(1) == "1 working day"
    assert LIMIT.shown(30) == "30 minutes"
    assert declared.SAMPLE.shown(10) == "10%"


def test_days_with_the_same_hours_are_shown_together():
    assert declared.OPENING.shown(declared.OPENING.default) == (
        "Monday to Thursday 08:00 to 17:30; Friday 08:00 to 16:30; Saturday to Bank holiday closed"
    )


def test_two_settings_cannot_share_a_name():
    rules.declare(declared.FIRST_LOOK)
    with pytest.raises(ValueError, match="two settings"):
        rules.declare(Setting(declared.FIRST_LOOK.name, "Other", "Test", Kind.YES_NO, True, "A test"))


def test_a_default_must_fit_its_own_setting():
    with pytest.raises(BadValue):
        rules.declare(Setting("test.bad", "Bad", "Test", Kind.NUMBER, 5, "A test", minimum=10))


def test_an_unknown_setting_is_an_error():
    with pytest.raises(rules.UnknownSetting):
        rules.setting_named("no.such")


def test_what_has_been_is_not_rewritten():
    assert "today or later" in rules.may_start(on(-1), None, DAY)
    assert "before the first" in rules.may_start(on(3), on(2), DAY)
    assert rules.may_start(DAY, DAY, DAY) == ""


def test_a_day_is_londons():
    assert rules.london_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert rules.london_day(datetime(2026, 12, 30, 23, 30, tzinfo=UTC)) == date(2026, 12, 30)
