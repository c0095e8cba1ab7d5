"""The statutory words: what is a re-referral, when the limits end, what may be recorded and what not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import InvalidInput
from frontdoor.clocks.rules import NATIONAL, Rule, Unit, deadline, london_date
from frontdoor.codes import rules as codes
from frontdoor.handovers.rules import State as SlipState
from frontdoor.referrals.rules import judging, kinds, recording, states
from frontdoor.referrals.rules.judging import Counts
from frontdoor.referrals.rules.recording import Dated, Visited

NOON = datetime(2026, 4, 2, 11, tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))


def _year_later(day: date) -> date:
    """The same day a year on, said another way than the rule says it."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


@given(DAYS, st.lists(DAYS, max_size=6))
def test_a_referral_is_one_again_if_any_earlier_one_lies_within_twelve_months_whatever_came_of_it(
    on: date, others: list[date]
) -> None:
    found = judging.referred_before(on, others, months=12)
    within = [day for day in others if day <= on <= _year_later(day)]
    assert found == (max(within) if within else None)
    assert judging.counts(case_open=False, before=found) is (Counts.RE_REFERRAL if within else Counts.REFERRAL)
    assert judging.counts(case_open=True, before=found) is Counts.OPEN_CASE


def test_the_day_a_year_later_still_counts_and_the_day_after_it_does_not() -> None:
    first = date(2025, 4, 2)
    assert judging.referred_before(date(2026, 4, 2), [first], months=12) == first
    assert judging.referred_before(date(2026, 4, 3), [first], months=12) is None
    assert judging.referred_before(date(2025, 2, 28), [date(2024, 2, 29)], months=12) == date(2024, 2, 29)
    assert judging.referred_before(date(2025, 3, 1), [date(2024, 2, 29)], months=12) is None


@given(st.sampled_from(sorted(judging.NEEDS)), st.sampled_from(["", *sorted(judging.NEEDS)]))
def test_of_two_needs_the_higher_in_the_list_is_recorded(first: str, second: str) -> None:
    order = list(judging.NEEDS)
    chosen = judging.primary_need(first, second)
    assert order.index(chosen) == min(order.index(each) for each in (first, second) if each)
    assert judging.primary_need(second or first, first) == chosen


@pytest.mark.parametrize("need", ["", "N9", "N0", "X"])
def test_a_child_who_is_referred_has_a_need_of_the_list(need: str) -> None:
    with pytest.raises(InvalidInput):
        judging.primary_need(need)


def _due(kind: object, days: int, on: date) -> date:
    rule = Rule(Unit.WORKING_DAYS, days, calendar=NATIONAL)
    return london_date(deadline(rule, datetime(on.year, on.month, on.day, 12, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("kind", "setting", "on", "due"),
    [
        (kinds.ASSESSMENT, kinds.ASSESSMENT_DAYS, date(2026, 6, 1), date(2026, 8, 3)),
        (kinds.ASSESSMENT, kinds.ASSESSMENT_DAYS, date(2026, 11, 20), date(2027, 1, 27)),
        (kinds.CONFERENCE, kinds.CONFERENCE_DAYS, date(2026, 12, 16), date(2027, 1, 11)),
    ],
)
def test_the_worked_examples_of_the_statutory_limits(kind: object, setting: object, on: date, due: date) -> None:
    # Domain 2.4: counted by hand over Easter, Christmas and the New Year.
    assert setting.fixed  # type: ignore[attr-defined]
    assert _due(kind, setting.default, on) == due  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [*kinds.VISITS, *kinds.SEEING, kinds.PICK_UP, kinds.ALONE, kinds.ASSESSMENT])
def test_every_miss_is_told_to_the_worker_the_teams_manager_and_the_head_of_service(kind: object) -> None:
    assert [role.value for role in kind.at_breach] == ["owner", "team_manager", "head_of_service"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("urgent", "unborn", "case_open"), [(u, b, c) for u in (0, 1) for b in (0, 1) for c in (0, 1)])
def test_which_clocks_run_from_sending(urgent: int, unborn: int, case_open: int) -> None:
    begun = kinds.at_the_beginning(urgent=bool(urgent), unborn=bool(unborn), case_open=bool(case_open))
    assert (kinds.SEEN_PROTECTION in begun) == (bool(urgent) and not unborn)
    assert (kinds.SEEN in begun) == (not urgent and not unborn)
    assert (kinds.ALONE in begun) == (not unborn)
    assert (kinds.ASSESSMENT in begun) == (not case_open)
    assert kinds.PICK_UP in begun
    assert len([kind for kind in begun if kind in kinds.VISITS]) == 1


SLIPS = st.lists(st.sampled_from(SlipState), max_size=4)


@given(st.sampled_from(states.OPEN), SLIPS)
def test_a_referral_follows_its_slips_until_the_team_has_accepted_and_never_after(
    state: str, slips: list[SlipState]
) -> None:
    step = states.step_of_slips(state, slips)
    if state in ("accepted", "in_work"):
        assert step is None
        return
    now = states.after(state, step) if step else states.State(state)
    assert (now == "accepted") == (SlipState.ACCEPTED in slips)
    if not slips or set(slips) <= {SlipState.WITHDRAWN}:
        assert now == "withdrawn"
    assert states.step_of_slips(now, slips) is None, "twice does it once"


def _visit(**more: object) -> Visited:
    told: dict[str, object] = {
        "made_at": NOON, "place": "home", "seen_by": "Somebody", "seen": True, "alone": True, "voice": "Hello",
    }  # fmt: skip
    return Visited(**{**told, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"voice": " "}, "voice"), ({"alone": None}, "alone"), ({"alone": False}, "not_alone"),
        ({"seen": False}, "why_not_seen"), ({"seen_by": ""}, "seen_by"), ({"place": "moon"}, "place"),
        ({"made_at": NOON + timedelta(hours=2)}, "made_at"), ({"made_at": NOON - timedelta(days=2)}, "made_at"),
    ],
)  # fmt: skip
def test_a_visit_says_whether_the_child_was_seen_and_alone_and_what_the_child_said(
    more: dict[str, object], field: str
) -> None:
    recording.check_visit(_visit(), earliest=NOON - timedelta(days=1), at=NOON + timedelta(hours=1))
    with pytest.raises(InvalidInput) as refused:
        recording.check_visit(_visit(**more), earliest=NOON - timedelta(days=1), at=NOON + timedelta(hours=1))
    assert set(refused.value.problems) == {field}


