"""A social worker looks first at what nobody has seen: one key an answer, by keyboard alone, and on to the next."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.contacts.models import Contact
from tests.browser import Effort
from tests.contacts.arriving import arrive
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


@pytest.fixture
def arrivals(site, world):
    """Three of which nobody has seen any: one with danger, an hour apart."""
    now = timezone.now()
    with world.acting("contact_officer") as by:
        return [
            arrive(by=by, at=now - timedelta(hours=age), danger=danger, where_now="At school")
            for age, danger in ((3, "no"), (2, "yes"), (1, "unknown"))
        ]


def test_looks_at_three_by_keyboard_alone(new_page, site, world, axe, arrivals):
    calm, danger, unsure = arrivals
    page = entered(new_page, site, world, "social_worker")
    page.goto("/peterborough/contacts/")
    axe(page)
    page.keyboard.press("l")
    effort = Effort(page)
    for contact, key, line in ((danger, "y", "Alone at school."), (unsure, "c", "Ask."), (calm, "n", "Fine.")):
        page.get_by_text(contact.receipt, exact=True).first.wait_for()
        axe(page)
        page.keyboard.press(key)
        expect(page.get_by_label("Open to whom?")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    page.get_by_text("Everything that has arrived has been looked at").wait_for()
    axe(page)
    with world.acting("social_worker"):
        found = {row.receipt: row.danger_rank for row in Contact.objects.all()}
    assert found == {danger.receipt: 0, unsure.receipt: 1, calm.receipt: 2}
    assert effort.clicks == 0


def test_looks_without_scripts_on_a_narrow_screen(new_page, site, world, arrivals):
    narrow = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}
    page = entered(new_page, site, world, "social_worker", **narrow)
    page.goto("/peterborough/look/")
    page.get_by_role("button", name="Save, and next").click()
    page.get_by_role("alert").get_by_text("Answer yes, no or cannot tell").wait_for()
    page.get_by_label("Yes").check()
    page.get_by_label("Why, in one line").fill("Alone at school.")
    page.get_by_role("button", name="Save, and next").click()
    page.get_by_text("You found immediate danger").wait_for()
    page.get_by_text(arrivals[2].receipt, exact=True).first.wait_for()
