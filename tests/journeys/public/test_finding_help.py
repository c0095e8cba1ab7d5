"""A parent looks for help without an account: by need and place, one service, nothing of it in the address."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from frontdoor.actors.rules import DIRECTORY
from tests.directory.feeding import bring, service, source
from tests.journeys.filling import look
from tests.worlds import World

pytestmark = pytest.mark.journey


def test_a_parent_finds_a_toddler_group_near_home(page: Page, axe: Callable[[Page], None], world: World) -> None:
    with world.system(DIRECTORY) as by:
        at = datetime.now(UTC)
        swings = service("Penny Swings", attributes=[], description="Advice about debt.", minimum_age=16)
        bring(source(by=by, at=at), service(), swings, by=by, at=at)

    page.goto("/")
    page.get_by_role("link", name="I am looking for help for my family").click()
    axe(page)
    page.get_by_role("button", name="Peterborough").click()
    expect(page.get_by_text("2 services")).to_be_visible()
    axe(page)
    look(page, "help-all")

    page.get_by_label("Words").fill("toddler")
    page.get_by_label("Postcode, town or ward").fill("pe1 1xx")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("1 service", exact=True)).to_be_visible()
    assert "toddler" not in page.url
    assert "toddler" not in page.title().lower()
    axe(page)

    page.get_by_role("link", name="Little Otters").click()
    expect(page.get_by_text("01632 960301")).to_be_visible()
    expect(page.get_by_text("Monday and Thursday, 9:30am to 11am")).to_be_visible()
    axe(page)
    look(page, "help-one")

    page.get_by_role("link", name="All services").click()
    page.get_by_label("Words").fill("submarines")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("No service fits").first).to_be_visible()
    axe(page)
    page.get_by_label("Age of the child").fill("two")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("Enter an age in whole years").first).to_be_visible()
    axe(page)
