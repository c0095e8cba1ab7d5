"""The law of screening as pure values: what is kept, what is refused, how numbers and stories are read."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.codes import rules as codes
from frontdoor.contacts.pages.screening import pieces
from frontdoor.contacts.rules import screening as rules
from frontdoor.contacts.rules.states import receipt_text

NOON = datetime(2026, 3, 24, 12, tzinfo=UTC)


@given(
    some.integers(1, 999), some.sampled_from([row.code for row in codes.CHANNELS]), some.integers(1, 10**9),
    some.sampled_from(["-", " ", "", " - "]), some.booleans(),
)  # fmt: skip
def test_a_receipt_number_is_read_back_however_it_is_typed(authority, channel, number, between, lower):
    said = receipt_text(authority, channel, number)
    typed = said.replace("-", between)
    found = rules.receipt_given(typed.lower() if lower else typed)
    if len(str(authority)) == 3:
        assert found == rules.Number(authority, channel, number)


@given(some.text(max_size=30))
def test_anything_else_is_no_receipt_number_and_no_fault(text):
    found = rules.receipt_given(text)
    assert found is None or receipt_text(found.authority, found.channel, found.number)


@pytest.mark.parametrize("text", ["", "874", "874-Q-000001", "874-W-", "8744-W-1", "874-W-1x", "٨٧٤-W-1"])
def test_what_only_looks_like_a_number_is_none(text):
    assert rules.receipt_given(text) is None


def _statement(story, starts, ends, kind="worry", words=None):
    slice_ = story[starts:ends] if words is None else words
    return SimpleNamespace(starts=starts, ends=ends, words=slice_, kind=kind, named=None)


@given(some.data())
def test_a_story_cut_at_its_marks_is_the_same_story(data):
    story = data.draw(some.text(max_size=60))
    places = some.tuples(some.integers(0, len(story)), some.integers(0, len(story)))
    marks = [_statement(story, *sorted(pair)) for pair in data.draw(some.lists(places, max_size=5))]
    cut = pieces(story, marks)
    assert "".join(piece.text for piece in cut) == story
    assert all(piece.text for piece in cut)


def test_a_mark_whose_words_are_not_there_is_left_out():
    story = "She said no."
    assert [piece.mark for piece in pieces(story, [_statement(story, 0, 3, words="He")])] == [""]
    assert [piece.mark for piece in pieces(story, [_statement(story, 0, 3)])] == ["A worry", ""]


def test_a_second_reason_never_pushes_out_the_first():
    standing = "a" * 299
    assert rules.both_reasons(standing, "new").startswith(standing)
    assert len(rules.both_reasons(standing, "new")) <= 300


def test_what_is_recorded_after_grows_and_keeps_its_marks():
    first = rules.written_after("", "One.", when="noon", label="A")
    both = rules.written_after(first, "Two.", when="later", label="B")
    assert both == "Recorded after, noon, A:\nOne.\n\nRecorded after, later, B:\nTwo."
    with pytest.raises(InvalidInput):
        rules.written_after(first, " ", when="later", label="B")


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        ({}, ""),
        ({"looked": False}, "Nobody qualified"),
        ({"lead_open": False}, "closed"),
        ({"lead": NOON + timedelta(minutes=1)}, "came first"),
    ],
)
def test_a_duplicate_goes_into_what_came_first_and_only_when_read(state, refused):
    usual = {"looked": True, "lead_open": True, **state}
    lead = usual.pop("lead", NOON)
    if refused:
        with pytest.raises(StepNotAllowed, match=refused):
            rules.check_duplicate(NOON, lead, **usual)
    else:
        rules.check_duplicate(NOON, lead, **usual)


def test_work_goes_back_after_the_councils_minutes_of_elapsed_time():
    before_the_clocks_change = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert rules.goes_back_at(before_the_clocks_change, 60) - before_the_clocks_change == timedelta(hours=1)


@pytest.mark.parametrize("code", [row.code for row in codes.AGREEMENTS])
def test_every_status_of_agreement_can_be_recorded(code):
    reason = "Asking could raise the risk" if codes.AGREEMENTS[code].needs_reason else ""
    rules.check_agreement("checks", code, "", reason)


def test_whoever_started_protection_does_not_oversee_it():
    rules.check_oversight("Seen.", started_by=1, by=2)
    with pytest.raises(StepNotAllowed):
        rules.check_oversight("Seen.", started_by=1, by=1)
