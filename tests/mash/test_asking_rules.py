"""Who is asked, which grounds are needed, how a request stands by its replies, who may see what."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.mash.rules.asking import grounds, messages, replies, sets

DAY, AT = date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC)


def agency(line, *, name="", ratings=(), starts=DAY, ends=None, covers=()):
    return sets.Asks(uuid4(), name or f"The {line} desk", line, frozenset(ratings), starts, ends, tuple(covers))


NOTHING = sets.Known()
EVERY = [agency(line) for line, _ in sets.LINES]


def lines(rating, setting="red_amber", known=NOTHING, agencies=EVERY, on=DAY):
    found = sets.proposed(agencies, rating=rating, setting=setting, known=known, on=on)
    return [each.agency.line for each in found]


@pytest.mark.parametrize(
    ("setting", "rating", "asked"),
    [
        ("red", "red", True), ("red", "amber", False), ("red_amber", "amber", True), ("red_amber", "green", False),
        ("red_amber_green", "green", True), ("red_amber_green", "blue", False),
    ],
)  # fmt: skip
def test_police_health_and_education_are_always_asked_at_the_ratings_of_the_setting(setting, rating, asked):
    assert lines(rating, setting) == (["police", "health", "education"] if asked else [])


def test_an_agency_is_asked_at_the_ratings_that_the_council_keeps_for_it_and_within_its_days_alone():
    idva = agency("idva", ratings={"green"}, starts=DAY, ends=DAY + timedelta(days=1))
    assert lines("green", agencies=[idva]) == ["idva"]
    assert lines("green", agencies=[idva], on=DAY + timedelta(days=1)) == ["idva"]
    assert lines("green", agencies=[idva], on=DAY + timedelta(days=2)) == []
    assert lines("green", agencies=[idva], on=DAY - timedelta(days=1)) == []


def test_the_index_adds_who_knows_the_family_and_says_why():
    known = sets.Known(sets.lines_known(["Fenland Youth Justice Service", "CAMHS north"]), ("whittle brook primary",))
    trust = agency("education", name="Whittle Brook Primary School")
    other = agency("education", name="Sedge Lane Academy")
    found = sets.proposed([*EVERY, trust, other], rating="green", setting="red", known=known, on=DAY)
    assert [(each.agency.line, each.why) for each in found] == [
        ("education", "A child of the enquiry goes there"),
        ("youth_justice", "Somebody is open to Fenland Youth Justice Service"),
        ("camhs", "Somebody is open to CAMHS north"),
    ]
    assert found[0].agency == trust
    covering = agency("education", name="A trust", covers=("Whittle Brook Primary School",))
    assert lines("green", "red", known, [covering]) == ["education"]


@given(st.sampled_from([code for code, _ in sets.RATINGS]), st.sampled_from(["red", "red_amber", "red_amber_green"]))
def test_everybody_proposed_has_a_reason_and_nobody_stands_twice(rating, setting):
    found = sets.proposed(EVERY, rating=rating, setting=setting, known=sets.Known(), on=DAY)
    assert all(each.why for each in found)
    assert len({each.agency.key for each in found}) == len(found)


@pytest.mark.parametrize("position", ["refused", "no_reply", "not_sought", "withdrawn"])
def test_nothing_leaves_without_agreement_until_a_manager_has_dispensed_with_what_was_said_last(position):
    with pytest.raises(StepNotAllowed):
        grounds.may_ask(position=position, said_at=AT, dispensed_at=None)
    with pytest.raises(StepNotAllowed):
        grounds.may_ask(position=position, said_at=AT, dispensed_at=AT - timedelta(minutes=1))
    grounds.may_ask(position=position, said_at=AT, dispensed_at=AT + timedelta(minutes=1))


def test_nothing_leaves_while_nobody_has_said_whether_the_family_agrees_and_agreement_needs_no_manager():
    with pytest.raises(StepNotAllowed):
        grounds.may_ask(position="", said_at=None, dispensed_at=AT)
    grounds.may_ask(position="given", said_at=AT, dispensed_at=None)
    with pytest.raises(StepNotAllowed):
        grounds.check_dispensing(why="Danger", position="given", on_refusal="")


@pytest.mark.parametrize("position", ["refused", "withdrawn"])
def test_a_manager_who_goes_on_after_a_refusal_says_what_was_done_on_it(position):
    with pytest.raises(InvalidInput) as refusal:
        grounds.check_dispensing(why="It would warn him", position=position, on_refusal=" ")
    assert set(refusal.value.problems) == {"on_refusal"}


def said(number, person, *, kind="information", supersedes=None, withdrawn=False, how="desk", mark="professionals"):
    at = AT + timedelta(minutes=number)
    return replies.Said(number, person, kind, mark, uuid4(), supersedes, withdrawn, at, how)


def test_a_request_is_answered_when_every_person_of_it_is_and_refused_when_nobody_was():
    assert replies.stands([1, 2], [said(1, 1)], []) == ""
    assert replies.stands([1, 2], [said(1, 1), said(2, 2, kind="nothing_known")], []) == "answered"
    assert replies.stands([1, 2], [said(1, 1, kind="will_not"), said(2, 2, kind="cannot")], []) == "refused"
    assert replies.stands([1, 2], [said(1, 1), said(2, 2, kind="cannot")], []) == "answered"


def test_what_we_wrote_down_waits_for_the_agency_until_it_says_that_it_is_right_or_answers_itself():
    ours = said(1, 1, how="telephone")
    assert replies.stands([1], [ours], []) == "told"
    assert replies.stands([1], [ours], [1]) == "answered"
    assert replies.stands([1], [ours, said(2, 1, supersedes=1)], []) == "answered"


def test_what_was_withdrawn_stands_no_more_and_what_was_corrected_is_replaced():
    assert replies.stands([1], [said(1, 1), said(2, 1, supersedes=1, withdrawn=True)], []) == ""
    assert [each.id for each in replies.standing([said(1, 1), said(2, 1, supersedes=1), said(3, 1)])] == [2, 3]


@pytest.mark.parametrize("mark", [mark for mark, _ in replies.MARKS])
def test_nothing_with_any_mark_reaches_the_other_side_and_only_what_is_open_the_family(mark):
    assert replies.may_go(mark, to="hub")
    assert replies.may_go(mark, to="partner", own=True)
    assert not replies.may_go(mark, to="other_side")
    assert replies.may_go(mark, to="family") == (mark == "open")
    assert replies.may_go(mark, to="partner") == (mark in {"open", "professionals"})


def test_a_refusal_says_why_and_under_the_duty_why_sharing_would_do_more_harm():
    with pytest.raises(InvalidInput):
        replies.check_reply(kind="will_not", mark="open", facts="", analysis="", protective="", reason=" ")
    with pytest.raises(InvalidInput):
        replies.check_duty(duty=True, kind="will_not", reason="No")
    replies.check_duty(duty=False, kind="will_not", reason="No")


@pytest.mark.parametrize("mark", sorted(replies.KEPT_APART))
def test_what_is_kept_apart_cannot_be_shared_with_the_other_agencies(mark):
    with pytest.raises(InvalidInput):
        replies.check_reply(
            kind="information", mark=mark, facts="Seen", analysis="", protective="", reason="", partners=True
        )


@pytest.mark.parametrize("what", sorted(messages.SUBJECTS))
def test_a_mail_to_an_agency_holds_a_number_and_where_to_go_and_no_more(what):
    words = " ".join(messages.words(what, reference="PBO-1", council="Peterborough", phone="01632 960000"))
    assert "PBO-1" in words
    assert "no details" in words
