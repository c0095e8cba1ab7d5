"""A lead practitioner marks what is to change for a family, and how it stands at the end and six months after."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.familyhelp.helping import LEAD, closed, taken_on
from tests.familyhelp.moving import decide
from tests.journeys.entering import entered
from tests.journeys.filling import fits, look
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey
SCHOOL, OWN = "Getting a good education", "Young carers are seen"


@pytest.fixture
def at(site: str) -> datetime:
    """An hour ago; the site stands."""
    return datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def family(at: datetime, world: World) -> Any:
    """A family that a lead practitioner leads, in a council with a heading of its own."""
    decide(world, "family_help.local_outcomes", value=OWN, at=at)
    return taken_on(world, account=True, at=at)


@pytest.fixture
def lead(family: Any, new_page: Callable[..., Page], site: str, world: World) -> Page:
    """The lead practitioner's browser."""
    return entered(new_page, site, world, LEAD, council=PETERBOROUGH)


def _shown(page: Page, name: str, axe: Callable[[Page], None]) -> None:
    axe(page)
    fits(page)
    look(page, name)


def _mark(page: Page, heading: str, wanted: str) -> None:
    page.get_by_role("link", name="Mark what is to change").click()
    page.get_by_label("What is to change?").select_option(label=heading)
    page.get_by_label("What does the family want to be different?").fill(wanted)
    page.get_by_label("Not reached").check()
    page.get_by_label("How is it now, and how do we know?").fill("In school 3 days of 5.")
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()


def _at_the_end(page: Page, heading: str, stands: str) -> None:
    page.get_by_role("link", name=f"Write down how it stands: {heading}").click()
    page.get_by_label("At the end").check()
    page.get_by_label(stands, exact=True).check()
    page.get_by_label("How do we know?").fill("In school every day in May.")
    page.get_by_role("button", name="Record it").click()


def _asked_later(page: Page, axe: Callable[[Page], None]) -> None:
    """How it goes, and how each outcome that was reached stands now: refused until each is said."""
    page.get_by_role("group", name="Did you reach somebody who can say?").get_by_label("Yes").check()
    page.get_by_label("Yes, the change is kept up").check()
    page.get_by_label("Who says so?").fill("Mum")
    page.get_by_label("What did they say? If nobody was reached: what was tried?").fill("Mornings go well.")
    page.get_by_label("What do the children say?").fill("I am on time.")
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("alert")).to_contain_text("Choose how it stands now")
    expect(page.get_by_label("Who says so?")).to_have_value("Mum")
    _shown(page, "outcome-later-refused", axe)
    page.get_by_role("group", name=f"{SCHOOL}: how does it stand now?").get_by_label("Part of the way").check()
    page.get_by_label(f"{SCHOOL}: how do we know?").fill("School: absent twice since June.")
    page.keyboard.press("Alt+s")


def test_marks_it_shows_how_we_know_and_asks_six_months_after(
    lead: Page, family: Any, world: World, axe: Callable[[Page], None]
) -> None:
    page = lead
    page.goto("/desk/my-families/")
    page.get_by_role("table", name="My families").get_by_role("link").first.click()
    page.get_by_role("link", name="What is to change, and whether it has").click()
    expect(page.get_by_text("Nothing is marked yet.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Mark what is to change").click()
    page.get_by_label("What does the family want to be different?").fill("Be in school every day.")
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the headings")
    expect(page.get_by_label("What does the family want to be different?")).to_have_value("Be in school every day.")
    _shown(page, "outcome-mark", axe)
    page.get_by_role("link", name="Cancel").click()
    _mark(page, SCHOOL, "Be in school every day.")
    _mark(page, OWN, "Tess does not look after everybody.")
    expect(page.get_by_text("Heading of this council.")).to_be_visible()
    _at_the_end(page, SCHOOL, "Reached")
    _at_the_end(page, OWN, "Part of the way")
    drawn = page.get_by_role("list", name=f"{SCHOOL}, over time").get_by_role("listitem")
    expect(drawn).to_have_count(2)
    expect(drawn.last).to_contain_text("Reached")
    said = page.get_by_role("table", name=f"{SCHOOL} over time").get_by_role("row")
    expect(said.last).to_contain_text("In school every day in May.")
    _shown(page, "outcomes", axe)

    closed(world, family, at=datetime.now(UTC))
    page.goto("/desk/my-families/")
    axe(page)
    look(page, "my-families-ended")
    expect(page.get_by_text("Ask how it goes: after 3 months")).to_be_visible()
    page.get_by_role("table", name="My families").get_by_role("link").first.click()
    page.get_by_role("link", name="Status and how it goes on").click()
    page.get_by_role("link", name="After 6 months: write down how it goes").click()
    _asked_later(page, axe)
    page.get_by_role("link", name="What is to change for this family").click()
    expect(drawn).to_have_count(3)
    expect(drawn.last).to_contain_text("Part of the way (Six months after")
    expect(said.last).to_contain_text("School: absent twice since June.")
    expect(page.get_by_role("link", name="Write down how it stands")).to_have_count(0)
    _shown(page, "outcomes-later", axe)
