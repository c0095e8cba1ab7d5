"""A social worker steps a family down; the referral stays hers until the hub has accepted it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.earlyhelp.helping import OFFICER
from tests.familyhelp.moving import WORKER
from tests.journeys.entering import entered
from tests.journeys.filling import fill_day, fits, look
from tests.referrals.referring import held
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey
PLAN = "Ada comes on Mondays. Mum rings her first if the nights are hard again."


@pytest.fixture
def at(site: str) -> datetime:
    """Two days ago; the site stands."""
    return datetime.now(UTC) - timedelta(days=2)


@pytest.fixture
def enter(new_page: Callable[..., Page], site: str, world: World) -> Callable[[str], Page]:
    """Opens a browser in which the person of a role has signed in."""
    return lambda role: entered(new_page, site, world, role, council=PETERBOROUGH)


def _shown(page: Page, name: str, axe: Callable[[Page], None]) -> None:
    axe(page)
    fits(page)
    look(page, name)


def _step_down(page: Page, at: datetime, axe: Callable[[Page], None]) -> None:
    """The meeting and the plan: refused first, with what was typed still there."""
    page.get_by_role("link", name="Step down to early help").click()
    _shown(page, "step-down", axe)
    page.get_by_label("What was agreed?").fill(PLAN)
    page.get_by_label("Who leads from now on?").fill("Ada Fenn")
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("alert")).to_contain_text("Write who was at the meeting")
    expect(page.locator("#error_id_there, #id_there-error, [id$=there-error]").first).to_contain_text(
        "Write who was at the meeting"
    )
    expect(page.get_by_label("What was agreed?")).to_have_value(PLAN)
    _shown(page, "step-down-refused", axe)
    fill_day(page, "held_on", at + timedelta(days=1))
    page.get_by_label("Children in need (section 17)").check()
    page.get_by_label("Who was there?").fill("Mum, Ada Fenn, the school nurse")
    page.get_by_role("group", name="Was somebody of the family there?").get_by_label("Yes").check()
    page.get_by_label("What do the children say?").fill("I like Ada.")
    page.get_by_label("Of which agency are they?").fill("Family workers East")
    page.get_by_role("button", name="Send it to the early help hub").click()


def test_it_stays_hers_until_the_hub_accepts(
    enter: Callable[[str], Page], world: World, at: datetime, axe: Callable[[Page], None], run_jobs: Callable[[], None]
) -> None:
    held(world, at=at)
    page = enter(WORKER)
    page.goto("/desk/referrals/")
    page.get_by_role("link", name="Tess0 Setchfield").first.click()
    _step_down(page, at, axe)
    expect(page.get_by_text("With the early help hub, not accepted yet").first).to_be_visible()
    _shown(page, "step-down-sent", axe)
    expect(page.get_by_role("link", name="Step down to early help")).to_have_count(0)
    referral = page.url
    page.get_by_role("link", name="Close it").click()
    expect(page.get_by_text("The referral stays open until the hub has accepted the step-down")).to_be_visible()
    _shown(page, "step-down-not-closed", axe)

    hub = enter(OFFICER)
    hub.goto("/desk/early-help/")
    _shown(hub, "hub-list-step-down", axe)
    hub.get_by_role("table", name="Waiting to be accepted").get_by_role("link").first.click()
    expect(hub.get_by_text(PLAN).first).to_be_visible()
    _shown(hub, "hub-step-down", axe)
    hub.get_by_role("button", name="Accept").click()
    expect(hub.get_by_role("heading", name="Tess0 Setchfield")).to_be_visible()
    expect(hub.get_by_text("This family stepped down")).to_be_visible()
    _shown(hub, "hub-family-accepted", axe)

    run_jobs()
    page.goto(referral)
    expect(page.get_by_text("Early help has accepted this family. Close the referral now")).to_be_visible()
    _shown(page, "step-down-accepted", axe)
    hub.reload()
    expect(hub.get_by_role("link", name="After 3 months: write down how it goes")).to_be_visible()
    _shown(hub, "hub-family-followed", axe)
