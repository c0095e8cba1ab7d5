"""A social worker settles marked reports: one goes on, one is not genuine and waits for a manager."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.rules.doors import Mark
from frontdoor.contacts.rules.intake import PersonGiven, Report
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


@pytest.fixture
def flood(site, world):
    """Three marked reports, two of them alike, and a usual one."""
    now, numbers = timezone.now(), []
    trap, same = [Mark.TRAP], [Mark.SAME]
    for story, marks in (("Buy shoes", trap), ("Buy more shoes", trap), ("She is left alone", same), ("A bruise", [])):
        told = Report(story=story, danger="no", people=(PersonGiven(kind="child", given_name="Mia"),))
        with world.system(PUBLIC_INTAKE) as by:
            given = contacts.submit(told, channel="web", idem=story, marks=marks, by=by, at=now)
            contacts.take_in(str(given.submission), by=by, at=now)
        numbers.append(given.number)
    return numbers


def test_one_goes_on_and_one_waits_for_a_second_person(new_page, site, world, axe, flood):
    shoes, more, alone, bruise = flood
    page = entered(new_page, site, world, "social_worker")
    page.goto("/peterborough/contacts/")
    rows = page.get_by_role("row").all_inner_texts()
    places = {number: next(place for place, row in enumerate(rows) if number in row) for number in flood}
    assert places[bruise] < min(places[shoes], places[alone])
    page.get_by_role("link", name="Perhaps not genuine").click()
    axe(page)
    page.get_by_role("link", name=alone).click()
    expect(page.get_by_text("The same words came several times within a day")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Genuine: it goes on").click()
    page.goto("/peterborough/contacts/genuine/")
    expect(page.get_by_role("link", name=alone)).to_have_count(0)
    page.get_by_role("link", name=shoes).click()
    page.get_by_role("link", name="Settle all that are like this one together").click()
    for number in (shoes, more):
        expect(page.get_by_label(number)).to_be_checked()
    axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= 320")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.go_back()
    page.get_by_role("button", name="Ask a second person").click()
    expect(page.get_by_text("Write one line: why it is not genuine").first).to_be_visible()
    axe(page)
    page.get_by_label("Why is it not genuine").fill("It advertises shoes")
    page.get_by_role("button", name="Ask a second person").click()
    expect(page.get_by_text("A second person is asked to agree that it is not genuine")).to_be_visible()
    axe(page)
    manager = entered(new_page, site, world, "team_manager")
    manager.goto("/peterborough/contacts/mistakes/")
    expect(manager.get_by_text("Not genuine: It advertises shoes")).to_be_visible()
