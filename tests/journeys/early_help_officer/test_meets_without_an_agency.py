"""The hub asks a team to a meeting by e-mail, takes somebody off, and goes on when agencies may be told no more."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from frontdoor.actors.rules import MAILER
from tests.earlyhelp.helping import OFFICER
from tests.familyhelp.helping import joined, taken_on
from tests.journeys.entering import entered
from tests.journeys.filling import fill_moment, look
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


@pytest.fixture
def at(site: str) -> datetime:
    """An hour ago; the site stands."""
    return datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def hub(at: datetime, new_page: Callable[..., Page], site: str, world: World) -> Page:
    """A browser at the hub: an agency leads a family, and somebody of the council has an address."""
    episode = taken_on(world, kind="agency", account=True, at=at)
    joined(world, episode, at=at, agency="Family workers East", email="bea@example.org")
    return entered(new_page, site, world, OFFICER, council=PETERBOROUGH)


def _sent(world: World, at: datetime) -> None:
    """What the jobs do that wait."""
    from frontdoor.familyhelp.actions import inviting
    from frontdoor.familyhelp.models import Invitation
    from tests.earlyhelp.helping import acting

    with acting(world):
        rows = list(Invitation.objects.filter(state="waiting"))
    for row in rows:
        with world.system(MAILER) as by:
            inviting.send(row.key, by=by, at=at)


def _says(page: Page, what: str, said: str) -> None:
    """The child's word about one purpose, in person."""
    page.get_by_role("link", name="Record what they say").first.click()
    page.get_by_label(what).check()
    page.get_by_label(said, exact=True).check()
    page.get_by_label("How did they say it?").select_option(label="In person")


def test_the_hub_asks_by_e_mail_takes_off_and_goes_on_without_an_agency(
    hub: Page, at: datetime, world: World, axe: Callable[[Page], None]
) -> None:
    page = hub
    page.goto("/desk/early-help/")
    page.locator("main table a[href*='/early-help/']").first.click()
    page.get_by_role("link", name="The family and its team").click()
    page.get_by_role("link", name="The plan", exact=True).click()
    page.get_by_role("link", name="Plan a meeting").click()
    fill_moment(page, "starts_at", at + timedelta(days=2))
    page.get_by_label("At a place").check()
    page.get_by_label("Where, or by which link or number?").fill("Family hub, room 2")
    for box in page.get_by_role("group", name="Who is asked?").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Save").click()
    _sent(world, at)
    page.get_by_role("table", name="Meetings").get_by_role("link").first.click()
    expect(page.get_by_text("to bea@example.org")).to_be_visible()
    axe(page)
    look(page, "hub-meeting")
    page.get_by_role("link", name="Send it to another address for Bea Marsh").click()
    axe(page)
    look(page, "hub-send")
    page.get_by_label("E-mail address").fill("b.marsh@example.org")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("to b.marsh@example.org")).to_be_visible()
    page.get_by_role("link", name="Take them off Bea Marsh").click()
    axe(page)
    look(page, "hub-off")
    page.get_by_label("Why are they not asked any more?").fill("She is away that day.")
    page.get_by_role("button", name="Take them off").click()
    expect(page.get_by_text("She is away that day.")).to_be_visible()
    look(page, "hub-meeting-off")

    page.goto("/desk/early-help/")
    page.locator("main table a[href*='/early-help/']").first.click()
    _says(page, "Telling the agencies that would help", "Given and later withdrawn")
    axe(page)
    look(page, "hub-withdrawal")
    page.get_by_role("button", name="Record it").click()
    axe(page)
    look(page, "hub-episode")
    expect(page.get_by_role("link", name="Somebody of this council has to lead")).to_be_visible()
    page.goto("/desk/")
    look(page, "hub-desk")
    page.goto("/desk/early-help/")
    expect(page.get_by_text("Somebody of this council has to lead")).to_be_visible()
    look(page, "hub-list")
    page.locator("main table a[href*='/early-help/']").first.click()
    page.get_by_role("link", name="The family and its team").click()
    axe(page)
    look(page, "hub-family")
    page.get_by_role("link", name="Somebody of this council has to lead").click()
    axe(page)
    look(page, "hub-lead")
