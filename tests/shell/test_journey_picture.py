"""The picture of a journey shows every step and every wait between, and says in words and form what is late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.shell.pages.journey import LENGTH, Step, Wait, journey
from frontdoor.shell.rules import LONDON
from tests.shell.markup import parse

NOW = datetime(2026, 4, 2, 15, tzinfo=UTC)


def _ago(minutes):
    return None if minutes is None else NOW - timedelta(minutes=minutes)


def _step(name, ago, *, since=None, due=None, **more):
    return Step(name, _ago(ago), since=_ago(since), due=_ago(due), **more)


@st.composite
def steps(draw):
    at = draw(st.integers(0, 5000))
    due = draw(st.none() | st.integers(-5000, 5000))
    return _step("Step", at, since=at + draw(st.integers(0, 500)), due=due, hands=draw(st.sampled_from(["", "MASH"])))


def _drawn(picture):
    macro = engines["jinja2"].env.from_string("{{ ui.journey(picture) }}")
    return parse(macro.render(picture=picture))


@given(st.lists(steps(), min_size=1, max_size=40), st.booleans())
def test_every_step_has_its_stop_in_order_and_every_wait_its_line(given_steps, ended):
    picture = journey(given_steps, NOW, ended=ended)
    stops = [stop for stop in picture.stops if stop.kind != "now"]
    assert [stop.at for stop in stops] == sorted(step.at for step in given_steps)
    assert len(picture.stops) == len(given_steps) + (0 if ended else 1)
    assert [stop.gap is None for stop in picture.stops] == [False] * (len(picture.stops) - 1) + [True]


@given(st.lists(steps(), min_size=1, max_size=40), st.booleans())
def test_the_scale_lies_within_the_drawing_each_stretch_after_the_one_before(given_steps, ended):
    picture = journey(given_steps, NOW, ended=ended)
    for late in (False, True):
        end = 0.0
        for stretch in picture.scale:
            if stretch.late == late:
                assert stretch.x >= end - 0.2
                end = stretch.x + stretch.width
        assert end <= LENGTH + 0.2


def test_of_the_scale_as_much_is_late_as_was_past_a_limit():
    picture = journey([_step("Received", 100), _step("Look", 40, due=60)], NOW, waits=[Wait("Decision", NOW, _ago(50))])
    parts = [(stretch.x, stretch.width) for stretch in picture.scale if stretch.late]
    assert parts == [(400, 600)]


@given(st.lists(steps(), min_size=1, max_size=12))
def test_a_step_is_late_exactly_when_it_came_after_its_due_time(given_steps):
    picture = journey(given_steps, NOW, ended=True)
    late = sorted(step.at for step in given_steps if step.due is not None and step.at > step.due)
    assert [stop.at for stop in picture.stops if stop.kind == "late"] == late
    assert all(bool(stop.over) == (stop.kind == "late") for stop in picture.stops)


def test_each_wait_says_how_long_it_was_and_whether_a_limit_passed_in_it():
    received = _step("Received", 300)
    looked = _step("First look", 248, since=300, due=270)
    taken = _step("Taken", 240, hands="Sam Sample")
    told = _step("Acknowledged", 241, since=300)
    picture = journey([taken, looked, told, received], NOW)
    assert [(stop.name, stop.kind, stop.took, stop.over) for stop in picture.stops] == [
        ("Received", "step", "", ""),
        ("First look", "late", "", "22 minutes"),
        ("Acknowledged", "step", "59 minutes", ""),
        ("Taken", "hands", "", ""),
        ("Now", "now", "", ""),
    ]
    assert [(stop.gap.short, stop.gap.late) for stop in picture.stops if stop.gap] == [
        ("52 min", True),
        ("7 min", False),
        ("1 min", False),
        ("4 h", False),
    ]
    assert picture.summary == "4 steps in 5 hours, 1 of them late"


def test_a_running_limit_that_has_passed_marks_the_way_since_and_is_said():
    waits = [Wait("Decision", _ago(60), _ago(-30), "MASH"), Wait("First look", _ago(60), _ago(10), "the centre")]
    picture = journey([_step("Received", 60), _step("Looked at by a colleague", 20)], NOW, waits=waits)
    assert [stop.gap.late for stop in picture.stops if stop.gap] == [False, True]
    assert [(wait.name, wait.said, wait.late) for wait in picture.waits] == [
        ("First look", "for 1 hour, late by 10 minutes", True),
        ("Decision", "for 1 hour, 30 minutes left", False),
    ]
    assert picture.summary == "2 steps in 1 hour, none of them late; 2 waited for now, 1 of them late"


def test_a_stop_says_its_day_where_that_is_another_than_the_stops_before():
    picture = journey([_step("Received", 30 * 60), _step("Opened", 29 * 60), _step("Looked", 60)], NOW, ended=True)
    assert [stop.when for stop in picture.stops] == ["Wed 1 April 2026, 10am", "11am", "Thu 2 April 2026, 3pm"]


def test_over_the_change_of_the_clocks_an_hour_is_an_hour():
    at = datetime(2026, 3, 29, 0, 30, tzinfo=LONDON)
    picture = journey([Step("Came", at), Step("Look", datetime(2026, 3, 29, 2, 30, tzinfo=LONDON))], NOW, ended=True)
    assert picture.stops[0].gap is not None
    assert picture.stops[0].gap.said == "1 hour"


def test_nothing_has_no_journey():
    with pytest.raises(ValueError, match="begins with its receipt"):
        journey([], NOW)


def test_the_drawn_path_is_a_list_that_says_what_its_colours_and_forms_say():
    looked = _step("First look", 248, since=300, due=270, who="Alex Example")
    root = _drawn(journey([_step("Received", 300), looked], NOW, waits=[Wait("Decision", _ago(300), _ago(10), "MASH")]))
    (path,) = root.every("ol")
    said = [item.text for item in path.every("li")]
    assert len(said) == 3
    assert "Then 52 minutes until the next step, past a limit." in said[0]
    assert "First look" in said[1]
    assert "Alex Example" in said[1]
    assert "22 minutes too late" in said[1]
    assert "Then 4 hours 8 minutes until now, past a limit." in said[1]
    assert said[2].startswith("Now")
    assert any("Decision , MASH: for 5 hours, late by 10 minutes" in item.text for item in root.every("li"))
    assert all(drawn.attributes.get("aria-hidden") == "true" for drawn in root.every("svg"))


def test_a_mark_has_another_form_for_a_late_step_a_change_of_hands_and_now():
    late = _step("First look", 200, due=270)
    picture = journey([_step("Received", 300), late, _step("Taken", 100, hands="Sam Sample")], NOW)
    marks = [
        tuple((shape.name, shape.attributes.get("d", "")) for shape in mark.every())
        for mark in _drawn(picture).every("svg")
    ][1:]
    assert len(marks) == len(set(marks)) == 4
