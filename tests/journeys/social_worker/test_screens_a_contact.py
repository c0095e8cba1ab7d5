"""A social worker takes the next contact, asks the person who told us, logs the calls, links what belongs together."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.contacts.rules.intake import Marked, ReferrerGiven
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey

OWN = "I don't want to go home"
STORY = f"At lunch she said {OWN}. Her aunt is kind."
TEACHER = ReferrerGiven("professional", "given", "Morgan Reed", role="Teacher", phone="01632 960177", route="phone")


@pytest.fixture
def arrivals(site, world):
    """Two about one child, from the school and from the police."""
    now = timezone.now()
    ewa = (child(given_name="Ewa", family_name="Nowak"),)
    mark = Marked("own_words", OWN, STORY.index(OWN), STORY.index(OWN) + len(OWN), 0)
    with world.acting("contact_officer") as by:
        school = arrive(
            by=by, at=now - timedelta(minutes=50), story=STORY, people=ewa, marks=(mark,), referrer=TEACHER,
            danger="unknown", source_code="2A",
        )  # fmt: skip
        police = arrive(by=by, at=now - timedelta(minutes=20), people=ewa, channel="police_notification", danger="no")
    return school, police


def test_takes_the_next_and_screens_it(new_page, site, world, axe, arrivals):
    _, police = arrivals
    page = entered(new_page, site, world, "social_worker")
    page.goto("/peterborough/contacts/")
    page.keyboard.press("t")
    page.get_by_role("heading", name="Ewa Nowak").wait_for()
    expect(page.get_by_role("mark")).to_have_text(OWN)
    expect(page.get_by_text("Morgan Reed")).to_have_count(0)
    axe(page)

    _clarify(page, axe)
    _link(page, police.receipt)
    _agree(page)
    axe(page)

    page.get_by_role("button", name="Show who told us").click()
    page.get_by_text("Morgan Reed").wait_for()
    axe(page)


def _clarify(page, axe):
    page.get_by_role("link", name="Ask a question").click()
    axe(page)
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("heading", name="waiting for an answer").wait_for()
    page.get_by_role("link", name="Log a call about it").click()
    page.get_by_label("No answer").check()
    page.get_by_role("button", name="Log it").click()
    page.get_by_role("link", name="Write down the answer", exact=True).click()
    page.get_by_label("What they answered").fill("A new man moved in last night.")
    page.get_by_label("What changed today?").fill("She came without lunch.")
    page.get_by_role("button", name="Save the answer").click()
    page.get_by_text("A new man moved in last night.").wait_for()


def _link(page, receipt):
    page.get_by_role("link", name=f"Link to {receipt}").click()
    expect(page.get_by_label("Receipt number")).to_have_value(receipt)
    page.get_by_label("Same event, another source").check()
    page.get_by_label("Why, in one line").fill("Both tell of Thursday evening")
    page.get_by_role("button", name="Link them").click()
    page.get_by_role("link", name=f"Undo the link to {receipt}").wait_for()


def _agree(page):
    page.get_by_role("link", name="Agreement").click()
    page.get_by_label("Agreement to what?").fill("Checks with the school")
    page.get_by_role("radio", name="Not sought").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").get_by_text("Say why").wait_for()
    page.get_by_label("If it was not sought: why").fill("Asking could raise the risk")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Checks with the school").first.wait_for()


def test_reads_the_record_without_scripts_on_a_narrow_screen(new_page, site, world, arrivals):
    narrow = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}
    page = entered(new_page, site, world, "social_worker", **narrow)
    page.goto("/peterborough/contacts/")
    page.get_by_role("button", name="Take the next").click()
    page.get_by_role("heading", name="Ewa Nowak").wait_for()
    page.get_by_role("button", name="Act now").click()
    expect(page.get_by_role("button", name="Start it now")).to_be_in_viewport()
