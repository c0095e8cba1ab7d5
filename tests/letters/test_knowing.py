"""What each kind of referrer may know."""

import pytest

from frontdoor.codes import rules as codes
from frontdoor.letters import rules
from frontdoor.letters.rules import Audience, Kind, Medium


def test_a_professional_hears_outcome_reason_next_step_and_how_to_challenge():
    knowing = rules.may_know("professional", source="2A")
    assert (knowing.outcome, knowing.reason, knowing.next_step, knowing.challenge) == (True, True, True, True)
    assert not knowing.as_agreed


@pytest.mark.parametrize("source", ["6", "7"])
def test_the_police_and_the_courts_hear_what_was_agreed(source):
    assert rules.may_know("professional", source=source).as_agreed


@pytest.mark.parametrize("kind", ["public", "family"])
def test_the_public_hear_nothing_about_the_family(kind):
    knowing = rules.may_know(kind)
    assert knowing.acknowledged
    assert (knowing.outcome, knowing.reason, knowing.next_step, knowing.family) == (False, False, False, False)


def test_a_child_hears_what_happens_next_and_no_outcome_on_paper():
    knowing = rules.may_know("child")
    assert (knowing.audience, knowing.next_step, knowing.outcome) == (Audience.CHILD, True, False)


def test_who_gave_no_name_hears_nothing():
    assert rules.may_know("anonymous").audience is None


def test_a_kind_that_nobody_knows_is_told_no_more_than_the_public():
    assert rules.may_know("astrologer") == rules.may_know("public")


@pytest.mark.parametrize("referrer", [kind.code for kind in codes.REFERRER_KINDS])
def test_every_kind_of_referrer_has_a_text_for_everything_that_it_may_be_told(referrer):
    audience = rules.may_know(referrer).audience
    for medium in Medium if audience else ():
        for kind in (Kind.ACKNOWLEDGEMENT, rules.OUTCOME_KINDS[audience], Kind.CALL_BACK_PROMISE):
            assert rules.wording(kind, audience, medium)
