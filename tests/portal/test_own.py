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
    assert report.agreement.limits == (
        "Must not be told: Not their grandmother. Others are asked only after asking the family each time"
    )
    assert report.story.startswith("I cannot get them up for school")
    assert "What the family says would help: Somebody in the mornings" in report.story
    assert "May others be asked, says the family: Only after asking the family each time" in report.story
    assert "Who must not be told, says the family: Not their grandmother" in report.story


def test_whoever_wants_to_talk_first_has_agreed_to_nothing():
    own = {**CALM, **FULL, "own": {"agreement": "talk_first"}}
    assert reporting.report(own, responsible="").agreement.status == "not_sought"


@pytest.mark.parametrize(
    ("own", "status"), [({}, "not_sought"), ({"others": "yes"}, "not_sought"), ({"limits": "Nobody"}, "not_sought")]
)
def test_whoever_has_not_said_yes_has_not_agreed(own, status):
    assert reporting.report({**CALM, **FULL, "own": own}, responsible="").agreement.status == status


@pytest.mark.parametrize(("others", "words"), [("yes", ""), ("no", "Nobody else is to be asked")])
def test_agreeing_to_help_is_not_agreeing_that_others_are_asked(others, words):
    own = {"agreement": "given", "others": others}
    assert reporting.report({**CALM, **FULL, "own": own}, responsible="").agreement.limits == words


@pytest.mark.parametrize("danger", ["yes", "unknown"])
def test_what_it_says_of_danger_is_told_as_it_was_said(danger):
    report = reporting.report({**CALM, **FULL, "danger": {"danger": danger}}, responsible="")
    assert (report.danger, report.sub_type) == (danger, "cp_concern")


def test_what_keeps_a_family_safe_goes_with_its_request():
    adult = {"given_name": "Dana", "family_name": "Quill", "safe_contact": "Only at work"}
    safe = {
        "answer": {**FULL["answer"], "note": "Never after four"}, "adults": [adult],
        "children": [{"given_name": "Tom", "sealed": "sealed:1"}], "postcode": "PE3 7QD",
    }  # fmt: skip
    report = reporting.report({**CALM, **FULL, **safe}, responsible="")
    assert report.referrer.route_note == "Never after four"
    assert [person.safe_contact for person in report.people if person.kind == "adult"] == ["Only at work"]
    assert report.postcode == ""


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
    check = parent.get(REPORT + "check/").text
    for said in (
        "Look for help for us: Yes", "Ask others: Only after you have asked me each time",
        "Must not be told: Not their grandmother",
    ):  # fmt: skip
        assert said in check
    assert press(parent, "check").status_code == 302
    assert len(sent()) == 1
    assert "Your request has arrived" in parent.get(REPORT + "sent/").text


@pytest.mark.django_db
def test_whoever_asks_for_help_is_not_offered_never_to_be_answered_and_whoever_is_in_danger_is(parent):
    press(parent, "danger", danger="no")
    assert "Please do not contact me" not in parent.get(REPORT + "answer/").text
    assert press(parent, "answer", route="none_possible").status_code == 422
    press(parent, "danger", danger="unknown")
    assert "Please do not contact me" in parent.get(REPORT + "answer/").text
    assert press(parent, "answer", route="none_possible").status_code == 302


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
