"""Rating an enquiry again: the shorter time upwards, the first start downwards, and a breach is never taken away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.councils.actions import decide_setting
from frontdoor.mash.actions import enquiries as actions
from frontdoor.mash.models import Rating
from frontdoor.mash.rules import ratings
from frontdoor.mash.rules.clocks import COLOURS, changed_due
from tests.mash.enquiring import AT, minutes, opened, rated, stands
from tests.worlds import World

START = datetime(2026, 4, 2, tzinfo=UTC)
moments = st.integers(min_value=-10_000, max_value=10_000).map(lambda number: START + timedelta(minutes=number))
lengths = st.integers(min_value=1, max_value=5_000).map(lambda number: timedelta(minutes=number))


@given(due_at=moments, at=moments, limit=lengths)
def test_rated_higher_there_is_never_more_time_than_was_left_nor_than_the_new_limit(due_at, at, limit):
    found = changed_due(due_at=due_at, fresh_at=at + limit, whole_at=START, raised=True, at=at)
    assert at <= found <= at + limit
    assert found <= max(due_at, at)
    assert found in (at, due_at, at + limit)


@given(due_at=moments, at=moments, limit=lengths, since=moments)
def test_rated_lower_what_is_late_stays_late_and_the_rest_counts_from_the_first_start(due_at, at, limit, since):
    found = changed_due(due_at=due_at, fresh_at=at + limit, whole_at=since + limit, raised=False, at=at)
    assert found == due_at if due_at < at else found == max(due_at, since + limit)


@pytest.mark.parametrize("before", COLOURS)
@pytest.mark.parametrize("after", COLOURS)
def test_which_change_it_is(before, after):
    if before == after:
        with pytest.raises(StepNotAllowed):
            ratings.change(before, after, opened_again=False)
        return
    raised = COLOURS.index(after) < COLOURS.index(before)
    assert ratings.change(before, after, opened_again=False) == ("raised" if raised else "lowered")


def shown(enquiry, by, at):
    """The clocks of the enquiry by kind: due, outcome and why they ended; of those that run, no end."""
    found = clocks.for_subject(("mash.enquiry", enquiry.key), by=by, at=at)
    return {each.kind.name: (each.reading.due_at, each.outcome, each.ended) for each in found}


def test_a_rating_starts_the_clocks_of_its_own_hours_working_or_elapsed(world: World):
    enquiry = rated(world, "amber")
    with world.acting("social_worker") as by:
        found = shown(enquiry, by, AT)
        assert found["mash.rate"][1:] == ("in_time", "done")
        # 11:00 on Maundy Thursday; the door closes for Easter until Tuesday.
        assert found["mash.decide_amber"][0] > AT + timedelta(days=4)
        assert enquiry.due_at == found["mash.decide_amber"][0]
        assert found["mash.untouched"][0] < enquiry.due_at
    other = rated(world, "red", idem="call-9", people=())
    with world.acting("social_worker") as by:
        assert shown(other, by, AT)["mash.decide_red"][0] == AT + timedelta(hours=4)


def test_rated_higher_it_gets_the_shorter_time_and_the_first_result_is_kept(world: World):
    enquiry, at = rated(world, "amber"), minutes(60)
    with world.acting("social_worker", at=at) as by:
        actions.rate(enquiry.key, seen=enquiry.version, rating="red", why="A bruise was seen", by=by, at=at)
        found, enquiry = shown(enquiry, by, at), stands(enquiry)
        assert found["mash.decide_amber"][1:] == ("in_time", "replaced")
        assert found["mash.decide_red"][0] == enquiry.due_at == at + timedelta(hours=4)
        history = Rating.objects.filter(enquiry=enquiry).order_by("id").values_list("change", "before", "after")
        assert list(history) == [("first", "", "amber"), ("raised", "amber", "red")]


def test_what_was_late_when_it_was_rated_higher_stays_late_and_is_late_at_once(world: World):
    enquiry, at = rated(world, "amber"), AT + timedelta(days=20)
    with world.acting("social_worker", at=at) as by:
        made = actions.rate(enquiry.key, seen=enquiry.version, rating="red", why="A bruise", by=by, at=at)
        found = shown(enquiry, by, at)
        assert made.was_late
        assert found["mash.decide_amber"][1:] == ("late", "replaced")
        assert found["mash.decide_red"][0] == at


def test_rating_lower_is_a_managers_with_a_reason_and_takes_no_breach_away(world: World):
    enquiry, at = rated(world, "red"), AT + timedelta(hours=5)
    with world.acting("social_worker", at=at) as by, pytest.raises(NotPermitted):
        actions.rate(enquiry.key, seen=enquiry.version, rating="green", why="Calmer", by=by, at=at)
    with world.acting("team_manager", at=at) as by:
        with pytest.raises(InvalidInput):
            actions.rate(enquiry.key, seen=enquiry.version, rating="green", why=" ", by=by, at=at)
        made = actions.rate(enquiry.key, seen=enquiry.version, rating="green", why="Calmer", by=by, at=at)
        assert made.was_late
        assert (stands(enquiry).due_at, stands(enquiry).rating) == (AT + timedelta(hours=4), "green")
        assert shown(enquiry, by, at)["mash.decide_red"] == (AT + timedelta(hours=4), "", "")


def test_rated_lower_in_time_the_new_limit_counts_from_the_first_rating(world: World):
    enquiry, at = rated(world, "red"), minutes(30)
    with world.acting("team_manager", at=at) as by:
        actions.rate(enquiry.key, seen=enquiry.version, rating="amber", why="Calmer", by=by, at=at)
        found = shown(enquiry, by, at)
        assert found["mash.decide_red"][1:] == ("in_time", "replaced")
        from_start = rated_due(world, by)
        assert found["mash.decide_amber"][0] == from_start


def rated_due(world, by):
    from frontdoor.clocks.rules import deadline
    from frontdoor.mash.rules.clocks import DECIDE

    return deadline(clocks.terms([DECIDE["amber"]], by=by).rule(DECIDE["amber"], AT), AT)


def test_each_council_has_its_own_hours_from_a_day_on(world: World):
    with world.acting("administrator", of=874, at=AT) as by:
        decide_setting(
            "mash.red_decide_hours", value=2, starts_on=AT.date(), decided_by="The partnership", why="Agreed", by=by,
            at=AT,
        )  # fmt: skip
    enquiry = rated(world, "red", at=minutes(60))
    assert enquiry.due_at == minutes(60) + timedelta(hours=2)


def test_every_touch_lets_the_time_begin_anew_after_which_nobody_has_done_anything(world: World):
    enquiry, at = rated(world, "red"), minutes(90)
    with world.acting("social_worker", at=at) as by:
        assert shown(enquiry, by, at)["mash.untouched"][0] == AT + timedelta(hours=2)
        actions.note(enquiry.key, seen=enquiry.version, text="Rang the school", by=by, at=at)
        assert shown(enquiry, by, at)["mash.untouched"][0] == at + timedelta(hours=2)


def test_an_enquiry_is_not_rated_by_who_does_not_work_on_it(world: World):
    enquiry = opened(world)
    with world.acting("contact_officer") as by, pytest.raises(NotPermitted):
        actions.rate(enquiry.key, seen=enquiry.version, rating="red", why="Bruise", by=by, at=AT)
