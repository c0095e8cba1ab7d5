"""Whoever leads the service reads in counts what came of help, and opens the family behind its own pages: no count
names anybody, and a small one is not shown."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from frontdoor.familyhelp.actions import outcomes
from frontdoor.familyhelp.rules.outcomes import Shown
from tests.contacts.deciding import arrived
from tests.earlyhelp import helping
from tests.familyhelp.moving import ended, taken_on
from tests.journeys.entering import entered
from tests.journeys.filling import fits, look
from tests.worlds import World

pytestmark = pytest.mark.journey


@pytest.fixture
def family(site: str, world: World) -> Any:
    """A family whose help ended as it wanted a hundred days ago, and that came back since."""
    at = datetime.now(UTC) - timedelta(days=100)
    episode = taken_on(world, at=at - timedelta(days=30))
    with helping.acting(world, at=at) as by:
        row = outcomes.mark(
            episode.key, seen=helping.again(episode).version, heading="education", wanted="Be in school every day.",
            evidence="In school 3 days of 5.", by=by, at=at,
        )  # fmt: skip
        given = Shown(phase="end", stands="met", evidence="In school every day.")
        outcomes.record_evidence(
            episode.key, row.key, seen=helping.again(episode).version, given=given, by=by, at=at
        )  # fmt: skip
    arrived(world, at=at + timedelta(days=20), idem="again")
    return ended(world, episode, at=at)


def _shown(page: Page, name: str, axe: Callable[[Page], None]) -> None:
    axe(page)
    fits(page)
    look(page, name)


@pytest.fixture(params=["team_manager", "head_of_service"])
def reader(request: pytest.FixtureRequest, new_page: Callable[..., Page], site: str, world: World) -> tuple[str, Page]:
    """A browser of each role that reads counts and leads."""
    return request.param, entered(new_page, site, world, request.param)


def test_reads_counts_without_names_and_what_stands_with_the_family(
    family: Any, reader: tuple[str, Page], axe: Callable[[Page], None]
) -> None:
    role, page = reader
    page.goto("/desk/")
    page.get_by_role("link", name="What came of help").click()
    back = page.get_by_role("table", name="Came back in Peterborough").get_by_role("row")
    expect(back).to_have_count(2)
    expect(back.last).to_contain_text("fewer than 5")
    expect(back.last).to_contain_text("not shown")
    reached = page.get_by_role("table", name="Outcomes in Peterborough").get_by_role("row")
    expect(reached.last).to_contain_text("fewer than 5")
    main = page.get_by_role("main")
    for words in ("Setchfield", "Tess0", family.reference, "Ada Fenn"):
        expect(main).not_to_contain_text(words)
    _shown(page, f"what-came-of-help-{role}", axe)

    page.goto("/desk/early-help/?which=closed")
    page.get_by_role("link", name=family.reference).click()
    _shown(page, f"family-of-{role}", axe)
    page.get_by_role("link", name="Status and how it goes on").click()
    expect(page.get_by_text("This family came back")).to_be_visible()
    _shown(page, f"standing-of-{role}", axe)
    page.get_by_role("link", name="What is to change for this family").click()
    expect(page.get_by_text("In school every day.").first).to_be_visible()
    _shown(page, f"outcomes-of-{role}", axe)
