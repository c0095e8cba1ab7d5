"""Three and six months after help has ended somebody of the hub asks how it goes; a family that came back is seen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.contacts.deciding import arrived
from tests.earlyhelp.helping import OFFICER
from tests.familyhelp.moving import ended, taken_on
from tests.journeys.entering import entered
from tests.journeys.filling import fits, look
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


@pytest.fixture
def end(site: str) -> datetime:
    """More than six months ago, so that both times have come; the site stands."""
    return datetime.now(UTC) - timedelta(days=185)


@pytest.fixture
def family(end: datetime, world: World) -> Any:
    """A family whose help ended with what it wanted."""
    return ended(world, taken_on(world, at=end - timedelta(days=10)), at=end)


@pytest.fixture
def officer(family: Any, new_page: Callable[..., Page], site: str, world: World) -> Page:
    """A browser of somebody of the hub."""
    return entered(new_page, site, world, OFFICER, council=PETERBOROUGH)


def _shown(page: Page, name: str, axe: Callable[[Page], None]) -> None:
    axe(page)
    fits(page)
    look(page, name)


def _not_reached(page: Page, axe: Callable[[Page], None]) -> None:
    """Nobody answers: refused first without a word of what was tried, then it is to be tried again."""
    page.get_by_role("group", name="Did you reach somebody who can say?").get_by_label("No").check()
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("alert")).to_contain_text("Write what they said, or what was tried")
    expect(page.get_by_role("group", name="Did you reach somebody who can say?").get_by_label("No")).to_be_checked()
    _shown(page, "check-refused", axe)
    page.get_by_label("What did they say? If nobody was reached: what was tried?").fill("Two calls and a letter.")
    page.keyboard.press("Alt+s")
    expect(page.get_by_text("Nobody was reached on")).to_be_visible()


def _reached(page: Page) -> None:
    page.get_by_role("group", name="Did you reach somebody who can say?").get_by_label("Yes").check()
    page.get_by_label("No, it is as it was, or worse").check()
    page.get_by_label("Who says so?").fill("Mum")
    page.get_by_label("What did they say? If nobody was reached: what was tried?").fill("The nights are hard again.")
    page.get_by_label("What do the children say?").fill("I am late every day.")
    page.get_by_role("button", name="Record it").click()


def test_asks_after_three_months_and_after_six_and_says_that_it_is_not_kept_up(
    officer: Page, axe: Callable[[Page], None]
) -> None:
    page = officer
    page.goto("/desk/clocks/")
    _shown(page, "check-on-the-board", axe)
    page.get_by_role("row", name="Asked whether the change is kept up").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="How does it go?")).to_be_visible()
    _shown(page, "check", axe)
    _not_reached(page, axe)
    _shown(page, "standing-not-reached", axe)

    page.get_by_role("link", name="After 3 months: write down how it goes").click()
    expect(page.get_by_text("Two calls and a letter.")).to_be_visible()
    _reached(page)
    expect(page.get_by_text("It was said that the change is not kept up.")).to_be_visible()
    expect(page.get_by_text("I am late every day.")).to_be_visible()
    _shown(page, "standing-not-kept-up", axe)
    page.get_by_role("link", name="After 6 months: write down how it goes").click()
    _reached(page)
    expect(page.get_by_role("link", name="write down how it goes")).to_have_count(0)


def test_a_family_that_came_back_is_seen_on_the_list_and_on_its_pages(
    officer: Page, family: Any, end: datetime, world: World, axe: Callable[[Page], None]
) -> None:
    back = arrived(world, at=end + timedelta(days=20), idem="again")
    page = officer
    page.goto("/desk/early-help/")
    page.get_by_role("link", name="Ended", exact=True).click()
    expect(page.get_by_text("Came back")).to_be_visible()
    _shown(page, "came-back-list", axe)
    page.get_by_role("link", name=family.reference).click()
    expect(page.get_by_text(f"This family came back: {back.receipt}")).to_be_visible()
    page.get_by_role("link", name="Status and how it goes on").click()
    _shown(page, "came-back-standing", axe)
    page.get_by_role("table", name="Came back").get_by_role("link", name=back.receipt).click()
    expect(page.get_by_text(back.receipt).first).to_be_visible()
