"""A contact officer raises a red flag; it is loud on every page of the council until a social worker takes it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.contacts.arriving import arrive
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


def test_the_flag_is_loud_until_a_qualified_worker_takes_it(new_page, site, world, axe):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, at=timezone.now() - timedelta(minutes=9), danger="no")
    officer = entered(new_page, site, world, "contact_officer")
    officer.goto(f"/peterborough/contacts/{contact.key}/")
    expect(officer.get_by_role("button", name="Start it now")).to_have_count(0)
    officer.get_by_role("link", name="Raise a red flag").click()
    axe(officer)
    officer.get_by_role("button", name="Raise the flag").click()
    officer.get_by_role("alert").get_by_text("Write one line: what worries you").wait_for()
    officer.get_by_label("What worries you").fill("He is at the school gate")
    officer.get_by_role("button", name="Raise the flag").click()
    officer.get_by_text("He is at the school gate").first.wait_for()
    expect(officer.get_by_role("button", name="Take the red flag")).to_have_count(0)
    axe(officer)

    worker = entered(new_page, site, world, "social_worker")
    worker.goto("/peterborough/contacts/calls/")
    banner = worker.get_by_role("region", name="Notices").get_by_text(f"Red flag on {contact.receipt}")
    banner.wait_for()
    axe(worker)
    worker.get_by_role("region", name="Notices").get_by_role("link", name="Open it").click()
    worker.get_by_role("button", name="Take the red flag").click()
    name = world.user("social_worker").name
    worker.get_by_text(f"Taken by {name}").wait_for()
    expect(banner).to_have_count(0)
    worker.get_by_role("button", name="I am still at it").wait_for()
    axe(worker)
