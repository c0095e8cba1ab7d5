"""A child writes on one page: two answers are enough, and what comes back is in words for a child."""

import pytest
from playwright.sync_api import expect

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts.models import Submission
from tests.browser import Effort

pytestmark = pytest.mark.journey


def kept() -> Submission:
    with acting_for(874, by=PUBLIC_INTAKE):
        return Submission.objects.get()


def test_two_answers_are_enough(page, axe):
    page.goto("/")
    page.get_by_role("link", name="I am a child or young person").click()
    axe(page)
    page.get_by_role("button", name="Peterborough").click()
    axe(page)
    effort = Effort(page)
    page.get_by_label("What is happening?").fill("i dont want to go home")
    page.get_by_role("group", name="Do you feel safe now?").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("We have your message")).to_be_visible()
    expect(page.get_by_text("If you are in danger now, ring 999. It is free")).to_be_visible()
    axe(page)
    assert effort.clicks <= 3
    body = kept().body
    assert (body["source_code"], body["danger"]) == ("1C", "yes")
    assert body["people"][0]["said_words"] == "i dont want to go home"


def test_says_how_to_be_spoken_to_by_keyboard_alone_without_scripts_on_a_telephone(new_page):
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/peterborough/young-people/")
    page.get_by_label("What is happening?").focus()
    page.keyboard.type("my uncle scares me")
    page.get_by_label("Send me a text").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Write your phone number, or choose another answer").first).to_be_visible()
    expect(page.get_by_label("What is happening?")).to_have_value("my uncle scares me")
    page.get_by_label("Your phone number").fill("07700 900116")
    page.get_by_label("When is it safe?").fill("at lunch")
    page.get_by_label("A secret word").fill("bluebell")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("We have your message")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    note = kept().body["referrer"]["route_note"]
    assert "at lunch" in note
    assert "bluebell" in note


def test_easy_words_and_large_print_keep_what_was_written(page, axe):
    page.goto("/peterborough/young-people/")
    page.get_by_label("What is happening?").fill("half a")
    page.get_by_role("button", name="Large print").click()
    expect(page.get_by_label("What is happening?")).to_have_value("half a")
    axe(page)
    page.get_by_label("Your phone number").press("Enter")  # Enter sends; it presses no switch
    expect(page.get_by_text("We have your message")).to_be_visible()
    axe(page)
