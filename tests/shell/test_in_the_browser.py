"""The components in a real browser: accessible, by keyboard, at 320 pixels, without scripts; nothing typed is lost."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from frontdoor.shell.pages import gallery
from frontdoor.shell.rules import words
from tests.shell import addresses

NARROW = {"width": 320, "height": 640}  # 1280 pixels at 400% zoom (WCAG 1.4.10)
WIDE = {"width": 1280, "height": 900}
PAGES = {part: [part] for part in gallery.PARTS} | {"answers": sorted(gallery.ANSWERS)}


@pytest.fixture(autouse=True)
def our_addresses(settings):
    settings.ROOT_URLCONF = "tests.shell.addresses"
    addresses.ANSWER["status"] = 200
    addresses.SENT.clear()


@pytest.fixture
def writing(page):
    page.goto("/writing/")
    return page


def _status(page):
    return page.locator("[data-autosave-status]")


@pytest.mark.parametrize("parts", PAGES.values(), ids=PAGES)
def test_a_page_is_accessible_wide_and_at_320_pixels(page, axe, parts):
    for part in parts:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.goto(f"/gallery/{part}/")
            page.wait_for_function("document.body.classList.contains('govuk-frontend-supported')")
            # A page that scrolled to its mistakes has the way out lying over what is above them.
            page.evaluate("scrollTo(0, 0)")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], part


def test_every_page_reads_whole_without_scripts(new_page):
    page = new_page(java_script_enabled=False)
    for part in gallery.PARTS:
        page.goto(f"/gallery/{part}/")
        expect(page.locator("main h1")).to_be_visible()
    page.goto("/gallery/lists/")
    expect(page.get_by_role("link", name="Record", exact=True)).to_be_visible()
    page.goto("/gallery/record/")
    expect(page.get_by_role("button", name="Agree")).to_be_visible()
    expect(page.get_by_role("button", name="Single keys")).to_have_count(0)


def test_the_first_tab_skips_to_the_content(page):
    page.goto("/gallery/lists/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_form_with_mistakes_is_mended_by_keyboard(page):
    page.goto("/gallery/mistakes/")
    expect(page.locator("[data-module=govuk-error-summary]")).to_be_focused()
    link = page.get_by_role("link", name="When the child was last seen must include a time")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_seen-time")).to_be_focused()


def test_what_has_the_focus_is_never_hidden_under_the_bar_of_answers(page):
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto("/gallery/record/")
    page.evaluate("""document.querySelector(".fd-record__main").insertAdjacentHTML(
        "beforeend", Array.from({length: 30}, (_, n) => `<p><a href="#exit">Link ${n}</a></p>`).join(""))""")
    expect(page.get_by_role("button", name="Agree")).to_be_in_viewport()
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden = page.evaluate("""() => {
            const bar = document.querySelector("[data-keys]"), at = document.activeElement;
            if (bar.contains(at) || at === document.body) return false;
            const one = at.getBoundingClientRect(), over = bar.getBoundingClientRect();
            return one.top >= over.top && one.bottom <= over.bottom;
        }""")
        assert not hidden


def test_a_key_answers_unless_somebody_is_writing(page):
    page.goto("/gallery/record/")
    story = page.get_by_label("Why")
    story.press_sequentially("yes, now")
    assert story.input_value() == "yes, now"
    assert urlsplit(page.url).path == "/gallery/record/"
    page.locator("main h1").click()
    page.keyboard.press("j")
    page.wait_for_url("**/gallery/")


def test_a_combination_answers_even_while_somebody_is_writing(page):
    page.goto("/gallery/record/")
    page.evaluate("""document.querySelector("[data-key='alt+p']").addEventListener("click", (event) => {
        event.preventDefault();
        window.pressed = document.querySelector("[data-keys-said]").textContent;
    })""")
    page.get_by_label("Why").focus()
    page.keyboard.press("Alt+p")
    assert page.evaluate("window.pressed") == "Protect now"


def test_single_keys_can_be_turned_off_and_stay_off(page):
    page.goto("/gallery/record/")
    page.get_by_role("button", name="Single keys are on").click()
    page.reload()
    expect(page.get_by_role("button", name="Single keys are off")).to_be_visible()
    page.locator("main h1").click()
    page.keyboard.press("j")
    page.keyboard.press("2")
    assert urlsplit(page.url).path == "/gallery/record/"


def test_a_draft_is_saved_as_it_is_typed_and_the_browser_keeps_nothing(writing):
    writing.get_by_label("Story").press_sequentially("He said: don't tell.")
    expect(_status(writing)).to_contain_text("Saved")
    assert addresses.SENT[-1]["story"] == "He said: don't tell."
    assert addresses.SENT[0]["draft_version"] == "0"
    writing.get_by_label("Story").press_sequentially(" More.")
    writing.wait_for_function(f"document.forms[0].draft_version.value > {len(addresses.SENT) - 1}")
    assert addresses.SENT[-1]["draft_version"] == str(len(addresses.SENT) - 1)
    assert writing.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_without_a_connection_the_page_says_so_and_saves_when_it_is_back(writing):
    writing.context.set_offline(True)
    writing.get_by_label("Story").press_sequentially("Kept")
    expect(_status(writing)).to_contain_text("Not saved: no connection")
    writing.context.set_offline(False)
    expect(_status(writing)).to_contain_text("Saved")
    assert addresses.SENT[-1]["story"] == "Kept"


@pytest.mark.parametrize(
    ("status", "told"),
    [(409, "changed in another window"), (302, "you have been signed out"), (401, "signed out"), (500, "a fault")],
)
def test_what_was_not_saved_is_said_and_stays_on_the_page(writing, status, told):
    addresses.ANSWER["status"] = status
    writing.get_by_label("Story").press_sequentially("Mine")
    expect(_status(writing)).to_contain_text(told)
    assert writing.get_by_label("Story").input_value() == "Mine"


def test_a_conflict_stops_saving_so_that_nothing_is_overwritten(writing):
    addresses.ANSWER["status"] = 409
    writing.get_by_label("Story").press_sequentially("Mine")
    expect(_status(writing)).to_contain_text("Copy what you typed")
    sent = len(addresses.SENT)
    addresses.ANSWER["status"] = 200
    writing.get_by_label("Story").press_sequentially(" and more")
    writing.evaluate("dispatchEvent(new Event('online'))")
    writing.evaluate("fetch('/gallery/')")
    assert len(addresses.SENT) == sent


def test_before_an_idle_session_ends_it_can_be_kept(page):
    page.clock.install(time=datetime(2026, 4, 2, 9, tzinfo=UTC))
    page.goto("/gallery/record/")
    page.clock.fast_forward("27:50")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.fast_forward("00:20")
    expect(page.get_by_role("dialog", name="You will be signed out soon")).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.fast_forward("20:00")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_session_that_ended_covers_the_page(page):
    page.clock.install(time=datetime(2026, 4, 2, 9, tzinfo=UTC))
    page.goto("/gallery/record/")
    page.clock.fast_forward("30:01")
    dialog = page.get_by_role("dialog", name="You have been signed out")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    expect(page.get_by_role("link", name="Sign in again")).to_be_visible()


def test_the_browser_says_a_clock_in_the_same_words_as_the_server(page):
    page.goto("/gallery/lists/")
    at = datetime(2026, 4, 2, tzinfo=UTC)
    seconds = [0, 1, 59, 60, 61, 3599, 3600, 3661, 86399, 86400, 90061, 86460, 10_000_000]
    lengths = [sign * one for one in seconds for sign in (1, -1)]
    said = page.evaluate(
        """async (lengths) => {
            const address = document.querySelector("script[src*='clocks']").src;
            const { remaining } = await import(address);
            return lengths.map((length) => remaining(length, 3600));
        }""",
        lengths,
    )
    for length, told in zip(lengths, said, strict=True):
        expected = words.remaining(at + timedelta(seconds=length), at)
        assert (told["words"], told["state"]) == (expected.words, expected.state)


def test_clocks_and_ages_go_on_while_a_page_stands_open(page):
    # The browser's own clock is wrong by days: the server's counts.
    page.clock.install(time=datetime(2026, 4, 9, 3, tzinfo=UTC))
    page.goto("/gallery/lists/")
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("2 hours 30 minutes left")
    page.clock.fast_forward("30:30")
    expect(first).to_contain_text("37 minutes")
    expect(first).to_contain_text("1 hour 59 minutes left")
    page.clock.fast_forward("01:30:00")
    expect(first.locator(".fd-clock--soon")).to_contain_text("29 minutes left")
    page.clock.fast_forward("30:00")
    expect(first.locator(".fd-clock--late")).to_contain_text("late by")


@pytest.mark.parametrize("way", ["click", "shift three times"])
def test_exit_this_page_leaves_at_once_and_back_shows_nothing(page, way, settings):
    settings.EXIT_ADDRESS = "/weather/"
    page.goto("/gallery/question/")
    page.context.add_cookies([{"name": "frontdoor-report", "value": "x", "url": page.url}])
    begun = page.evaluate("Date.now()")
    if way == "click":
        page.get_by_role("button", name="Exit this page").click()
    else:
        # The component listens once its library has been fetched, which may be after the page's own load.
        page.wait_for_selector("body[data-govuk-frontend-exit-this-page-keypress]")
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("**/weather/")
    assert page.evaluate("performance.timeOrigin") - begun < 2_000
    assert not [cookie for cookie in page.context.cookies() if "frontdoor" in cookie["name"]]
    page.go_back()
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()


def test_exit_this_page_works_without_scripts(new_page, settings):
    settings.EXIT_ADDRESS = "/weather/"
    page = new_page(java_script_enabled=False)
    page.goto("/gallery/question/")
    page.get_by_role("button", name="Exit this page").click()
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()


def test_what_an_answer_reveals_shows_with_the_answer(new_page):
    for scripts in (True, False):
        page = new_page(java_script_enabled=scripts)
        page.goto("/gallery/fields/")
        revealed = page.get_by_text("Revealed with the answer")
        expect(revealed).to_be_visible()
        page.locator("label[for=filled_route-2]").click()
        expect(revealed).to_be_hidden()


def test_a_question_that_one_answer_asks_shows_with_it_and_keeps_what_was_typed_but_does_not_send_it(new_page):
    page = new_page()
    page.goto("/gallery/fields/")
    asked, school = page.get_by_label("Telephone of the second school"), page.locator("#empty_school")
    expect(asked).to_be_hidden()
    school.select_option("2")
    asked.fill("01632 960001")
    school.select_option("1")
    expect(asked).to_be_hidden()
    assert "extra-telephone" not in page.evaluate("[...new FormData(document.forms.empty).keys()]")
    school.select_option("2")
    expect(asked).to_have_value("01632 960001")
    without = new_page(java_script_enabled=False)
    without.goto("/gallery/fields/")
    expect(without.get_by_label("Telephone of the second school")).to_be_visible()


def test_a_printed_page_holds_no_buttons_or_navigation(page):
    page.goto("/gallery/record/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="PBO-2026-00042")).to_be_visible()
    for gone in (
        page.get_by_role("button", name="Agree"),
        page.get_by_role("link", name="Lists"),
        page.locator("footer"),
    ):
        expect(gone).to_be_hidden()
