"""A team manager finds on its day what she asked for, looks at the evidence of one, and moves another."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from frontdoor.directions import actions
from tests.worlds import CAMBRIDGESHIRE, World

pytestmark = pytest.mark.journey


@pytest.fixture
def given(site: str, world: World) -> None:
    """Two directions of this morning: one done, one not."""
    now = datetime.now(UTC)
    with world.acting("team_manager") as by:
        owner = f"user:{world.user('social_worker').pk}"
        for what in ("Ring the school and hear from Ada herself", "See the kitchen at home"):
            actions.give(
                subject=("contacts.matter", uuid.uuid4()), owner=owner, what=what, due_at=now - timedelta(minutes=20),
                by=by, at=now - timedelta(hours=6),
            )  # fmt: skip


Browse = Callable[[str], Page]


@pytest.fixture
def browse(new_page: Callable[[], Page], site: str, world: World) -> Browse:
    """Opens a browser in which somebody has signed in."""

    def opened(role: str) -> Page:
        page, client = new_page(), world.signed_in(Client(), world.user(role, council=CAMBRIDGESHIRE))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return page

    return opened


def test_looks_at_the_evidence_of_what_is_done(given: None, browse: Browse, axe: Callable[[Page], None]) -> None:
    owner = browse("social_worker")
    owner.goto("/peterborough/directions/mine/")
    axe(owner)
    owner.get_by_role("link", name="Ring the school").click()
    axe(owner)
    owner.get_by_role("button", name="It is done").click()
    expect(owner.get_by_role("alert")).to_contain_text("Say what was done")
    axe(owner)
    owner.get_by_label("What was done, and how do we know?").fill("Spoke to Ada at 10:40, alone with her teacher.")
    owner.get_by_role("button", name="It is done").click()
    expect(owner.get_by_text("Done: the giver has not looked yet").first).to_be_visible()

    page = browse("team_manager")
    page.goto("/peterborough/directions/back/")
    axe(page)
    page.get_by_role("link", name="Ring the school").click()
    expect(page.get_by_text("Spoke to Ada at 10:40").first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="The evidence shows it").click()
    expect(page.get_by_role("link", name="Ring the school")).to_have_count(0)


def test_names_another_time_with_a_reason(given: None, browse: Browse, axe: Callable[[Page], None]) -> None:
    page = browse("team_manager")
    page.goto("/peterborough/directions/back/")
    page.get_by_role("link", name="See the kitchen at home").click()
    page.get_by_role("link", name="Name another time").click()
    axe(page)
    due = page.get_by_role("group", name="When must it be done?")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    for part, value in (("Day", tomorrow.day), ("Month", tomorrow.month), ("Year", tomorrow.year), ("Time", "16:00")):
        due.get_by_label(part).fill(str(value))
    page.get_by_label("Why another time?").fill("The family is away until tonight.")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("Moved once").first).to_be_visible()
    axe(page)
