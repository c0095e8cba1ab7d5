"""At a quarter to nine a team manager reads six figures, opens one, and does the next thing with one key."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from frontdoor.contacts.actions import decisions, screening
from frontdoor.contacts.models import Contact, Matter
from frontdoor.contacts.rules.decisions import Recommended
from tests.contacts.arriving import arrive
from tests.journeys.entering import entered
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

pytestmark = pytest.mark.journey

NARROW = {"width": 320, "height": 640}  # 1280 pixels at 400% zoom (WCAG 1.4.10)


@pytest.fixture
def recommended(site: str, world: World) -> Contact:
    """One contact in danger that nobody has seen, in one council; one that is late to decide, in the other: by a week,
    since three days may hold no working day to be late by."""
    now = timezone.now()
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        arrive(by=by, at=now - timedelta(minutes=40), danger="yes")
    with world.acting("social_worker") as by:
        contact = arrive(
            by=by, at=now - timedelta(days=8), danger="no", story="He said he is hungry at night.",
            where_now="At school", with_whom="Ms Sample", until_when="3:15pm",
        )  # fmt: skip
        screening.look(contact.key, seen=contact.version, danger="no", line="Read.", by=by, at=now - timedelta(days=7))
        matter = Matter.objects.get(contact=contact)
        given = Recommended(
            "information_advice", known="A", means="B", decided="C", voice_missing="Not yet met", threshold_level="1",
            detail="Advice about bedtimes.",
        )  # fmt: skip
        decisions.recommend(matter.key, seen=matter.version, given=given, by=by, at=now)
    return contact


@pytest.fixture
def enter(new_page: Any, site: str, world: World) -> Any:
    """Opens a page in which the person of a role has signed in."""

    def opened(role: str, **options: Any) -> Page:
        return entered(new_page, site, world, role, **options)

    return opened


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_a_figure_to_the_record_to_the_decision(recommended: Contact, enter: Any, axe: Any) -> None:
    page = enter("team_manager", viewport={"width": 1280, "height": 800})
    page.goto("/desk/")
    axe(page)
    first = page.get_by_role("row").nth(1)
    expect(first).to_contain_text("A recommendation waits for you")
    page.get_by_role("link", name=re.compile("past their decision time")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Past their decision time")
    axe(page)
    page.get_by_role("link", name=recommended.receipt).click()
    expect(page.get_by_text("Where the child is this minute")).to_be_in_viewport(ratio=1)
    for words in ("At school", "Ms Sample", "3:15pm", "He said he is hungry at night.", "late by"):
        expect(page.get_by_text(words).first).to_be_in_viewport()
    expect(page.get_by_role("link", name=re.compile("^Decide"))).not_to_have_count(0)
    axe(page)
    page.keyboard.press("d")
    expect(page).to_have_url(re.compile("/children/.*/decide/"), timeout=20_000)


@pytest.mark.parametrize(
    "who",
    [("contact_officer", CAMBRIDGESHIRE), ("social_worker", CAMBRIDGESHIRE), ("team_manager", CAMBRIDGESHIRE),
     ("head_of_service", CAMBRIDGESHIRE), ("auditor", PETERBOROUGH)],
)  # fmt: skip
def test_the_same_pages_at_four_hundred_per_cent_and_without_scripts(
    recommended: Contact, enter: Any, axe: Any, who: tuple[str, int]
) -> None:
    role, council = who
    page = enter(role, council=council, viewport=NARROW)
    addresses = ["/desk/", "/desk/figures/late/", f"/peterborough/contacts/{recommended.key}/"]
    for address in addresses:
        page.goto(address)
        axe(page)
        _fits(page)
    still = enter(role, council=council, java_script_enabled=False)
    for address in addresses:
        still.goto(address)
        expect(still.locator("main h1")).to_be_visible()
    expect(still.get_by_text("The journey so far")).to_be_visible()
    expect(still.get_by_role("list").filter(has_text="Recommended").first).to_be_visible()


def test_a_name_is_looked_for_and_stands_in_no_address(recommended: Contact, enter: Any, axe: Any) -> None:
    page = enter("contact_officer", viewport=NARROW)
    page.goto("/desk/search/")
    page.get_by_text("Narrow it").click()
    page.get_by_label("First name").fill("Robin")
    page.get_by_label("Last name").fill("Nobody")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing was found.")).to_be_visible()
    assert "Nobody" not in page.url
    axe(page)
    page.get_by_label("Last name").fill("")
    page.get_by_label("First name").fill("")
    page.get_by_label("Number").fill(recommended.receipt.lower())
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=recommended.receipt).wait_for()
    axe(page)
    _fits(page)
