"""A contact officer tells a neighbour by telephone that her message arrived; a manager reads why an e-mail was held."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from frontdoor.contacts.actions.intake import submit_and_take_in
from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven, Report
from tests.worlds import World

pytestmark = pytest.mark.journey

Browse = Callable[[str], Page]
SHE_RINGS = ReferrerGiven(
    kind="public", identity="withheld", name="Una Fairlight", phone="07700 900456", route="phone",
    route_note="After nine, when he is at work",
)  # fmt: skip
SCHOOL = ReferrerGiven(
    kind="professional", identity="given", name="Petra Lindqvist", role="Head", agency="Whittle Brook Primary School",
    email="petra.lindqvist@example.org", route="email",
)  # fmt: skip
MOTHER = PersonGiven("adult", "Mara", "Quill", safe_contact="Ring between ten and two only; never leave a voicemail")


@pytest.fixture
def browse(new_page: Callable[[], Page], site: str, world: World) -> Browse:
    """Opens a browser in which somebody has signed in."""

    def opened(role: str) -> Page:
        page, client = new_page(), world.signed_in(Client(), world.user(role))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return page

    return opened


@pytest.fixture
def arrived(site: str, world: World) -> None:
    """A neighbour rang and a school wrote about the same family."""
    at = datetime.now(UTC) - timedelta(minutes=12)
    for idem, people, referrer in (("1", (), SHE_RINGS), ("2", (MOTHER,), SCHOOL)):
        child: tuple[Any, ...] = (PersonGiven("child", "Ada", "Quill"), *people)
        with world.acting("contact_officer") as by:
            submit_and_take_in(
                Report("She came to breakfast hungry again.", people=child, referrer=referrer), channel="phone",
                idem=idem, by=by, at=at,
            )  # fmt: skip


def test_a_neighbour_is_rung_safely_and_the_call_is_kept(
    arrived: None, browse: Browse, axe: Callable[[Page], None]
) -> None:
    page = browse("contact_officer")
    page.goto("/peterborough/letters/")
    axe(page)
    page.get_by_role("link", name="Ring, and record what was said").click()
    expect(page.get_by_text("Una Fairlight")).to_have_count(0)
    axe(page)
    page.keyboard.press("t")
    expect(page.get_by_text("After nine, when he is at work")).to_be_visible()
    expect(page.get_by_text("Do not say: anything about the family")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Record the call").click()
    expect(page.get_by_role("alert")).to_contain_text("Say whom you spoke to")
    axe(page)
    page.get_by_label("Whom did you speak to?").fill("Herself")
    page.get_by_label("What was said?").fill("It arrived. She can ring the social worker at any time.")
    page.keyboard.press("Alt+s")
    expect(page.get_by_text("Told by telephone").first).to_be_visible()
    axe(page)
    page.goto("/peterborough/letters/")
    expect(page.get_by_role("link", name="Ring, and record what was said")).to_have_count(0)


def test_a_manager_reads_the_note_before_an_email_goes_out(
    arrived: None, browse: Browse, axe: Callable[[Page], None]
) -> None:
    page = browse("team_manager")
    page.goto("/peterborough/letters/")
    page.get_by_role("link", name="Held back").click()
    expect(page.get_by_text("There is a safe-contact note about somebody")).to_have_count(2)
    page.get_by_role("link", name="Let it go out").click()
    expect(page.get_by_text("never leave a voicemail")).to_be_visible()
    axe(page)
    page.get_by_label("What have you read or checked, and why is it safe?").fill(
        "The note is about the mother's phone."
    )
    page.get_by_role("button", name="Let it go out").click()
    expect(page.get_by_text("To be sent").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Tell them another way").click()
    axe(page)
    page.go_back()
    page.get_by_role("link", name="Everything told about this").click()
    axe(page)
    page.get_by_role("link", name="That it arrived").click()
    page.get_by_role("link", name="What it is about").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Quill")
