"""A contact officer writes a child down with two names and a sealed address; a social worker puts a date right."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


def day(page: Page, legend: str, on: date) -> None:
    group = page.get_by_role("group", name=legend)
    for part in ("Day", "Month", "Year"):
        group.get_by_label(part).fill(str(getattr(on, part.lower())))


def from_school(page: Page) -> None:
    page.get_by_label("A register or a document").check()
    page.get_by_label("Who or what exactly?").fill("School roll")


def searched(world) -> str:
    from frontdoor.people.pages.index_new import new_href

    with world.acting("contact_officer", at=timezone.now()) as by:
        return new_href("peterborough", by=by, at=timezone.now())


def test_writes_a_child_down_whose_birth_date_is_corrected(new_page, site, world, axe):
    page = entered(new_page, site, world, "contact_officer")
    page.goto("/peterborough/people/new/")
    expect(page.get_by_role("heading", name="Search first")).to_be_visible()
    page.goto(searched(world))
    page.get_by_label("A child or adult").check()
    page.get_by_label("Given name").fill("Олена")
    page.get_by_label("Family name").fill("Шевченко")
    page.get_by_label("Known as", exact=True).fill("Lena")
    page.get_by_role("button", name="Write them down").click()
    expect(page.get_by_role("link", name="Say where this is from")).to_be_visible()
    axe(page)
    day(page, "Date of birth", date(2016, 5, 3))
    from_school(page)
    page.get_by_role("button", name="Write them down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Олена Шевченко (Olena Shevchenko)")
    axe(page)

    page.get_by_role("link", name="Add an address").first.click()
    page.get_by_label("Refuge", exact=True).check()
    page.get_by_label("Nobody may find this address: keep it sealed").check()
    page.get_by_label("Why must nobody find it?").fill("A parent looks for her")
    page.get_by_label("Address", exact=True).fill("7 Hidden Lane")
    from_school(page)
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Address is protected").first).to_be_visible()
    expect(page.get_by_text("Hidden Lane")).to_have_count(0)

    worker = entered(new_page, site, world, "social_worker")
    worker.goto(page.url)
    worker.get_by_role("link", name="Change known date").click()
    day(worker, "Date of birth", date(2016, 6, 3))
    worker.get_by_label("What was wrong, and how do you know?").fill("The passport says June")
    axe(worker)
    worker.get_by_role("button", name="Correct it").click()
    expect(worker.get_by_role("table", name="What was corrected")).to_contain_text("The passport says June")
    expect(worker.get_by_role("table", name="Birth")).to_contain_text("3 June 2016")
    axe(worker)


def test_an_unborn_child_becomes_a_child_under_the_same_address(new_page, site, world, axe):
    page = entered(new_page, site, world, "contact_officer")
    page.goto(searched(world))
    page.get_by_label("A child not yet born").check()
    day(page, "When is the birth expected?", timezone.localdate() + timedelta(days=20))
    page.get_by_label("Family name").fill("Nowak")
    from_school(page)
    page.get_by_role("button", name="Write them down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Unborn Nowak")
    axe(page)
    record = page.url
    page.get_by_role("link", name="Record the birth").click()
    day(page, "Date of birth", timezone.localdate())
    page.get_by_label("Given name", exact=True).fill("Zofia")
    from_school(page)
    axe(page)
    page.get_by_role("button", name="Record the birth").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zofia Nowak")
    expect(page).to_have_url(record)
    axe(page)