def test_a_child_not_heard_is_written_with_the_reason_and_being_refused_alone_settles_nothing() -> None:
    visit = _visit(voice="", voice_missing="asleep", alone=False, not_alone="refused")
    recording.check_visit(visit, earliest=NOON - timedelta(days=1), at=NOON)
    assert not recording.alone_settled(visit)
    assert recording.alone_settled(_visit(alone=False, not_alone="too_young"))
    assert not recording.alone_settled(_visit(seen=False, alone=True))


def _date(kind: str, on: date, standing: dict[str, date], why: str = "") -> Dated:
    return recording.check_date(
        kind, on, standing=standing, earliest=date(2026, 4, 2), today=date(2027, 6, 1), calendar=NATIONAL, why=why
    )


@pytest.mark.parametrize("on", [date(2027, 1, 9), date(2027, 1, 10), date(2027, 1, 1)])
def test_a_conference_is_not_held_on_a_weekend_or_bank_holiday(on: date) -> None:
    started = {"section47_started": date(2026, 12, 16)}
    with pytest.raises(InvalidInput, match="weekend"):
        _date("conference_held", on, started)
    assert _date("conference_held", date(2027, 1, 11), started) is Dated.CONFERENCE_HELD


def test_dates_come_in_their_order_each_once_and_never_both_held_and_not_needed() -> None:
    assert recording.may_be_recorded([]) == [Dated.ASSESSMENT_STARTED, Dated.SECTION47_STARTED]
    with pytest.raises(InvalidInput):
        _date("assessment_authorised", date(2026, 5, 1), {})
    with pytest.raises(InvalidInput):
        _date("assessment_authorised", date(2026, 4, 9), {"assessment_started": date(2026, 4, 10)})
    with pytest.raises(InvalidInput, match="needed"):
        _date("conference_not_needed", date(2026, 5, 1), {"section47_started": date(2026, 4, 10)})
    held = ["section47_started", "conference_held"]
    assert Dated.CONFERENCE_NOT_NEEDED not in recording.may_be_recorded(held)


def _wrong(standing: set[str], **more: object) -> set[str]:
    told: dict[str, object] = {
        "on": date(2026, 5, 1), "began_on": date(2026, 4, 2), "today": date(2026, 6, 1), "closure": "RC7",
        "nfa": False, "why": "Said.", "need": "N1",
    }  # fmt: skip
    return set(recording.wrong_with_closing(standing, **{**told, **more}))  # type: ignore[arg-type]


def test_closing_takes_a_reason_of_the_census_and_one_after_an_assessment_takes_the_assessment() -> None:
    assert {row.code for row in codes.CLOSURE_REASONS} == {f"RC{number}" for number in range(1, 10)}
    assert _wrong(set()) == set()
    assert _wrong(set(), closure="") == {"closure"}
    assert _wrong(set(), closure="RC8") == {"closure"} == _wrong(set(), need="")
    assert _wrong({"assessment_authorised"}, closure="RC8") == set()
    assert _wrong({"assessment_started"}, nfa=True) == {"nfa"}
    assert _wrong(set(), nfa=True, closure="", need="") == set()
    assert _wrong(set(), on=date(2026, 4, 1)) == {"on"} == _wrong(set(), on=date(2026, 6, 2))
    assert _wrong(set(), why=" ") == {"why"}


def test_nothing_is_closed_over_an_assessment_or_a_conference_that_is_outstanding() -> None:
    assert recording.outstanding({"assessment_started"})
    assert recording.outstanding({"section47_started"})
    assert recording.outstanding({"section47_started", "section47_ended"})
    assert not recording.outstanding({"section47_started", "section47_ended", "conference_not_needed"})
