"""Exit this page, line by line: every way out, what is left behind, and what is not lost (trust S27)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts.models import Submission

pytestmark = pytest.mark.journey
PETERBOROUGH = 874
STORY = "He came home with a burn on his arm"
TELLING = re.compile(r"danger|worr|child|abuse|harm|hurt|safe|social|police|report|999", re.IGNORECASE)
AT_MOST = 300  # milliseconds until the page has begun to leave


@pytest.fixture
def opened(new_page: Callable[..., Page], settings) -> Callable[..., Page]:
    """A page of the report with words in it, from which one exits to somewhere harmless."""
    settings.EXIT_ADDRESS = "/health/alive/"

    def some_way_in(**options) -> Page:
        page = new_page(**options)
        page.goto("/")
        page.get_by_role("button", name="Start a report").click()
        page.get_by_label("What is the postcode").fill("PE1 1AA")
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("A neighbour, friend").check()
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("What are you worried about?").fill(STORY)
        return page

    return some_way_in


def by_button(page: Page) -> None:
    page.get_by_role("button", name="Exit this page").click(no_wait_after=True)


def by_hidden_link(page: Page) -> None:
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")  # where a page begins
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Exit this page", exact=True)).to_be_focused()
    page.keyboard.press("Enter")


def by_shift(page: Page) -> None:
    page.wait_for_selector("body[data-govuk-frontend-exit-this-page-keypress]")
    for _ in range(3):
        page.keyboard.press("Shift")


def left(page: Page) -> None:
    page.wait_for_url("**/health/alive/")
    assert page.context.cookies() == []


@pytest.mark.parametrize("way", [by_button, by_hidden_link, by_shift])
def test_every_way_out_leaves_nothing_behind_and_back_shows_nothing(opened, way):
    page = opened()
    page.evaluate("document.activeElement.blur()")
    way(page)
    left(page)
    page.go_back()
    page.wait_for_url("**/health/alive/")
    page.goto("/peterborough/report/worry/")
    assert STORY not in page.content()
    expect(page.get_by_role("heading", name="This page is not here any more")).to_be_visible()


@pytest.mark.parametrize("way", ["button", "skiplink"])
def test_it_leaves_within_three_hundred_milliseconds(opened, way):
    page = opened()
    page.wait_for_selector("body[data-govuk-frontend-exit-this-page-keypress]")
    pressed = page.evaluate(
        """way => {
        const now = Date.now();
        document.querySelector(`[class*=exit-this-page][class*=${way}]`).click();
        return now;
    }""",
        way,
    )
    page.wait_for_url("**/health/alive/")
    assert page.evaluate("performance.timeOrigin") - pressed < AT_MOST


def test_what_was_written_is_hidden_before_the_next_page_answers(opened):
    page = opened()
    page.wait_for_selector("body[data-govuk-frontend-exit-this-page-keypress]")
    hidden = page.evaluate("""() => {
        document.querySelector(".govuk-exit-this-page__button").click();
        return getComputedStyle(document.querySelector("main")).display;
    }""")
    assert hidden == "none"


def test_without_scripts_the_button_and_the_link_lead_away_and_back_asks_anew(opened):
    for way in (by_button, by_hidden_link):
        page = opened(java_script_enabled=False)
        if way is by_hidden_link:
            page.goto(page.url)  # from the top of the page
        way(page)
        left(page)
        page.go_back()
        assert STORY not in page.content()


def test_no_title_on_the_way_tells_anything_to_whoever_reads_the_history(opened):
    page, titles = opened(), []
    for _ in range(14):
        titles.append(page.title())
        if page.get_by_role("button", name="Send report").count():
            break
        skip, on = (page.get_by_role("button", name=words) for words in ("I do not know", "Continue"))
        if page.get_by_label("I cannot tell").count():
            page.get_by_label("I cannot tell").check()
        (skip if skip.count() else on).click()
    page.get_by_role("button", name="Send report").click()
    titles.append(page.title())
    for address in ("/", "/young-people/", "/peterborough/young-people/", "/report/come-back/", "/report/forgotten/",
                    "/speak-to-a-social-worker/", "/peterborough/report/nothing/"):  # fmt: skip
        page.goto(address)
        titles.append(page.title())
    assert len(set(titles)) > 10
    assert [title for title in titles if TELLING.search(title)] == []


def test_what_was_sent_is_not_lost_by_leaving(opened):
    page = opened()
    page.get_by_role("button", name="Continue").click()
    page.goto("/peterborough/report/check/")
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Your report has arrived")).to_be_visible()
    by_button(page)
    left(page)
    with acting_for(PETERBOROUGH, by=PUBLIC_INTAKE):
        assert Submission.objects.get().body["story"] == STORY


def test_what_was_put_aside_opens_again_with_its_code_after_leaving(opened):
    page = opened()
    page.get_by_role("button", name="Save and come back later").click()
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page.inner_text("main"))[0]
    by_button(page)
    left(page)
    page.goto("/report/come-back/")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("What are you worried about?")).to_have_value(STORY)
