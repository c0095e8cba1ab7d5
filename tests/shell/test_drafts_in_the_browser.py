"""A draft that is asked for more than text, and a form that is sent while its draft is being saved."""

import pytest
from playwright.sync_api import expect

from tests.shell import addresses


@pytest.fixture(autouse=True)
def our_addresses(settings):
    settings.ROOT_URLCONF = "tests.shell.addresses"
    addresses.ANSWER["status"] = 200
    addresses.SENT.clear()


@pytest.fixture
def held(page):
    """A page whose savings wait until they are let go, in their order."""
    waiting = []
    page.route("**/draft/", lambda route: waiting.append(route))  # noqa: PLW0108 (a built-in method is refused)
    page.goto("/writing/")
    return page, waiting


def _ask(page, **fields):
    page.evaluate("f => document.forms[0].dispatchEvent(new CustomEvent('frontdoor:save', {detail: f}))", fields)


def _until(page, condition):
    """Let the browser's events in until something holds on our side of the wire."""
    for _ in range(2_400):  # a minute
        if condition():
            return
        page.wait_for_timeout(25)
    raise AssertionError("it never came")


def test_what_is_asked_while_a_saving_is_on_its_way_goes_with_the_next_ones_in_order(held):
    page, waiting = held
    page.get_by_label("Story").press_sequentially("He")
    _until(page, lambda: waiting)
    _ask(page, do="mark:worry")
    _ask(page, do="mark:person")
    for _ in range(3):
        _until(page, lambda: waiting)
        waiting.pop(0).continue_()
    _until(page, lambda: len(addresses.SENT) == 3)
    assert [sent.get("do") for sent in addresses.SENT] == [None, "mark:worry", "mark:person"]
    assert [sent["draft_version"] for sent in addresses.SENT] == ["0", "1", "2"]


def test_what_was_asked_is_asked_again_after_a_fault(page):
    page.goto("/writing/")
    addresses.ANSWER["status"] = 500
    _ask(page, do="mark:worry")
    expect(page.locator("[data-autosave-status]")).to_contain_text("a fault on our side")
    addresses.ANSWER["status"] = 200
    page.evaluate("dispatchEvent(new Event('online'))")
    _until(page, lambda: len(addresses.SENT) == 2)
    assert [sent["do"] for sent in addresses.SENT] == ["mark:worry", "mark:worry"]


def test_a_form_that_is_sent_while_it_is_saved_is_sent_with_the_version_that_was_saved(held):
    page, waiting = held
    page.get_by_label("Story").press_sequentially("He hit her.")
    _until(page, lambda: waiting)
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith("/writing/")) as sent:
        page.get_by_role("button", name="Save").click()
        waiting.pop(0).continue_()
    assert "draft_version=1" in (sent.value.post_data or "")


def test_a_draft_of_somebody_else_says_so_and_keeps_what_was_typed(page):
    page.goto("/writing/")
    addresses.ANSWER["status"] = 404
    page.get_by_label("Story").press_sequentially("Mine")
    expect(page.locator("[data-autosave-status]")).to_contain_text("not yours under the name that is signed in")
    assert page.get_by_label("Story").input_value() == "Mine"


def test_a_key_with_alt_is_known_by_its_place_where_alt_writes_another_letter(page):
    page.goto("/writing/")
    page.evaluate("document.querySelector('[data-key]').dataset.key = 'alt+5'")
    page.evaluate("""() => {
        document.forms[0].addEventListener("submit", (event) => { event.preventDefault(); window.pressed = true; });
        const key = { key: "∞", code: "Digit5", altKey: true, bubbles: true, cancelable: true };
        document.querySelector("textarea").dispatchEvent(new KeyboardEvent("keydown", key));
    }""")
    assert page.evaluate("window.pressed")
