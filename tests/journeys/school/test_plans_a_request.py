"""A school plans a request with the family's agreement: it is asked for everything, and its computer remembers it."""

import pytest
from playwright.sync_api import expect

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts.models import Submission

pytestmark = pytest.mark.journey


def go_on(page):
    page.get_by_role("button", name="Continue").click()


def begun(page, danger):
    page.goto("/")
    page.get_by_role("button", name="Plan a request for a family").click()
    page.get_by_label("What is the postcode").fill("PE1 1AA")
    go_on(page)
    page.get_by_label(danger, exact=True).check()
    go_on(page)
    page.get_by_label("What are you worried about?").fill("Tired and hungry on most days")
    go_on(page)


def test_is_asked_for_everything_and_remembered(page, axe):
    begun(page, "No")
    page.get_by_label("First name").fill("Ola")
    go_on(page)
    page.get_by_label("No, go on").check()
    go_on(page)
    go_on(page)
    page.get_by_label("First name").fill("Dana")
    page.get_by_label("Who they are to the child").fill("mother")
    page.get_by_role("group", name="Do they have parental responsibility?").get_by_label("Yes").check()
    axe(page)
    go_on(page)
    page.get_by_label("No, go on").check()
    go_on(page)
    go_on(page)
    expect(page.get_by_text("Write what has been tried").first).to_be_visible()
    axe(page)
    page.get_by_label("What has been tried").fill("A breakfast club since May")
    go_on(page)
    page.get_by_label("A family would like some support").check()
    axe(page)
    page.get_by_label("What do you want to happen").fill("A family worker at home")
    go_on(page)
    page.get_by_label("Yes, they were asked and they agree").check()
    page.get_by_label("Who was asked, and when?").fill("Dana, on Monday")
    axe(page)
    go_on(page)
    page.get_by_label("Your name").fill("Ines Pardoe")
    page.get_by_label("Your job").fill("Teacher")
    page.get_by_label("Your organisation").fill("Nene Primary")
    page.get_by_label("Remember my name").check()
    axe(page)
    go_on(page)
    go_on(page)
    axe(page)
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Your report has arrived")).to_be_visible()
    with acting_for(874, by=PUBLIC_INTAKE):
        body = Submission.objects.get().body
    assert body["referrer"]["agency"] == "Nene Primary"
    assert body["agreement"]["status"] == "given"
    assert body["people"][1]["parental_responsibility"] is True

    begun(page, "No")
    page.goto("/peterborough/report/organisation/")
    expect(page.get_by_label("Your organisation")).to_have_value("Nene Primary")
    page.get_by_role("button", name="Forget them on this computer").click()
    expect(page.get_by_label("Your organisation")).to_have_value("")


def test_with_danger_nothing_is_demanded(page):
    begun(page, "I cannot tell")
    page.goto("/peterborough/report/organisation/")
    go_on(page)
    go_on(page)
    expect(page.get_by_text("Still needed")).to_have_count(0)
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Your report has arrived")).to_be_visible()


def test_what_is_still_needed_is_listed_before_it_is_sent(page, axe):
    begun(page, "No")
    page.goto("/peterborough/report/check/")
    expect(page.get_by_role("heading", name="Still needed for a planned request")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Your organisation").first.click()
    expect(page.get_by_label("Your organisation")).to_be_visible()
