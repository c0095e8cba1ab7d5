"""A social worker acts first and writes after, in one action; another manager oversees it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser import Effort
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


@pytest.fixture
def contact(site, world):
    """Somebody else holds it, and nobody has looked."""
    now = timezone.now()
    with world.acting("contact_officer") as by:
        return arrive(by=by, at=now - timedelta(minutes=9), people=(child(given_name="Ewa", family_name="Nowak"),))


def test_starts_a_strategy_discussion_writes_after_and_is_overseen(new_page, site, world, axe, contact):
    page = entered(new_page, site, world, "social_worker")
    page.goto(f"/peterborough/contacts/{contact.key}/")
    effort = Effort(page)
    page.get_by_label("Immediate protection").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Must not go home")
    page.keyboard.press("Tab")
    page.keyboard.type("DS Hale")
    page.keyboard.press("Enter")
    page.get_by_text("A manager has not seen it yet").wait_for()
    axe(page)
    assert effort.clicks == 0
    assert effort.keys <= len("Must not go home") + len("DS Hale") + 4

    page.get_by_role("link", name="Record what happened", exact=True).click()
    axe(page)
    page.get_by_label("What happened").fill("Police and school met at 3pm.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Recorded after, ").wait_for()

    manager = entered(new_page, site, world, "team_manager")
    manager.goto("/peterborough/contacts/oversight/")
    axe(manager)
    manager.get_by_role("link", name=contact.receipt).click()
    manager.get_by_text("Police and school met at 3pm.").wait_for()
    axe(manager)
    manager.get_by_label("What you have seen, and what you direct").fill("Right to act. See her tonight.")
    manager.get_by_role("button", name="Save").click()
    manager.get_by_text("Nothing waits for oversight").wait_for()
