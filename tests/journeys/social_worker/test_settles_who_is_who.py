"""A social worker settles with keys alone who the people of a contact are, rejects one, and takes that back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.people.actions import index
from tests.browser import Effort
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey
BORN = date(2016, 5, 3)


@pytest.fixture
def contact(site, world):
    """A contact about a boy who is known, and a girl who is known to nobody."""
    now = timezone.now()
    source = index.Source("system", "Case system")
    with world.acting("contact_officer") as by:
        index.make(given_name="Bartosz", family_name="Zielinski", born=BORN, source=source, by=by, at=now)
        boy = child(given_name="Bartoz", family_name="Zielinski", date_of_birth=BORN)
        girl = child(given_name="Kwamena", family_name="Owusu", date_of_birth=date(2012, 2, 2))
        return arrive(by=by, at=now - timedelta(minutes=9), people=(boy, girl))


def test_rejects_undoes_confirms_and_makes_a_record_without_a_click(new_page, site, world, axe, contact):
    page = entered(new_page, site, world, "social_worker")
    page.goto(f"/peterborough/contacts/{contact.key}/")
    expect(page.get_by_text("NOT CONFIRMED")).to_be_visible()
    axe(page)
    page.goto(f"/peterborough/contacts/{contact.key}/people/")
    axe(page)
    effort = Effort(page)
    page.keyboard.press("x")
    expect(page.get_by_text("They are not offered again")).to_be_visible()
    axe(page)
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="This is Bartosz Zielinski")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_text("1 of 2 settled")).to_be_visible()
    axe(page)
    page.keyboard.press("n")
    expect(page.get_by_text("2 of 2 settled")).to_be_visible()
    expect(page.get_by_text("A record was made of Kwamena Owusu")).to_be_visible()
    assert effort.clicks == 0
    page.set_viewport_size({"width": 320, "height": 800})
    axe(page)
