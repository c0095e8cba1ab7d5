"""From what agencies said to a child who is taken on: analysed, recommended on, signed by a manager, accepted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from frontdoor.mash.models import Enquiry
from tests.journeys.entering import entered
from tests.journeys.filling import fill_day, fill_moment, look
from tests.mash.asking import asked
from tests.mash.deciding import only_child
from tests.mash.enquiring import rated
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey

VOICE = "I count the steps on the stairs."


def analyse(page: Page, key: object, axe: Callable[[Page], None]) -> None:
    """Half an analysis is kept; what is missing is said beside its field."""
    page.get_by_role("link", name="Analysis and decision").click()
    expect(page.get_by_text("have not replied").first).to_be_visible()
    page.get_by_role("link", name="Write the analysis").click()
    page.get_by_label("What is known, and who knows it").fill("School saw a mark on Monday.")
    page.get_by_role("button", name="Save this version").click()
    expect(page.get_by_role("alert").first).to_contain_text("Write what would change our mind")
    expect(page.get_by_label("What is known, and who knows it")).to_have_value("School saw a mark on Monday.")
    axe(page)
    look(page, "analysis-wrong")
    page.get_by_label("What this means for this child, day to day").fill("Afraid of going up to bed.")
    page.get_by_label("The child’s own words").fill(VOICE)
    fill_day(page, f"voice_on_{key}", datetime.now(UTC) - timedelta(days=1))
    page.get_by_label("History that was considered, and whether what was done helped").fill("Two contacts, advice.")
    page.get_by_label("What keeps these children safe and well").fill("Nan is there on weekdays.")
    page.get_by_label("What is not known").fill("Who is there at night.")
    page.get_by_label("What would change our mind").fill("A likely explanation.")
    page.get_by_role("button", name="Save this version").click()
    expect(page.get_by_text(VOICE).first).to_be_visible()
    axe(page)
    look(page, "analysed")


def recommend(page: Page, axe: Callable[[Page], None]) -> None:
    page.get_by_role("link", name="Recommend for").click()
    page.get_by_label("What should happen").select_option(label="Referral for assessment")
    page.get_by_role("group", name="Level of need").get_by_role("radio").nth(2).check()
    page.get_by_label("Why this is right for this child").fill("The mark has no explanation.")
    page.get_by_label("Why nothing more is needed").fill("Nobody says that it was done to the child.")
    page.get_by_label("Why less would not be enough").fill("Advice was given twice.")
    page.get_by_label("If the worry remains").fill("If another mark, then a strategy discussion.")
    axe(page)
    look(page, "recommending")
    page.get_by_role("button", name="Send to a manager").click()
    expect(page.get_by_text("Waiting for a manager").first).to_be_visible()


def decide(page: Page, agencies: list[str], axe: Callable[[Page], None]) -> None:
    """Nothing is signed without a direction, or while a missing reply is not named."""
    page.get_by_role("link", name="Decide for").click()
    page.get_by_role("button", name="Decide and sign").click()
    expect(page.get_by_role("alert").first).to_contain_text("Write what must be done from now on")
    expect(page.get_by_role("alert").first).to_contain_text("Write why you decide without Nene Community Health")
    axe(page)
    look(page, "decide-wrong")
    page.get_by_label("The risk you see").fill("It may happen again tonight.")
    page.get_by_label("Your direction").fill("See the child today, alone.")
    page.locator("#id_what_1").fill("See the child at school")
    page.locator("#id_owner_1").fill("Peterborough assessment team")
    fill_moment(page, "due_1", datetime.now(UTC) + timedelta(days=1))
    for agency in agencies:
        page.get_by_label(f"Why you decide without {agency}").fill("What they know would not change it.")
    page.get_by_role("button", name="Decide and sign").click()
    expect(page.get_by_text("Decided for every child").first).to_be_visible()
    axe(page)
    look(page, "decided")


def test_a_child_goes_from_the_analysis_to_the_assessment_team(
    world: World, new_page: Callable[..., Page], site: str, run_jobs: Callable[[], None], axe: Callable[[Page], None]
) -> None:
    at = datetime.now(UTC) - timedelta(minutes=40)
    enquiry: Any = rated(world, at=at)
    requests = asked(world, enquiry, at=at)
    child, where = only_child(world, enquiry), f"/peterborough/enquiries/{enquiry.key}/"
    worker = entered(new_page, site, world, "social_worker")
    worker.goto(where)
    analyse(worker, child.key, axe)
    recommend(worker, axe)

    manager = entered(new_page, site, world, "team_manager")
    manager.goto("/desk/enquiries/?which=decide")
    manager.get_by_role("link", name=enquiry.reference).first.click()
    manager.get_by_role("link", name="Analysis and decision").click()
    decide(manager, [row.desk.name for row in requests.values()], axe)
    run_jobs()

    receiver = entered(new_page, site, world, "assessment_manager", council=PETERBOROUGH)
    receiver.goto("/peterborough/handovers/inbox/")
    receiver.get_by_role("link", name=enquiry.reference).first.click()
    expect(receiver.get_by_text(VOICE).first).to_be_visible()
    expect(receiver.get_by_text("See the child at school").first).to_be_visible()
    look(receiver, "received")
    receiver.get_by_role("button", name="Accept: this is ours from now").click()
    receiver.wait_for_url("**/inbox/")
    run_jobs()
    with world.acting("team_manager"):
        assert Enquiry.objects.get(pk=enquiry.pk).state == "closed"
    manager.goto(f"{where}deciding/")
    manager.get_by_role("link", name="What lay before whoever decided").first.click()
    expect(manager.get_by_text("What they know would not change it.").first).to_be_visible()
    axe(manager)
    look(manager, "what-lay-before")
