"""An early help officer takes a family on to somebody who helps; one that says no a social worker looks at for risk."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.earlyhelp.helping import OFFICER, provider, screening, sent
from tests.journeys.entering import entered
from tests.journeys.filling import fill_day, fill_moment, look
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


@pytest.fixture
def at(site: str) -> datetime:
    """An hour ago; the site stands."""
    return datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def officer(at: datetime, new_page: Callable[..., Page], site: str, world: World) -> Page:
    """An officer's browser: a child is on its way to the hub, and a team takes families on."""
    provider(world, at=at)
    sent(world, at=at)
    return entered(new_page, site, world, OFFICER, council=PETERBOROUGH)


def test_accepts_a_family_hears_it_decides_which_help_fits_and_finds_somebody(
    officer: Page, at: datetime, axe: Callable[[Page], None]
) -> None:
    page = officer
    page.goto("/desk/early-help/")
    axe(page)
    look(page, "early-help-list")
    page.get_by_role("table", name="Waiting to be accepted").get_by_role("link").first.click()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="Tess0 Setchfield")).to_be_visible()
    page.get_by_role("button", name="Take it").click()
    axe(page)

    page.get_by_role("link", name="Write down that the family was tried or reached").click()
    fill_moment(page, "made_at", at + timedelta(minutes=30))
    page.get_by_label("How?").select_option("phone")
    page.get_by_role("group", name="Did you speak with somebody").get_by_label("Yes").check()
    page.get_by_label("What did they say, or what happened instead?").fill("Mum would like help with the mornings.")
    page.get_by_role("button", name="Record it").click()

    page.get_by_role("link", name="Record what they say").first.click()
    axe(page)
    look(page, "early-help-agreement")
    page.get_by_label("Early help for the family").check()
    page.get_by_label("Sought and given").check()
    fill_day(page, "on", at)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Choose how they said it").first).to_be_visible()
    page.get_by_label("How did they say it?").select_option("phone")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Agreed: not triaged yet").first).to_be_visible()

    page.get_by_role("link", name="Decide which help fits").click()
    page.get_by_label("Targeted help").check()
    page.get_by_label("Level 2").check()
    page.get_by_label("What does this family need?").fill("Somebody to get the mornings going.")
    page.get_by_label("Why this help, and not more or less?").fill("One worker at home is enough.")
    page.get_by_label("What do the children say?").fill("I want to get there before the bell.")
    axe(page)
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("I want to get there before the bell.")).to_be_visible()

    page.get_by_role("link", name="Offer the family to somebody").click()
    page.get_by_label("Family workers East").check()
    page.get_by_label("What do they need to know to say yes or no?").fill("Two children, mornings.")
    axe(page)
    page.get_by_role("button", name="Offer it").click()
    page.get_by_role("link", name="Write down the answer to the offer").click()
    page.get_by_role("group", name="Do they take the family on?").get_by_label("Yes").check()
    page.get_by_label("Who of theirs answered?").fill("Their duty line")
    page.get_by_label("If they have no account: who takes the family on?").fill("Ada Fenn")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Taken on").first).to_be_visible()
    axe(page)
    look(page, "early-help-family")


def test_a_family_that_said_no_is_looked_at_by_a_social_worker_and_a_worry_goes_back(
    at: datetime, new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None]
) -> None:
    screening(world, at=at)
    page = entered(new_page, site, world, "social_worker", council=PETERBOROUGH)
    page.goto("/desk/")
    page.get_by_role("row", name="A family to look at for risk").get_by_role("link").first.click()
    page.get_by_role("link", name="Look at it for risk").click()
    axe(page)
    look(page, "early-help-look")
    page.get_by_label("What is known of the children now?").fill("Not in school for a week.")
    page.get_by_label("What was tried with the family?").fill("Three calls.")
    page.get_by_role("radio", name="A child may be at risk: it goes back").check()
    page.get_by_label("Why is this safe, or what worries you?").fill("Nobody has seen them since Monday.")
    page.get_by_role("button", name="Record what you found").click()
    expect(page.get_by_text("Went back to the front door").first).to_be_visible()
    page.get_by_role("link", name="Went back: contact").click()
    expect(page.get_by_text("Nobody has seen them since Monday.").first).to_be_visible()
