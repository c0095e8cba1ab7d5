"""A contact officer types what a caller says, sees the family and opens a child by keyboard; without scripts too."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.desk.test_search_people import make, tie
from tests.journeys.entering import entered
from tests.worlds import World

pytestmark = pytest.mark.journey


@pytest.fixture
def jamie(site: str, world: World) -> Any:
    with world.acting("contact_officer", at=timezone.now()) as by:
        child = make(by, "Jamie", "Dubock", born=date(2016, 4, 3))
        mother = make(by, "Renata", "Dubock", born=date(1988, 6, 7))
        tie(mother, "mother", child, by=by)
    return child


def test_types_sees_the_family_and_opens_it_by_keyboard(
    jamie: Any, site: str, new_page: Any, world: World, axe: Any
) -> None:
    page = entered(new_page, site, world, "contact_officer", viewport={"width": 1280, "height": 800})
    page.goto("/desk/search/")
    axe(page)
    page.keyboard.press("/")
    box = page.get_by_label("Who is it about?")
    expect(box).to_be_focused()
    page.keyboard.type("jamie dubok 3/4/16", delay=60)
    status = page.locator("#search-said")
    expect(status).to_have_text("1 person found, in 1 family.")
    table = page.get_by_role("table", name="Dubock, Peterborough: strong match")
    expect(table).to_contain_text("“dubok” is nearly Dubock")
    expect(table).to_contain_text("mother of Jamie")
    axe(page)
    page.keyboard.press("ArrowDown")
    expect(table.get_by_role("link", name="Jamie Dubock")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(table.get_by_role("link", name="Renata Dubock")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/peterborough/people/{jamie.key}/")
    page.go_back()
    assert "dubo" not in page.url.lower()


def test_without_scripts_the_button_does_it_on_a_narrow_screen(
    jamie: Any, site: str, new_page: Any, world: World
) -> None:
    page = entered(
        new_page, site, world, "contact_officer", viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
    page.goto("/desk/search/")
    page.get_by_label("Who is it about?").fill("dubock 9yo")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Jamie Dubock")).to_be_visible()
    assert page.url.endswith("/desk/search/")
