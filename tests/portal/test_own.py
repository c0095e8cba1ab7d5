"""A family asks for help for itself: little is asked, what it agrees to above all; danger goes before everything."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.portal.rules import journey, reporting
from tests.portal.test_returning import REPORT, begun, press, sent, version

FULL = {
    "hoping": {"story": "I cannot get them up for school", "wish": "Somebody in the mornings"},
    "own": {"agreement": "given", "others": "first", "limits": "Not their grandmother"},
    "details": {"name": "Dana Quill", "relationship": "Mother"},
    "answer": {"route": "phone", "phone": "01632 960321"},
}
CALM = {**journey.begun("help"), "danger": {"danger": "no"}}


@given(st.sets(st.sampled_from(sorted(FULL))))
def test_what_is_missing_is_what_was_left_out(pages):
    answers = {**CALM, **{name: FULL[name] for name in pages}}
    assert {step.slug for step in journey.missing(answers)} == set(FULL) - pages


@pytest.mark.parametrize("danger", ["yes", "unknown", ""])
def test_where_a_child_may_be_in_danger_nothing_is_asked_and_it_is_no_request_but_a_worry(danger):
    answers = {**journey.begun("help"), "danger": {"danger": danger}, "hoping": FULL["hoping"]}
    assert journey.missing(answers) == ()
    assert reporting.purpose(answers) == "cp_concern"


def test_it_becomes_a_request_for_early_help_with_what_the_family_agrees_to():
    report = reporting.report({**CALM, **FULL}, responsible="")
    assert report.sub_type == "early_help_request"
    assert (report.referrer.kind, report.referrer.identity, report.referrer.name) == ("family", "given", "Dana Quill")
    assert (report.agreement.status, report.agreement.given_by) == ("given", "Dana Quill")
    assert report.story.startswith("I cannot get them up for school")
    assert "What the family says would help: Somebody in the mornings" in report.story
    assert "May others be asked, says the family: Only after asking the family each time" in report.story
    assert "What the family does not want told: Not their grandmother" in report.story


def test_whoever_wants_to_talk_first_has_agreed_to_nothing():
    own = {**CALM, **FULL, "own": {"agreement": "talk_first"}}
    assert reporting.report(own, responsible="").agreement.status == "not_sought"


def test_it_asks_nobody_whether_the_family_may_know_their_name():
    assert [step.slug for step in journey.steps(CALM)] == [*journey.OWN_ORDER]
    for kind in ("family", "you", "where"):
        assert kind not in journey.OWN_ORDER


@pytest.fixture
def parent(world) -> Client:
    return begun(Client(), "help")


@pytest.mark.django_db
def test_it_is_not_sent_until_it_says_what_help_needs(parent):
    press(parent, "danger", danger="no")
    for step in ("own", "details", "answer", "hoping"):
        assert press(parent, step).status_code == 422
    check = parent.get(REPORT + "check/")
    assert "Still needed so that we can help" in check.text
    assert parent.post(REPORT + "check/", {"version": version(check)}).status_code == 422
    assert not sent()
    for step, typed in FULL.items():
        assert press(parent, step, **typed).status_code == 302
    assert "please do not tell the family" not in parent.get(REPORT + "details/").text
    assert press(parent, "check").status_code == 302
    assert len(sent()) == 1
    assert "Your request has arrived" in parent.get(REPORT + "sent/").text


@pytest.mark.django_db
def test_with_danger_it_goes_at_once_with_one_sentence(parent):
    press(parent, "danger", danger="yes")
    for step in ("own", "details", "answer"):
        assert press(parent, step).status_code == 302
    press(parent, "hoping", story="He has hit us")
    assert press(parent, "check").status_code == 302
    assert len(sent()) == 1


@pytest.mark.django_db
def test_services_lead_to_asking(client, world):
    page = client.get("/peterborough/help-for-families/")
    assert "Ask for help for my family" in page.text
    assert client.post("/", {"way": "help"}).url == "/report/help/where/"
