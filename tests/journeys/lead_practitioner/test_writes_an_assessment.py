"""A lead practitioner writes a family's assessment while somebody of the hub does, and loses nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.familyhelp.assessing import LEAD, OFFICER, child, complete, taken_on, writes
from tests.journeys.entering import entered
from tests.journeys.filling import fits, look
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


@pytest.fixture
def at(site: str) -> datetime:
    """An hour ago; the site stands."""
    return datetime.now(UTC) - timedelta(hours=1)


def saved(page: Page, label: str) -> None:
    """The field of a label says that it was saved."""
    box = page.locator("[data-autosave]").filter(has=page.get_by_label(label, exact=True))
    expect(box.locator("[data-autosave-status]")).to_contain_text("Saved")


def test_begins_it_writes_while_another_writes_chooses_both_and_shares_it(
    new_page: Callable[..., Page], site: str, world: World, at: datetime, axe: Callable[[Page], None]
) -> None:
    episode = taken_on(world, at=at)
    page = entered(new_page, site, world, LEAD, council=PETERBOROUGH)
    home = f"/peterborough/early-help/{episode.key}/assessment/"
    page.goto(home)
    axe(page)
    page.get_by_role("link", name="Begin the assessment").click()
    axe(page)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Write: Our family and where we live").first.click()
    axe(page)
    fits(page)
    look(page, "assessment-write")

    page.get_by_label("Where we live: what goes well").fill("A warm flat.")
    saved(page, "Where we live: what goes well")
    writes(world, episode, "It lasts.", field="income_well", role=OFFICER, at=datetime.now(UTC))
    page.get_by_label("Money: what goes well").fill("It ends on the 20th.")
    expect(page.get_by_role("heading", name="wrote here too: Money")).to_be_visible()
    expect(page.get_by_text("It lasts.")).to_be_visible()
    axe(page)
    fits(page)
    look(page, "assessment-overtaken")
    page.get_by_role("button", name="Keep both").click()
    expect(page.get_by_text("What you wrote here is saved.")).to_be_visible()
    expect(page.get_by_label("Money: what goes well")).to_have_value("It lasts.\n\nIt ends on the 20th.")
    page.get_by_role("link", name="Earlier texts of “Money: what goes well”").click()
    axe(page)
    expect(page.get_by_role("cell", name="It lasts.", exact=True)).to_be_visible()

    page.goto(f"{home}{child(world, episode)}/")
    page.get_by_label("How are things at home?").select_option("4")
    saved(page, "How are things at home?")
    axe(page)
    look(page, "assessment-child")
    page.get_by_label("Learning: what is hard or a worry").fill("Late every day.")
    page.keyboard.press("Alt+s")
    expect(page.get_by_text("What you wrote here is saved.")).to_be_visible()

    page.goto(home)
    axe(page)
    expect(page.get_by_text("what the child says, or why the child was not heard")).to_be_visible()
    complete(world, episode, at=datetime.now(UTC))
    page.goto(f"{home}share/")
    axe(page)
    page.get_by_label("Read through together").check()
    page.get_by_label("Who of the family has it?").fill("Mum")
    page.get_by_label("Yes, the family agrees").check()
    page.get_by_role("button", name="It is shared").click()
    expect(page.get_by_text("Shared with the family").first).to_be_visible()
    expect(page.get_by_text("I want to be on time.")).to_be_visible()
    fits(page)
    look(page, "assessment")


def test_without_a_script_the_button_saves_the_page(
    new_page: Callable[..., Page], site: str, world: World, at: datetime
) -> None:
    episode = taken_on(world, at=at)
    page = entered(new_page, site, world, LEAD, council=PETERBOROUGH, java_script_enabled=False)
    page.goto(f"/peterborough/early-help/{episode.key}/assessment/begin/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Write: What we think").first.click()
    page.get_by_label("What we think is going on").fill("Nights and mornings collide.")
    writes(world, episode, "Gran could help.", part="thinking", field="going_on", role=OFFICER, at=datetime.now(UTC))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Gran could help.")).to_be_visible()
    page.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_label("What we think is going on")).to_have_value("Nights and mornings collide.")
