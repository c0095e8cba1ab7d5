"""What journeys do alike on any page: a day typed into its parts, and a picture for whoever asks to see it."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

LONDON = ZoneInfo("Europe/London")


def look(page: Page, name: str) -> None:
    """Keep a picture of the page at both widths, for whoever asks to see them."""
    if folder := os.environ.get("FRONTDOOR_PICTURES"):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def fits(page: Page) -> None:
    """At 320 px, which are 1280 at four times the size, nothing has to be scrolled sideways (WCAG 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, f"{page.url} is {wide} px wide"
    page.set_viewport_size({"width": 1280, "height": 900})


def fill_day(page: Page, name: str, at: datetime) -> None:
    """Type a day as London has it."""
    local = at.astimezone(LONDON)
    for part, value in (("day", local.day), ("month", local.month), ("year", local.year)):
        page.locator(f"[name={name}-{part}]").fill(str(value))


def fill_moment(page: Page, name: str, at: datetime) -> None:
    """Type a day and its time as London has them."""
    fill_day(page, name, at)
    page.locator(f"[name={name}-time]").fill(at.astimezone(LONDON).strftime("%H:%M"))
