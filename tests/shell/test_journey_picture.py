"""The picture of a journey shows every step at its place and says the same in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.shell.pages.journey import NAME_WIDTH, WIDTH, Step, journey
from frontdoor.shell.rules import LONDON

NOW = datetime(2026, 4, 2, 15, tzinfo=UTC)
HOURS = st.integers(0, 5000)


@st.composite
def steps(draw):
    at = NOW - timedelta(minutes=draw(HOURS))
    until = draw(st.none() | st.integers(0, 300).map(lambda minutes: min(at + timedelta(minutes=minutes), NOW)))
    due = draw(st.none() | st.integers(1, 9000).map(lambda minutes: at + timedelta(minutes=minutes)))
    return Step("Step", at, until, due)


def _step(name, began, ended=None, due=None):
    def moment(minutes):
        return None if minutes is None else NOW - timedelta(minutes=minutes)

    return Step(name, NOW - timedelta(minutes=began), moment(ended), moment(due))


@given(st.lists(steps(), min_size=1, max_size=12))
def test_every_bar_stands_within_the_drawing_and_in_order(given_steps):
    picture = journey(given_steps, NOW)
    assert len(picture.bars) == len(given_steps)
    assert [bar.step.at for bar in picture.bars] == sorted(bar.step.at for bar in picture.bars)
    for bar in picture.bars:
        assert bar.x >= NAME_WIDTH
        assert bar.x + bar.width <= WIDTH + 4
    assert 1 <= len(picture.ticks) <= 8


@given(st.lists(steps(), min_size=1, max_size=12))
def test_a_step_is_late_exactly_when_it_ended_or_stands_after_its_due_time(given_steps):
    for bar in journey(given_steps, NOW).bars:
        late = bar.step.due is not None and (bar.step.until or NOW) > bar.step.due
        assert (bar.state in ("late", "overdue")) == late
        assert (bar.state in ("running", "overdue")) == (bar.step.until is None)
        assert late == bar.outcome.endswith("late")


def test_the_outcome_is_said_in_words():
    received = _step("Received", 300, 299)
    looked = _step("First look", 299, 248, due=270)
    decided = _step("Decision", 248)
    picture = journey([decided, looked, received], NOW)
    assert [bar.outcome for bar in picture.bars] == [
        "took 1 minute",
        "took 51 minutes, 22 minutes late",
        "running for 4 hours 8 minutes",
    ]
    assert picture.summary == "3 steps in 5 hours, 1 late"


def test_a_due_time_ahead_lies_inside_the_drawing():
    (bar,) = journey([_step("Decision", 60, due=-60)], NOW).bars
    assert bar.due_x is not None
    assert bar.x + bar.width < bar.due_x <= WIDTH


def test_over_the_change_of_the_clocks_an_hour_is_an_hour():
    at = datetime(2026, 3, 29, 0, 30, tzinfo=LONDON)
    (bar,) = journey([Step("Look", at, datetime(2026, 3, 29, 2, 30, tzinfo=LONDON))], NOW).bars
    assert bar.outcome == "took 1 hour"


def test_nothing_has_no_journey():
    with pytest.raises(ValueError, match="begins with its receipt"):
        journey([], NOW)
