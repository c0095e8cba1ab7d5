"""An early help officer brings a feed in, reads what was wrong with it, applies it, and puts a telephone right."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.directory.feeding import body, service
from tests.journeys.entering import entered
from tests.journeys.filling import look
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


def test_brings_a_feed_in_and_puts_a_telephone_right(
    new_page: Callable[..., Page], axe: Callable[[Page], None], site: str, world: World
) -> None:
    page = entered(new_page, site, world, "early_help_officer", council=PETERBOROUGH)
    page.goto("/peterborough/services/keep/")
    axe(page)
    page.get_by_role("link", name="Name a source").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").get_by_text("Say who makes it")).to_be_visible()
    axe(page)
    page.get_by_label("Who makes it?").fill("Voluntary sector")
    page.get_by_label("A file that somebody brings").check()
    page.get_by_role("button", name="Save").click()
    axe(page)

    def bring(name: str, sent: bytes) -> None:
        page.get_by_label("File of services").set_input_files(
            {"name": name, "mimeType": "application/json", "buffer": sent}
        )
        page.get_by_role("button", name="Try the file").click()

    bring("broken.json", b"{")
    expect(page.get_by_role("alert").get_by_text("It is not JSON")).to_be_visible()
    axe(page)
    bring("feed.json", body(service(), {"id": "7", "name": "Nobody"}, service("Big Otters", shoe_size=9)))
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    expect(page.get_by_text("shoe_size")).to_be_visible()
    axe(page)
    look(page, "reading")
    page.get_by_role("button", name="Apply it").click()
    expect(page.get_by_text("Applied").first).to_be_visible()
    axe(page)

    page.goto("/peterborough/services/?q=otters")
    axe(page)
    look(page, "services")
    page.get_by_role("link", name="Little Otters").click()
    page.get_by_role("link", name="Put something right").click()
    page.get_by_label("What is wrong?").select_option("phone")
    page.get_by_label("What is right?").fill("ring us")
    page.get_by_label("How do you know?").fill("They rang")
    page.get_by_role("button", name="Put it right").click()
    expect(page.get_by_role("alert").get_by_text("Enter a telephone number")).to_be_visible()
    axe(page)
    page.get_by_label("What is right?").fill("01632 960399")
    page.get_by_role("button", name="Put it right").click()
    expect(page.get_by_text("01632 960399").first).to_be_visible()
    axe(page)
    look(page, "service")

    page.get_by_role("link", name="Telephone").or_(page.get_by_role("link", name="Little Otters")).last.click()
    axe(page)
    page.get_by_label("Why do the feed's own words stand again?").fill("The maker has mended it")
    page.get_by_role("button", name="Let the feed's words stand").click()
    expect(page.get_by_text("Taken away")).to_be_visible()
    axe(page)
