"""What came before, side by side: what changed is said in sentences, and nothing is counted into a score."""

from datetime import date

import pytest

from frontdoor.contacts.rules.history import Told, changes

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
