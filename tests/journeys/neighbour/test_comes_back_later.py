"""A neighbour puts a report aside, is told that nobody has seen it, and sends it from another device."""

import re

import pytest
from playwright.sync_api import expect

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts.models import Submission

pytestmark = pytest.mark.journey
STORY = "The twins are at the window every night"


def begun(page, postcode="PE1 1AA"):
    page.goto("/")
    page.get_by_role("button", name="Start a report").click()
    page.get_by_label("What is the postcode").fill(postcode)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("A neighbour, friend").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What are you worried about?").fill(STORY)


def test_puts_it_aside_and_sends_it_from_another_device(new_page, axe):
    page = new_page()
    begun(page)
    page.get_by_role("button", name="Save and come back later").click()
    expect(page.get_by_role("heading", name="Your report is saved. Nobody has seen it yet")).to_be_visible()
    axe(page)
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page.inner_text("main"))[0]
    page.get_by_role("button", name="Close it on this device").click()
    expect(page.get_by_role("heading", name="Tell us about a child")).to_be_visible()

    other = new_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    other.goto("/")
    other.get_by_role("link", name="Come back to a saved report").click()
    other.get_by_label("Your code").fill("AAAA")
    other.get_by_role("button", name="Continue").click()
    expect(other.get_by_text("We could not open a report with this code").first).to_be_visible()
    other.get_by_label("Your code").fill(code.lower())
    other.get_by_role("button", name="Continue").click()
    expect(other.get_by_label("What are you worried about?")).to_have_value(STORY)
    other.goto("/peterborough/report/check/")
    expect(other.get_by_text("Nobody has seen this yet.")).to_be_visible()
    other.get_by_role("button", name="Send report").click()
    expect(other.get_by_text("Your report has arrived")).to_be_visible()
    with acting_for(874, by=PUBLIC_INTAKE):
        assert Submission.objects.get().body["story"] == STORY


def test_two_browsers_see_both_versions(new_page, axe):
    one, other = new_page(), new_page()
    begun(one)
    one.get_by_role("button", name="Save and come back later").click()
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", one.inner_text("main"))[0]
    other.goto("/report/come-back/")
    other.get_by_label("Your code").fill(code)
    other.get_by_role("button", name="Continue").click()
    one.get_by_role("button", name="Go on now").click()
    one.get_by_label("What are you worried about?").fill("Seen from the first browser")
    one.get_by_role("button", name="Continue").click()
    other.get_by_label("What are you worried about?").fill("Seen from the second browser")
    other.get_by_role("button", name="Continue").click()
    expect(other.get_by_role("heading", name="This changed while you had it open")).to_be_visible()
    expect(other.get_by_role("cell", name="Seen from the first browser")).to_be_visible()
    expect(other.get_by_label("What are you worried about?")).to_have_value("Seen from the second browser")
    axe(other)


def test_forgets_it(page, axe):
    begun(page)
    page.get_by_role("button", name="Save and come back later").click()
    page.get_by_role("button", name="Forget it now").click()
    expect(page.get_by_role("heading", name="What you wrote is deleted")).to_be_visible()
    axe(page)


def test_reads_easy_words_in_large_print(page, axe):
    page.goto("/")
    page.get_by_role("button", name="Easy read").click()
    page.get_by_role("button", name="Large print").click()
    axe(page)
    begun_words = page.get_by_text("You do not have to be sure.")
    expect(begun_words).to_be_visible()
    page.get_by_role("button", name="Start a report").click()
    axe(page)
    page.get_by_label("What is the postcode?").fill("PE1 1AA")
    page.get_by_role("button", name="Usual size").click()
    expect(page.get_by_label("What is the postcode?")).to_have_value("PE1 1AA")
    page.get_by_role("button", name="Continue").click()
    axe(page)


def test_adds_a_photo_once_it_has_arrived(page, axe, tmp_path):
    begun(page)
    page.get_by_role("button", name="Continue").click()
    page.goto("/peterborough/report/check/")
    page.get_by_role("button", name="Send report").click()
    page.get_by_role("link", name="Add a photo or a document").click()
    axe(page)
    page.get_by_label("File 1").set_input_files(
        [{"name": "run.exe", "mimeType": "application/octet-stream", "buffer": b"MZ" + bytes(200)}]
    )
    page.get_by_label("File 2").set_input_files(
        [{"name": "words.txt", "mimeType": "text/plain", "buffer": b"What they said"}]
    )
    page.get_by_role("button", name="Add to my report").click()
    expect(page.get_by_text("Added: words.txt")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_text("Your report has arrived")).to_be_visible()
