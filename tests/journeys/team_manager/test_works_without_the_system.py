"""A team manager makes the passphrase, takes the sheet away, and opens it with no server and no network."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.config import down
from tests.browser import AXE, WCAG
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, settings: Any) -> None:
    settings.DOWN_DIRECTORY = tmp_path


def test_opens_the_sheet_without_server_or_network(new_page, site, world, axe):
    now = timezone.now()
    with world.acting("contact_officer") as by:
        arrive(by=by, at=now - timedelta(minutes=30), danger="yes", story="Noah is alone <b>again</b>.",
               people=(child(given_name="Noah", family_name="Nowak"),))  # fmt: skip
    page = entered(new_page, site, world, "team_manager")
    page.goto("/peterborough/down/")
    axe(page)
    page.get_by_role("button", name="Make a new passphrase").click()
    axe(page)
    words = page.locator("text=/^[A-Z2-9]{4}(-[A-Z2-9]{4}){5}$/").first.inner_text()
    file = down.write(874, "peterborough", at=now)

    context = page.context.browser.new_context(offline=True)
    asked: list[str] = []
    alone = context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    alone.get_by_label("The passphrase of the manager of the day").fill("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")
    alone.get_by_role("button", name="Open").click()
    expect(alone.get_by_role("alert")).to_contain_text("not the passphrase of this sheet")
    alone.get_by_label("The passphrase of the manager of the day").fill(words.lower().replace("-", " "))
    alone.keyboard.press("Enter")
    expect(alone.get_by_role("heading", name="Open work: 1, danger first")).to_be_visible()
    expect(alone.locator("article")).to_contain_text("Noah is alone <b>again</b>.")
    expect(alone.get_by_role("heading", name="Whom to ring")).to_be_visible()
    expect(alone.locator("#sheet dl").first).to_contain_text("01632 960")
    expect(alone.locator("#old")).to_be_hidden()
    assert asked == [file.as_uri()]
    alone.evaluate(AXE.read_text())
    broken = alone.evaluate("(tags) => axe.run({runOnly: tags}).then((found) => found.violations)", WCAG)
    assert broken == []
    alone.set_viewport_size({"width": 320, "height": 800})
    assert alone.evaluate("document.documentElement.scrollWidth <= 320")

    alone.emulate_media(media="print")
    expect(alone.get_by_role("button", name="Open")).to_be_hidden()
    expect(alone.locator("article")).to_be_visible()
    alone.emulate_media(media="screen")

    old = down.write(874, "peterborough", at=now - timedelta(minutes=20))
    alone.goto(old.as_uri())
    expect(alone.locator("#old")).to_contain_text("minutes old")
    alone.get_by_label("The passphrase of the manager of the day").fill(words)
    alone.keyboard.press("Enter")
    expect(alone.locator("article")).to_be_visible()
    expect(alone.locator("#old")).to_be_visible()
    context.close()
