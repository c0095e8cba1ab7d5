"""An assessment worker finds what was handed over, sends one slip back to be put right, and takes one on."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from frontdoor.handovers import actions, rules
from frontdoor.handovers.rules import Need, Person, Response, Sentence
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

pytestmark = pytest.mark.journey

SIDE = rules.Page(
    family=(
        Person("Ada Quill", "girl, 7"), Person("Tobias Quill", "boy, 3"), Person("Mara Quill", "mother"),
        Person("Not named", "mother's partner since the summer"),
    ),
    worries=(Sentence("He locks the kitchen at night."), Sentence("Ada had a mark on her arm that she hid.")),
    own_words=(Sentence("I don't want to go home when he is there.", said_by="Ada Quill"),),
    must_happen=(Need("See Ada alone at school", "Monday 2 March at 3pm", "Assessment team"),),
    done=(Response("14 January: early help", "ended after two visits"),),
    told=(Sentence("She has come to breakfast club hungry since half term."), Sentence("Her mother does not answer.")),
    left_out=3,
)  # fmt: skip


Browse = Callable[[str, int], Page]


@pytest.fixture
def browse(new_page: Callable[[], Page], site: str, world: World) -> Browse:
    """Opens a browser in which somebody has signed in."""

    def opened(role: str, council: int) -> Page:
        page, client = new_page(), world.signed_in(Client(), world.user(role, council=council))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return page

    return opened


@pytest.fixture
def waiting(site: str, world: World) -> None:
    """A slip for a section 47 enquiry and another, given a while ago."""
    at = datetime.now(UTC) - timedelta(minutes=12)
    with world.acting("social_worker") as by:
        for summary, section47 in (("Section 47: 874-W-000118", True), ("Assessment: 874-W-000121", False)):
            actions.send(
                ("contacts.matter", uuid.uuid4()), to="assessment", summary=summary, payload=SIDE, section47=section47,
                why="The threshold is met: daily life is shaped by fear.", received_at=at - timedelta(hours=2), by=by,
                at=at,
            )  # fmt: skip


def test_takes_urgent_work_on_with_one_key(waiting: None, browse: Browse, axe: Callable[[Page], None]) -> None:
    page = browse("assessment_worker", PETERBOROUGH)
    page.goto("/peterborough/handovers/inbox/")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Section 47")
    axe(page)
    page.get_by_role("link", name="Section 47: 874-W-000118").click()
    expect(page.get_by_text("I don't want to go home when he is there.")).to_be_visible()
    expect(page.get_by_role("link", name="Refuse")).to_have_count(0)
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="The page that travels, to print").click()
    assert download.value.suggested_filename == "page-that-travels.pdf"
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Handed to us")
    expect(page.get_by_role("link", name="Section 47: 874-W-000118")).to_have_count(0)
    page.get_by_role("link", name="Taken on").click()
    expect(page.get_by_role("link", name="Section 47: 874-W-000118")).to_be_visible()
    axe(page)


def test_sends_work_back_and_the_giver_puts_it_right(
    waiting: None, browse: Browse, axe: Callable[[Page], None]
) -> None:
    page = browse("assessment_worker", PETERBOROUGH)
    page.goto("/peterborough/handovers/inbox/")
    page.get_by_role("link", name="Assessment: 874-W-000121").click()
    page.get_by_role("link", name="Send back to be put right").click()
    page.get_by_role("button", name="Send back").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is wrong")
    axe(page)
    page.get_by_label("Details are wrong").check()
    page.get_by_label("Say what is wrong, and what you need").fill("Which school does Ada go to?")
    page.get_by_role("button", name="Send back").click()
    expect(page.get_by_text("Sent back to be put right").first).to_be_visible()
    axe(page)

    giver = browse("social_worker", CAMBRIDGESHIRE)
    giver.goto("/peterborough/handovers/given/")
    axe(giver)
    giver.get_by_role("link", name="Assessment: 874-W-000121").click()
    giver.get_by_role("link", name="Put right and send again").click()
    axe(giver)
    giver.get_by_label("What have you put right").fill("The one in Eye; the head teacher expects you.")
    giver.get_by_role("button", name="Send again").click()
    expect(giver.get_by_text("Waiting to be accepted").first).to_be_visible()


def test_refuses_work_only_after_a_talk_with_a_manager(
    waiting: None, browse: Browse, axe: Callable[[Page], None]
) -> None:
    page = browse("assessment_worker", PETERBOROUGH)
    page.goto("/peterborough/handovers/inbox/")
    page.get_by_role("link", name="Assessment: 874-W-000121").click()
    page.get_by_role("link", name="Refuse, after talking with a manager").click()
    axe(page)
    page.get_by_label("Why is this not yours to take?").fill("Early help is with the family.")
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the manager you spoke to")
    expect(page.get_by_label("Why is this not yours to take?")).to_have_value("Early help is with the family.")
    axe(page)
