"""A night's notices get their first look from two people at once: one page and few keys each, none twice.

The promise is sixty in half an hour by two people; here twelve, with what each costs counted.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.contacts.models import Contact, FirstLook
from tests.browser import Effort
from tests.contacts.noticing import received, row
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey

MANY = 12
KEYS = 8
"""At most so many keys a notice, one page each."""


@pytest.fixture
def night(site, world):
    """Twelve notices of one night: three of them of one incident."""
    now = timezone.now()
    when = (now - timedelta(hours=9)).isoformat()
    rows = [
        row(f"N-{number}", incident_time=when, sent_time="", incident_reference="77" if number < 3 else "")
        for number in range(MANY)
    ]
    with world.acting("contact_officer") as by:
        return received(*rows, by=by, at=now - timedelta(minutes=30))


class Reader:
    """One person at the notices, by keyboard alone."""

    def __init__(self, page, axe):
        self.page, self.axe, self.effort, self.seen, self.pages = page, axe, Effort(page), [], 0
        page.set_default_timeout(60_000)  # it waits long only where something is wrong, or the machine busy
        page.on("domcontentloaded", lambda _: self._opened())
        page.goto("/peterborough/notices/")
        axe(page)
        page.keyboard.press("l")
        page.get_by_role("button", name="Begin").wait_for()
        axe(page)
        self.effort.keys, self.pages = 0, 0
        page.keyboard.press("b")

    def _opened(self):
        self.pages += 1

    def look(self, danger, line):
        """One notice; whether there was one."""
        caption = (
            self.page.get_by_text("What the police say of it")
            .or_(self.page.get_by_text("Every notice has been looked at"))
            .or_(self.page.get_by_text("of which colleagues have"))
        )
        caption.first.wait_for()
        self.page.wait_for_load_state()
        if "/look/" not in self.page.url or self.page.url.endswith("/look/"):
            return False
        number = self.page.url.split("/look/")[1].split("/")[0]
        self.seen.append(number)
        self.page.keyboard.press(danger)
        self.page.keyboard.press(line)
        expect(self.page.locator("[name=because]:checked")).to_have_count(1)
        with self.page.expect_navigation():
            self.page.keyboard.press("s")
        return True


def test_two_people_look_at_a_nights_notices_by_three_keys_each_and_never_at_the_same_one(
    new_page, site, world, axe, night
):
    first = Reader(entered(new_page, site, world, "social_worker"), axe)
    second = Reader(entered(new_page, site, world, "social_worker", second=True), axe)
    expect(first.page.get_by_text("What the police say of it")).to_be_visible()
    axe(first.page)
    left, turn = {first, second}, 0
    while left and turn < 3 * MANY:
        for reader in (first, second):
            if reader in left and not reader.look("y" if turn == 2 else "n", "1"):
                left.discard(reader)
        turn += 1
    seen = first.seen + second.seen
    assert sorted(seen) == sorted(str(contact.key) for contact in night)
    for reader in (first, second):
        assert len(reader.seen) >= MANY // 3
        assert reader.effort.keys - 1 <= KEYS * len(reader.seen)  # the one is the key that begins
        assert reader.effort.clicks == 0
        print(f"{len(reader.seen)} notices: {reader.effort}, {reader.pages} pages")
        assert reader.pages <= len(reader.seen) + 1  # one page a notice, and that which says that none is left
    with world.acting("social_worker"):
        assert FirstLook.objects.count() == MANY
        assert Contact.objects.filter(looked=0).count() == 0


def test_looks_without_scripts_on_a_narrow_screen(new_page, site, world, night):
    narrow = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}
    page = entered(new_page, site, world, "social_worker", **narrow)
    page.goto("/peterborough/notices/look/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Save, and next").click()
    page.get_by_role("alert").get_by_text("Answer yes, no or cannot tell").wait_for()
    page.get_by_label("Cannot tell").check()
    page.get_by_label("Or in your own words").fill("Ask the desk who was there.")
    page.get_by_role("button", name="Save, and next").click()
    page.get_by_text("10 more wait").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
