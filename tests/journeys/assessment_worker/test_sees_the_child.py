"""An assessment worker picks a referral up, records that the child was seen alone, and the clocks stop."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from frontdoor.shell.rules import london
from tests.journeys.entering import entered
from tests.referrals.referring import accept, sent
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


@pytest.fixture
def referral(site: str, world: World) -> Any:
    """A referral that the team accepted an hour ago and nobody has picked up."""
    at = datetime.now(UTC) - timedelta(hours=1)
    return accept(world, sent(world, at=at), at=at)


def test_picks_it_up_and_records_that_the_child_was_seen_alone(
    referral: Any, new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None]
) -> None:
    page = entered(new_page, site, world, "assessment_worker", council=PETERBOROUGH)
    page.goto("/desk/referrals/")
    axe(page)
    page.get_by_role("link", name="Tess0 Setchfield").first.click()
    page.get_by_role("button", name="Pick this up").click()
    expect(page.get_by_text("Child not seen").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Record a visit").first.click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    now = london(datetime.now(UTC) - timedelta(minutes=5))
    for part, typed in (("day", now.day), ("month", now.month), ("year", now.year), ("time", f"{now:%H:%M}")):
        page.locator(f'[name="made_at-{part}"]').fill(str(typed))
    page.get_by_label("At home").check()
    page.get_by_role("group", name="Was the child seen?").get_by_label("Yes").check()
    page.get_by_role("group", name="If seen: was the child seen alone?").get_by_label("Yes").check()
    page.get_by_label("What did the child say?").fill("I like it when mum gets up.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("I like it when mum gets up.").first).to_be_visible()
    expect(page.get_by_text("Child not seen")).to_have_count(0)
    axe(page)
