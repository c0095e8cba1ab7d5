"""What came before, side by side: what changed is said in sentences, and nothing is counted into a score."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.contacts.rules.history import Later, Told, became, changes, months_after

FIRST = Told(date(2026, 1, 5), "early_help_request", "A school", "nfa", "1")


def test_the_first_has_nothing_to_differ_from() -> None:
    assert changes(None, FIRST) == ("The first that we know of.",)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (Told(date(2026, 1, 5), "early_help_request", "A school", "", ""), "On the same day."),
        (Told(date(2026, 1, 6), "early_help_request", "A school", "", ""), "The next day."),
        (Told(date(2026, 2, 5), "early_help_request", "A school", "", ""), "31 days later."),
        (Told(date(2026, 2, 5), "early_help_request", "A school", "", ""), "About the same again."),
        (Told(date(2026, 2, 5), "neglect", "A school", "", ""), "Before, it was about: early help request."),
        (Told(date(2026, 2, 5), "neglect", "The police", "", ""), "Told by another source: before, a school."),
        (Told(date(2026, 2, 5), "neglect", "A school", "", ""), "After the one before, nothing was done."),
        (Told(date(2026, 2, 5), "neglect", "A school", "", "4a"), "The level of need went up, from 1 to 4a."),
    ],
)
def test_each_difference_is_said(after: Told, said: str) -> None:
    assert said in changes(FIRST, after)


def test_what_is_the_same_is_not_called_different() -> None:
    same = Told(date(2026, 2, 5), FIRST.about, FIRST.source, "early_help", FIRST.level)
    assert not any("another source" in each or "level" in each for each in changes(FIRST, same))
    assert "nothing was done" not in " ".join(changes(same, FIRST))


LATER = Later(date(2026, 2, 20), "neglect", "strategy_discussion_s47")


def test_what_became_of_a_child_is_said_once_the_day_has_come() -> None:
    one, three, six = became(date(2026, 1, 5), [LATER], today=date(2026, 5, 1))
    assert one.words == ("Nothing more has come.",)
    assert three.words == (
        "Came back on 20 February 2026: neglect.",
        "Had to be protected: a strategy discussion.",
    )
    assert six.words == ()


def test_what_came_before_the_decision_or_after_the_months_is_left_out() -> None:
    before, after = Later(date(2026, 1, 4), "neglect", ""), Later(date(2026, 2, 6), "neglect", "")
    assert became(date(2026, 1, 5), [before, after], today=date(2026, 2, 5))[0].words == ("Nothing more has come.",)


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(1, 24))
def test_months_after_a_day_are_whole_months(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_what_came_later_stands_in_its_order() -> None:
    came = [Later(date(2026, 1, 20), "neglect", ""), Later(date(2026, 1, 9), "missing_notification", "")]
    words = became(date(2026, 1, 5), came, today=date(2026, 2, 5))[0].words
    assert [each.split(":")[0] for each in words] == ["Came back on 9 January 2026", "Came back on 20 January 2026"]
