"""A mother asks for help for her own family, from the list of services, by telephone and late in the evening."""

import pytest
from playwright.sync_api import expect

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts.models import Submission

pytestmark = pytest.mark.journey


def go_on(page):
    page.get_by_role("button", name="Continue").click()


def test_asks_for_help_says_what_she_agrees_to_and_is_told_what_happens_next(page, axe):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/peterborough/help-for-families/")
    page.get_by_role("button", name="Ask for help for my family").click()
    page.get_by_label("What is the postcode").fill("PE1 1AA")
    go_on(page)
    page.get_by_label("No", exact=True).check()
    go_on(page)
    go_on(page)
    expect(page.get_by_text("Write what is hard, even in a few words").first).to_be_visible()
    page.get_by_label("What is hard at the moment?").fill("I work nights and cannot get them up for school.")
    page.get_by_label("What would help?").fill("Somebody in the mornings.")
    axe(page)
    go_on(page)
    page.get_by_label("First name").fill("Ola")
    go_on(page)
    page.get_by_label("No, go on").check()
    go_on(page)
    go_on(page)
    expect(page.get_by_text("Begin with yourself.")).to_be_visible()
    page.get_by_label("First name").fill("Dana")
    page.get_by_label("Who they are to the child").fill("mother")
    go_on(page)
    page.get_by_label("No, go on").check()
    go_on(page)
    page.get_by_label("Yes, please look for help for us").check()
    page.get_by_label("Only after you have asked me each time").check()
    axe(page)
    go_on(page)
    page.get_by_label("Your name").fill("Dana Quill")
    page.get_by_label("Who are you to the children?").fill("Mother")
    axe(page)
    go_on(page)
    page.get_by_label("By text message").check()
    page.get_by_label("Telephone number").fill("07700 900321")
    go_on(page)
    axe(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your request has arrived")).to_be_visible()
    expect(page.get_by_text("Nothing is decided without you")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    with acting_for(874, by=PUBLIC_INTAKE):
        body = Submission.objects.get().body
    assert body["sub_type"] == "early_help_request"
    assert body["agreement"]["status"] == "given"
    assert body["referrer"]["name"] == "Dana Quill"
