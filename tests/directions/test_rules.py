"""The law of a direction, as pure values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.directions import rules
from frontdoor.directions.rules import Assignee, State, Step


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("user:12", Assignee(user=12)),
        ("team:3", Assignee(team=3)),
        (" user:12 ", Assignee(user=12)),
        ("user:twelve", None),
        ("agency:7", None),
        ("user:²", None),
        ("Nene Community Health", None),
        ("", None),
    ],
)
def test_an_owner_is_read_from_a_value_and_never_guessed(text: str, owner: Assignee | None) -> None:
    assert rules.assignee(text) == owner


@pytest.mark.parametrize("owner", [{}, {"user": 1, "team": 2}, {"user": 1, "agency": "A school"}])
def test_a_direction_has_one_owner(owner: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="one owner"):
        Assignee(**owner)  # type: ignore[arg-type]  # one too many or too few is what is tried


@given(st.sampled_from(State), st.sampled_from(Step))
def test_what_is_settled_stays_settled(state: State, step: Step) -> None:
    if state.settled:
        with pytest.raises(StepNotAllowed):
            rules.after(state, step)


def test_only_the_giver_ends_it_and_only_after_it_was_done() -> None:
    assert rules.STEPS[Step.CHECK] == (frozenset({State.DONE}), State.CHECKED)
    assert rules.after(State.OPEN, Step.DO) is State.DONE


@pytest.mark.parametrize(
    ("due", "at", "back"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), datetime(2026, 6, 30, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), datetime(2026, 6, 30, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), datetime(2026, 7, 1, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 0, 0, tzinfo=UTC), True),
    ],
)
def test_it_comes_back_on_its_day_in_london_from_midnight(due: datetime, at: datetime, back: bool) -> None:
    assert rules.on_its_day(due, at=at) is back
    assert (due < rules.end_of_today(at)) is back


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    st.integers(-400_000, 400_000),
)
def test_the_list_and_the_mark_say_the_same_of_any_minute(at: datetime, minutes: int) -> None:
    due = at + timedelta(minutes=minutes)
    assert (due < rules.end_of_today(at)) is rules.on_its_day(due, at=at)


def test_a_direction_drifts_by_whatever_put_it_off() -> None:
    assert not rules.drifting(asked=1, moved=0, reopened=0, limit=2)
    assert rules.drifting(asked=1, moved=1, reopened=0, limit=2)
    assert rules.drifting(asked=0, moved=0, reopened=2, limit=2)


@pytest.mark.parametrize(
    ("asked", "moved", "reopened", "words"),
    [
        (0, 0, 0, ""),
        (2, 1, 0, "Asked after twice, moved once"),
        (0, 3, 1, "Moved 3 times, reopened once"),
    ],
)
def test_drift_is_said_in_words(asked: int, moved: int, reopened: int, words: str) -> None:
    assert rules.drift_words(asked=asked, moved=moved, reopened=reopened) == words


def test_a_time_that_has_passed_is_no_time_to_do_something_by() -> None:
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    for due in (at, at - timedelta(minutes=1)):
        with pytest.raises(InvalidInput):
            rules.check_due(due, at=at)
