"""A lead practitioner finds a family, writes a plan with it, has it agreed, meets, reviews and prints it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.familyhelp.helping import LEAD, taken_on
from tests.journeys.entering import entered
from tests.journeys.filling import fill_day, fill_moment, look
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


@pytest.fixture
def at(site: str) -> datetime:
    """An hour ago; the site stands."""
    return datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def lead(at: datetime, new_page: Callable[..., Page], site: str, world: World) -> Page:
    """A lead practitioner's browser: a family was taken on by them."""
    taken_on(world, account=True, at=at)
    return entered(new_page, site, world, LEAD, council=PETERBOROUGH)


def _plan(page: Page, at: datetime, axe: Callable[[Page], None]) -> None:
    """Goal, action, and everybody's word."""
    page.get_by_role("link", name="Write a goal").click()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write what the family wants to be different").first).to_be_visible()
    page.get_by_label("What does the family want to be different?").fill("We want the mornings to be calm.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Write who does what by when").click()
    axe(page)
    look(page, "plan-action")
    page.get_by_label("What is done?").fill("Bags and shoes stand by the door in the evening")
    page.get_by_label("Who does it?").select_option(index=1)
    fill_day(page, "due_on", at + timedelta(days=7))
    page.get_by_label("For which goal?").select_option(index=1)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="The family agrees the plan").click()
    axe(page)
    look(page, "plan-agree")
    for group in page.get_by_role("group").all():
        group.get_by_label("Agrees", exact=True).check()
    page.get_by_role("button", name="Keep it as agreed").click()
    expect(page.get_by_text("Agreed: edition 1")).to_be_visible()


def test_plans_with_a_family_meets_it_looks_at_it_again_and_prints_it(
    lead: Page, at: datetime, axe: Callable[[Page], None]
) -> None:
    page = lead
    page.goto("/desk/my-families/")
    axe(page)
    look(page, "my-families")
    page.get_by_role("table", name="My families").get_by_role("link").first.click()
    axe(page)
    look(page, "family-and-team")
    page.get_by_role("link", name="The plan", exact=True).click()
    expect(page.get_by_text("There is no plan yet.")).to_be_visible()
    _plan(page, at, axe)

    page.get_by_role("link", name="Plan a meeting").click()
    axe(page)
    look(page, "meeting-form")
    fill_moment(page, "starts_at", at + timedelta(days=2))
    page.get_by_label("At a place").check()
    page.get_by_label("Where, or by which link or number?").fill("Family hub, room 2")
    page.get_by_role("group", name="Who is asked?").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("table", name="Meetings").get_by_role("link").first.click()
    axe(page)
    look(page, "meeting")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take the invitation").click()
    event = Calendar.from_ical(taken.value.path().read_bytes()).walk("VEVENT")[0]
    assert event["summary"] == "Meeting"
    page.get_by_role("link", name="The plan", exact=True).first.click()

    page.get_by_role("link", name="Write down a review").click()
    axe(page)
    look(page, "plan-review")
    for label in ("What goes well?", "What worries somebody?", "What changes in the plan?", "Why?"):
        page.get_by_label(label, exact=True).fill("Mornings are calmer.")
    page.get_by_label("Help goes on").check()
    page.locator("[name=heard_0]").fill("I am on time.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("I am on time.")).to_be_visible()
    axe(page)
    look(page, "plan")

    page.get_by_role("link", name="Edition 1").click()
    axe(page)
    look(page, "plan-edition")
    page.get_by_role("link", name="Print it for somebody").click()
    axe(page)
    page.get_by_role("radio").first.check()
    page.get_by_label("In which language are its headings?").select_option("ur")
    page.get_by_role("group", name="In large print?").get_by_label("Yes").check()
    page.get_by_role("button", name="Build it for them").click()
    expect(page.locator("h1[lang=ur][dir=rtl]")).to_be_visible()
    axe(page)
    look(page, "plan-print")


def test_whoever_leads_hands_a_family_over_and_opens_it_no_more(lead: Page, axe: Callable[[Page], None]) -> None:
    page = lead
    page.goto("/desk/my-families/")
    page.get_by_role("table", name="My families").get_by_role("link").first.click()
    page.get_by_role("link", name="Somebody else leads").click()
    axe(page)
    look(page, "lead-form")
    page.get_by_label("Somebody who is not in the team yet").check()
    page.get_by_label("If they have none: their name").fill("Bea Marsh")
    page.get_by_role("group", name="Do they work for this council?").get_by_label("Yes").check()
    page.get_by_label("Their team or agency").fill("Family workers East")
    page.get_by_label("Telephone").fill("01632 960444")
    page.get_by_label("Why does somebody else lead?").fill("I move to another team.")
    page.get_by_role("group", name="Does who led until now stay").get_by_label("No").check()
    page.get_by_role("button", name="Change who leads").click()
    expect(page.get_by_text("You are in no family’s team.")).to_be_visible()
