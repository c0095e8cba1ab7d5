"""A planned request asks for more than anybody else's report, but never where a child may be in danger."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.portal.rules import journey, reporting
from tests.portal.test_returning import REPORT, begun, press, sent, version

FULL = {
    "tried": {"story": "A breakfast club"},
    "wanted": {"story": "A family worker"},
    "agreement": {"agreement": "given", "given_by": "Mother, today"},
    "organisation": {"name": "Ines Pardoe", "role": "Teacher", "agency": "Nene Primary"},
}


def test_only_a_planned_request_that_says_that_no_child_is_in_danger_must_say_anything():
    for answers in ({}, {"urgent": True}, {"danger": {"danger": "no"}}, {"planned": True}):
        assert journey.missing(answers) == ()
    for danger in ("yes", "unknown", ""):
        assert journey.missing({"planned": True, "danger": {"danger": danger}}) == ()


@given(st.sets(st.sampled_from(sorted(FULL))))
def test_what_is_missing_is_what_was_left_out(given_pages):
    answers = {"planned": True, "danger": {"danger": "no"}, **{name: FULL[name] for name in given_pages}}
    assert {step.slug for step in journey.missing(answers)} == set(FULL) - given_pages


def test_a_planned_request_becomes_a_report_with_agreement_organisation_and_wish():
    answers = {
        **journey.begun("planned"), **FULL, "worry": {"story": "Tired every day"},
        "adults": [{"given_name": "Dana", "relationship": "mother", "parental_responsibility": True}],
    }  # fmt: skip
    report = reporting.report(answers, responsible="")
    assert report.referrer.agency == "Nene Primary"
    assert (report.referrer.kind, report.referrer.identity) == ("professional", "given")
    assert (report.agreement.status, report.agreement.given_by) == ("given", "Mother, today")
    assert report.people[0].parental_responsibility is True
    assert "What the sender wants to happen: A family worker" in report.story
    assert "what has been tried: A breakfast club" in report.story


@pytest.fixture
def school(world) -> Client:
    client = begun(Client(), "planned")
    press(client, "worry", story="Tired every day")
    return client


@pytest.mark.django_db
def test_without_danger_it_is_not_sent_until_it_says_what_it_must(school):
    press(school, "danger", danger="no")
    assert press(school, "organisation", name="Ines").status_code == 422
    check = school.get(REPORT + "check/")
    assert "Still needed" in check.text
    assert school.post(REPORT + "check/", {"version": version(check)}).status_code == 422
    assert not sent()
    for step, typed in FULL.items():
        assert press(school, step, **typed).status_code == 302
    assert press(school, "check").status_code == 302
    assert len(sent()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("danger", ["yes", "unknown"])
def test_with_danger_it_goes_at_once_with_nothing_else_written(school, danger):
    press(school, "danger", danger=danger)
    for step in FULL:
        assert press(school, step).status_code == 302
    assert press(school, "check").status_code == 302
    assert len(sent()) == 1


@pytest.mark.django_db
def test_nobody_was_asked_needs_a_reason(school):
    press(school, "danger", danger="no")
    assert press(school, "agreement", agreement="not_sought").status_code == 422
    assert press(school, "agreement", agreement="not_sought", why_not="She is in hospital").status_code == 302


@pytest.mark.django_db
def test_the_organisation_is_remembered_only_where_it_was_ticked_and_forgotten_at_a_press(school):
    press(school, "organisation", **FULL["organisation"])
    assert "organisation" not in school.cookies or not school.cookies["organisation"].value
    press(school, "organisation", **FULL["organisation"], remember="on")
    cookie = school.cookies["organisation"]
    assert cookie["httponly"]
    assert "Tired" not in cookie.value
    begun(school, "planned")
    page = school.get(REPORT + "organisation/").text
    assert "Nene Primary" in page
    assert "This computer remembers" in page
    school.post(REPORT + "organisation/", {"forget": "1"})
    begun(school, "planned")
    assert "Nene Primary" not in school.get(REPORT + "organisation/").text


@pytest.mark.django_db
def test_the_public_form_remembers_nobody(school):
    press(school, "organisation", **FULL["organisation"], remember="on")
    begun(school, "worry")
    for step in ("you", "details", "answer"):
        assert "Ines Pardoe" not in school.get(f"{REPORT}{step}/").text


@pytest.mark.django_db
def test_a_cookie_that_somebody_made_up_fills_in_nothing(school):
    school.cookies["organisation"] = "eyJuYW1lIjoiTWFkZSB1cCJ9:1:abc"
    page = school.get(REPORT + "organisation/")
    assert page.status_code == 200
    assert not re.search("Made up", page.text)


@pytest.mark.django_db
def test_parental_responsibility_is_asked_of_those_who_know_the_word(school, world):
    assert "parental responsibility" in school.get(REPORT + "adults/0/").text
    assert "parental responsibility" not in begun(Client()).get(REPORT + "adults/0/").text
