"""A contact officer finds an e-mail that has its number already, reads it beside the form, and fills it by keyboard."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from frontdoor.actors.rules import MAILBOX, SCANNER
from frontdoor.contacts.models import Contact, Draft, Named
from frontdoor.files import actions as files
from frontdoor.files.models import File
from tests.contacts.writing import mail, pdf, take_in
from tests.files import making
from tests.worlds import World

pytestmark = pytest.mark.journey

Sits = Callable[..., Page]
Axe = Callable[[Page], None]
WORDS = "Mia Brook told her teacher today: “He will hurt me if I go home.” She is seven."


@pytest.fixture
def emailed(site: str, world: World) -> Contact:
    with world.system(MAILBOX) as by:
        at = timezone.now()
        raw = mail(WORDS, subject="Mia Brook, year 2", attached=(("note.pdf", pdf().read()),))
        return take_in(raw, by=by, at=at, reached_at=at - timedelta(minutes=9))


def released(world: World) -> None:
    """A manager lets the scan be opened that nobody could scan, and its copy is made."""
    at = timezone.now()
    with world.system(SCANNER) as by:
        key = files.scan(File.objects.get().pk, by=by, at=at).pk
    with world.acting("team_manager") as by:
        files.release(key, seen=File.objects.get().version, why="The child waits", by=by, at=at)
    with world.system(SCANNER) as by:
        files.make_copy(key, by=by, at=at)


def test_an_email_is_put_into_the_form_beside_its_words(sits: Sits, emailed: Contact, axe: Axe, world: World) -> None:
    page = sits()
    page.goto("/peterborough/take-in/")
    axe(page)
    page.get_by_role("link", name=emailed.receipt).click()
    original = page.get_by_role("region", name="The original")
    expect(original.get_by_text("He will hurt me if I go home")).to_be_visible()
    page.get_by_label("What the letter, the scan").scroll_into_view_if_needed()
    page.get_by_role("heading", name="What it is").scroll_into_view_if_needed()
    expect(original.get_by_text("He will hurt me if I go home")).to_be_in_viewport()
    axe(page)
    page.get_by_role("group", name="Is a child in danger now?").get_by_label("Yes").check()
    page.get_by_label("Where is the child now?").fill("In the head's office")
    first = page.get_by_role("group", name="Person 1")
    first.get_by_label("First name").fill("Mia")
    first.get_by_label("Last name").fill("Brook")
    page.get_by_label("A child's own words").fill("He will hurt me if I go home.")
    expect(page.locator("[data-autosave-status]")).to_contain_text(re.compile("saved", re.IGNORECASE), timeout=15_000)
    page.reload()
    expect(page.get_by_role("group", name="Person 1").get_by_label("First name")).to_have_value("Mia")
    page.keyboard.press("Alt+Enter")
    page.wait_for_url(re.compile(r"/contacts/[0-9a-f-]{36}/$"))
    expect(page.get_by_text("Put into the form").first).to_be_visible()
    axe(page)
    with world.acting("contact_officer"):
        assert Named.objects.get().label == "Mia Brook"
        assert not Draft.objects.filter(ended_at=None).exists()


def test_a_letter_is_taken_in_without_scripts_and_filled_in_on_a_narrow_screen(
    sits: Sits, tmp_path: Path, world: World
) -> None:
    page = sits(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page.goto("/peterborough/take-in/letter/")
    scan = tmp_path / "letter.pdf"
    scan.write_bytes(making.pdf("Dear Sir, Noah is not well."))
    page.get_by_label("The scan").set_input_files(scan)
    today = timezone.localdate()
    reached = page.get_by_role("group", name="The day it reached any part of the council")
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        reached.get_by_label(part).fill(str(value))
    page.get_by_label("What it is about").fill("A solicitor about Noah")
    page.get_by_role("button", name="Give it a number").click()
    expect(page.get_by_text("874-L-000001")).to_be_visible()
    page.get_by_role("button", name="Put it into the form").click()
    picture = page.get_by_role("img", name="letter.pdf, page 1")
    page.locator("summary", has_text="The original").click()
    expect(
        page.get_by_text("No scanner is set up here").or_(page.get_by_text("It waits to be scanned"))
    ).to_be_visible()
    expect(picture).to_have_count(0)
    released(world)
    page.reload()
    expect(picture).not_to_be_visible()
    page.locator("summary", has_text="The original").press("Enter")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("each => each.naturalWidth") > 1_000
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("group", name="Person 1").get_by_label("First name").fill("Noah")
    page.get_by_role("button", name="Save, and show a row").click()
    expect(page.get_by_role("group", name="Person 1").get_by_label("First name")).to_have_value("Noah")
    page.get_by_role("button", name="Take in as a worry").click()
    with world.acting("contact_officer"):
        assert Named.objects.get().given_name == "Noah"
