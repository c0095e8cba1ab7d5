"""A social worker asks agencies, a health researcher answers at the agency's own desk, and it is seen in time."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from frontdoor.actors.rules import CLOCK_SWEEP
from tests.journeys.entering import entered
from tests.mash.asking import desks
from tests.mash.enquiring import rated
from tests.worlds import World

pytestmark = pytest.mark.journey


@pytest.fixture
def enquiry(site: str, world: World) -> Any:
    """An enquiry that is rated amber, of a council that asks four agencies; nobody was asked yet."""
    at = datetime.now(UTC)
    desks(world, at=at)
    return rated(world, "amber", at=at)


def _answers(new_page: Callable[..., Page], site: str, world: World) -> Page:
    page, client = new_page(), world.signed_in(Client(), world.partner("health-mash"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return page


def test_asks_health_and_sees_the_answer_in_time(
    enquiry: Any, new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None]
) -> None:
    page = entered(new_page, site, world, "social_worker")
    page.goto(f"/peterborough/enquiries/{enquiry.key}/asking/")
    axe(page)
    page.get_by_role("link", name="Whether the family agrees").click()
    expect(page.get_by_label("Asked, and agreed")).to_be_checked()  # as the contact recorded it
    axe(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Basis, necessity and proportionality").click()
    axe(page)
    page.get_by_label("What is the information for?").fill("Is the child safe at home?")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Ask agencies").first.click()
    axe(page)
    page.get_by_label("What do you ask?").fill("What do you know of this family since 2024?")
    page.get_by_role("button", name="Send the requests").click()
    expect(page.get_by_role("row", name="Nene Community Health")).to_contain_text("nobody there has opened it")

    health = _answers(new_page, site, world)
    health.goto("/partner/")
    health.get_by_role("table", name="Waiting for us").get_by_role("link").first.click()
    child = health.get_by_role("group", name="What do you know about Tess0 Setchfield?")
    child.get_by_label("We know something").check()
    child.get_by_label("Facts", exact=True).fill("14 March 2025, two appointments were missed.")
    child.get_by_label("Where do these facts stand?").fill("The clinic's record")
    axe(health)
    health.get_by_role("button", name="Send this answer").click()
    health.get_by_text("Your answer has arrived. Thank you.").wait_for()
    _heard(world)

    page.goto(f"/peterborough/enquiries/{enquiry.key}/")
    expect(page.get_by_role("row", name="Nene Community Health").first).to_contain_text("Answered")
    expect(page.get_by_text("two appointments were missed").first).to_be_visible()
    axe(page)


def _heard(world: World) -> None:
    """What the worker does in the same second: the job that follows from an answer."""
    from frontdoor.mash.actions import asking
    from frontdoor.mash.models import Request

    with world.system(CLOCK_SWEEP) as by:
        for key in Request.objects.values_list("key", flat=True):
            asking.hear(key, by=by, at=datetime.now(UTC))
