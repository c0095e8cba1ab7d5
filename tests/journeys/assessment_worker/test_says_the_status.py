"""A social worker of a family's team says in which status it is helped; the plan and whoever leads stay the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.familyhelp.helping import LEAD, joined, taken_on
from tests.familyhelp.moving import WORKER, one_plan
from tests.journeys.entering import entered
from tests.journeys.filling import fits, look
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


@pytest.fixture
def at(site: str) -> datetime:
    """An hour ago; the site stands."""
    return datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def family(at: datetime, world: World) -> Any:
    """A family that a lead practitioner leads, with a social worker in its team."""
    episode = taken_on(world, account=True, at=at)
    joined(world, episode, role=WORKER, agency="Assessment team", at=at)
    return episode


@pytest.fixture
def enter(new_page: Callable[..., Page], site: str, world: World) -> Callable[[str], Page]:
    """Opens a browser in which the person of a role has signed in."""
    return lambda role: entered(new_page, site, world, role, council=PETERBOROUGH)


def _shown(page: Page, name: str, axe: Callable[[Page], None]) -> None:
    axe(page)
    fits(page)
    look(page, name)


def _to_the_status(page: Page) -> None:
    """From the list of somebody's families to the status of the one."""
    page.goto("/desk/my-families/")
    page.get_by_role("table", name="My families").get_by_role("link").first.click()
    page.get_by_role("link", name="Status and how it goes on").click()


def test_says_it_from_the_day_on_which_one_plan_goes_on(
    family: Any, enter: Callable[[str], Page], world: World, at: datetime, axe: Callable[[Page], None]
) -> None:
    page = enter(WORKER)
    _to_the_status(page)
    expect(page.get_by_text("Early help, by the family’s agreement").first).to_be_visible()
    expect(page.get_by_role("link", name="Change the family’s status")).to_have_count(0)
    one_plan(world, at=at)
    page.reload()
    page.get_by_role("link", name="Change the family’s status").click()
    _shown(page, "status-form", axe)
    page.get_by_label("Children in need (section 17)").check()
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("alert")).to_contain_text("Write why, in words that the family would recognise")
    expect(page.get_by_label("Children in need (section 17)")).to_be_checked()
    axe(page)
    page.get_by_label("Why?").fill("The nights need more than early help.")
    page.keyboard.press("Alt+s")
    expect(page.get_by_text("The family is helped as: Children in need (section 17)")).to_be_visible()
    expect(page.get_by_text("One plan and one lead worker go on")).to_be_visible()
    line = page.get_by_role("table", name="Status over time")
    expect(line.get_by_role("row").nth(1)).to_contain_text("The nights need more than early help.")
    expect(line.get_by_role("cell", name="–", exact=True)).to_have_count(0)
    _shown(page, "status-changed", axe)
    page.get_by_role("link", name="Back").click()
    team = page.get_by_role("table", name="The team around the family")
    expect(team.get_by_role("row").filter(has_text="Leads")).to_have_count(1)
    expect(team.get_by_role("row").nth(1)).to_contain_text("Leads")


def test_a_lead_practitioner_reads_it_and_does_not_say_it(
    family: Any, enter: Callable[[str], Page], world: World, at: datetime, axe: Callable[[Page], None]
) -> None:
    one_plan(world, at=at)
    page = enter(LEAD)
    _to_the_status(page)
    _shown(page, "status-of-a-lead", axe)
    expect(page.get_by_role("link", name="Change the family’s status")).to_have_count(0)
    answer = page.goto(f"/peterborough/family-help/{family.key}/status/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_text("the social worker of the family’s team")).to_be_visible()
    axe(page)
