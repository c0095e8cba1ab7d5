"""A contact officer takes calls in a real browser: whatever happens to browser, line or session, no word is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from frontdoor.contacts.models import Contact, Draft, Named, Statement
from tests.contacts.arriving import arrive, child
from tests.worlds import CAMBRIDGESHIRE, PASSWORD, World

pytestmark = pytest.mark.journey

Sits = Callable[..., Page]
STORY = "Mia Brook, 7, must not go home. She said: “He will hurt me.” She lives at 14 Kestrel Court, Orton, PE2 5AB."


def begin(page: Page, slug: str = "peterborough") -> Page:
    """Take a call."""
    page.goto(f"/{slug}/call/")
    page.keyboard.press("n")
    expect(story(page)).to_be_focused()
    return page


def story(page: Page):
    return page.get_by_label("What you are told")


def status(page: Page):
    return page.locator("[data-autosave-status]")


def caret(page: Page, words: str) -> None:
    """Put the caret into the middle of some words."""
    story(page).evaluate(
        "(s, w) => { const at = s.value.indexOf(w) + 2; s.focus(); s.setSelectionRange(at, at); }", words
    )


def press(page: Page, key: str, said: str) -> None:
    page.keyboard.press(key)
    expect(page.locator("[data-said]")).to_contain_text(said)


@pytest.fixture
def call(sits: Sits) -> Page:
    """A call that was begun."""
    return begin(sits())


def test_what_was_typed_is_there_again_when_the_browser_has_died(call: Page, sits: Sits, world: World) -> None:
    call.keyboard.type("She said: don't tell.")
    expect(status(call)).to_contain_text("Saved")
    call.context.close()  # no word of farewell, as when a machine dies
    again = sits()
    again.goto("/peterborough/call/")
    expect(again.get_by_text("She said: don't tell.")).to_be_visible()
    again.locator("tbody a").click()
    expect(story(again)).to_have_value("She said: don't tell.")
    other = sits(second=True)
    assert other.goto(again.url).status == 404
    other.goto("/peterborough/call/")
    expect(other.get_by_text("You have no call that has not ended")).to_be_visible()


def test_a_line_that_breaks_keeps_the_words_on_the_screen_and_saves_them_when_it_is_back(
    call: Page, world: World
) -> None:
    call.context.set_offline(True)
    call.keyboard.type("Kept on the screen.")
    expect(status(call)).to_contain_text("Not saved: no connection")
    call.context.set_offline(False)
    expect(status(call)).to_contain_text("Saved")
    with world.acting("contact_officer"):
        assert Draft.objects.get().data["typed"]["story"] == "Kept on the screen."


def test_two_windows_are_told_and_both_texts_stand_side_by_side(call: Page, axe: Callable[[Page], None]) -> None:
    other = call.context.new_page()
    other.goto(call.url)
    call.keyboard.type("From the first window.")
    expect(status(call)).to_contain_text("Saved")
    story(other).focus()
    other.keyboard.type("From the second window.")
    expect(status(other)).to_contain_text("changed in another window")
    other.get_by_role("button", name="Start the clock").click()
    expect(other.get_by_text("This changed while you had it open")).to_be_visible()
    expect(other.get_by_text("From the first window.")).to_be_visible()
    expect(story(other)).to_have_value("From the second window.")
    other.evaluate("scrollTo(0, document.body.scrollHeight)")
    axe(other)


def test_a_session_that_ended_is_begun_again_in_another_window_and_the_call_goes_on(call: Page, world: World) -> None:
    call.context.clear_cookies()
    call.keyboard.type("While signed out.")
    expect(status(call)).to_contain_text("you have been signed out")
    door, user = call.context.new_page(), world.user("contact_officer")
    door.goto("/account/login/")
    door.get_by_label("Email").fill(user.email)
    door.get_by_label("Password", exact=True).fill(PASSWORD)
    door.get_by_role("button", name="Sign in", exact=True).click()
    door.get_by_label("code").first.fill(world.code(user))
    door.get_by_role("button").filter(has_text="Sign in").or_(door.get_by_role("button", name="Continue")).first.click()
    door.wait_for_url("**/desk/**")
    expect(status(call)).to_contain_text("Saved", timeout=15_000)
    with world.acting("contact_officer"):
        assert Draft.objects.get().data["typed"]["story"] == "While signed out."


def test_somebody_else_who_signs_in_at_the_same_desk_saves_nothing_into_the_call(
    call: Page, sits: Sits, world: World
) -> None:
    call.keyboard.type("Mine.")
    expect(status(call)).to_contain_text("Saved")
    sits(at=call, second=True)
    call.keyboard.type(" Typed on.")
    expect(status(call)).to_contain_text("not yours under the name that is signed in")
    expect(story(call)).to_have_value("Mine. Typed on.")
    with world.acting("contact_officer"):
        assert Draft.objects.get().data["typed"]["story"] == "Mine."


def test_marks_stay_right_whatever_is_typed_before_them_and_lead_back(call: Page, world: World) -> None:
    call.keyboard.type(STORY)
    caret(call, "She said")
    press(call, "Alt+1", "own words")
    expect(story(call)).to_be_focused()
    story(call).evaluate("s => s.setSelectionRange(0, 0)")
    call.keyboard.type("😀 The school rings. ")
    expect(call.locator("[name=marks]")).to_have_value(re.compile(r'"starts": ?5[0-9]'))
    caret(call, "Mia Brook")
    press(call, "Alt+4", "A person")
    expect(call.get_by_label("First name").first).to_have_value("Mia")
    expect(call.get_by_label("Last name").first).to_have_value("Brook")
    expect(call.get_by_label("Or age").first).to_have_value("7")
    expect(call.locator("fieldset")).not_to_have_count(0)
    call.locator("#marked").get_by_role("link", name="He will hurt me").click()
    assert (
        story(call).evaluate("s => s.value.slice(s.selectionStart, s.selectionEnd)") == "She said: “He will hurt me.”"
    )
    call.locator("[data-source=people-0] a").click()
    assert "Mia Brook, 7" in story(call).evaluate("s => s.value.slice(s.selectionStart, s.selectionEnd)")
    call.get_by_role("button", name="Take off the mark: The child's own words").click()
    expect(call.locator("[data-said]")).to_contain_text("No longer marked")
    call.keyboard.press("Alt+Enter")
    call.wait_for_url("**/ended/")
    with world.acting("contact_officer"):
        contact, mark = Contact.objects.get(), Statement.objects.get()
        assert contact.story == f"😀 The school rings. {STORY}"
        assert contact.story[mark.starts : mark.ends] == mark.words == "Mia Brook, 7, must not go home."


def test_three_marks_pressed_faster_than_the_line_answers_are_three_marks(call: Page, world: World) -> None:
    call.keyboard.type(STORY)
    for key, words in (("Alt+2", "Mia Brook"), ("Alt+1", "She said"), ("Alt+5", "She lives")):
        caret(call, words)
        call.keyboard.press(key)
    expect(call.locator("#marked li")).to_have_count(3)
    expect(call.get_by_label("Where the family lives")).to_have_value("14 Kestrel Court, Orton")


def test_enter_in_a_line_leads_nowhere_and_every_part_is_one_key_away(call: Page) -> None:
    where = call.url
    for key, focused in (
        ("Alt+6", "danger"),
        ("Alt+7", "people-0-given_name"),
        ("Alt+8", "name"),
        ("Alt+9", "worry_type"),
        ("Alt+0", "story"),
    ):
        call.keyboard.press(key)
        call.wait_for_function("name => document.activeElement.name === name", arg=focused)
    call.keyboard.press("Alt+h")
    call.wait_for_function("document.activeElement.id === 'earlier'")
    call.keyboard.press("Alt+8")
    call.keyboard.type("Harriet Sedge")
    call.keyboard.press("Enter")
    expect(status(call)).to_contain_text("Saved")
    assert call.url == where


def test_earlier_contacts_show_while_a_name_is_typed_and_never_in_an_address(call: Page, world: World) -> None:
    with world.acting("contact_officer") as by:
        arrive(
            by=by, people=(child(given_name="Mia", family_name="Brook"), child(given_name="Tom", family_name="Brook"))
        )
    asked: list[str] = []
    call.on("request", lambda request: asked.append(request.url))
    call.keyboard.press("Alt+7")
    call.keyboard.type("Mia")
    call.keyboard.press("Tab")
    call.keyboard.type("Brook")
    expect(call.locator("#earlier").get_by_text("Tom Brook")).to_be_visible()
    assert not [address for address in asked if "Brook" in address or "Mia" in address]


def test_a_call_that_is_the_other_councils_goes_there_without_losing_a_word(call: Page, world: World) -> None:
    call.keyboard.type("Tom Fenwick, 9, sleeps in a car.")
    press(call, "Alt+4", "A person")
    call.get_by_label("Postcode").first.fill("PE15 8AA")
    expect(call.get_by_text("Move the call there")).to_be_visible()
    story(call).focus()
    call.keyboard.press("Control+End")
    call.keyboard.type(" He is cold.")
    call.get_by_role("button", name="Move the call to Cambridgeshire").click()
    call.wait_for_url("**/cambridgeshire/call/*/")
    expect(story(call)).to_have_value("Tom Fenwick, 9, sleeps in a car. He is cold.")
    expect(call.get_by_label("First name").first).to_have_value("Tom")
    call.keyboard.press("Alt+Enter")
    call.wait_for_url("**/ended/")
    expect(call.get_by_text("873-T-000001").first).to_be_visible()
    with world.acting("contact_officer", council=CAMBRIDGESHIRE):
        assert Named.objects.get().given_name == "Tom"


def test_an_error_stands_beside_its_field_and_the_call_goes_on(call: Page, axe: Callable[[Page], None]) -> None:
    call.keyboard.type("He is out in the cold.")
    call.get_by_label("Day", exact=True).nth(1).fill("31")
    call.get_by_label("Month", exact=True).nth(1).fill("2")
    call.get_by_label("Year", exact=True).nth(1).fill("2018")
    call.keyboard.press("Alt+Enter")
    expect(call.get_by_role("link", name="Date of birth must be a real date")).to_be_visible()
    call.evaluate("scrollTo(0, document.body.scrollHeight)")
    axe(call)
    call.get_by_role("link", name="Date of birth must be a real date").click()
    call.keyboard.type("28")
    expect(story(call)).to_have_value("He is out in the cold.")


def test_the_screen_fits_320_pixels_which_are_1280_at_four_times_the_size(
    sits: Sits, axe: Callable[[Page], None]
) -> None:
    page = begin(sits(viewport={"width": 320, "height": 640}))
    page.keyboard.type(STORY)
    press(page, "Alt+5", "An address")
    press(page, "Alt+2", "A worry")
    caret(page, "Mia")
    press(page, "Alt+4", "A person")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page)


def test_without_scripts_a_call_is_taken_marked_made_safe_and_ended(sits: Sits, world: World) -> None:
    page = sits(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/peterborough/call/")
    page.get_by_role("button", name="Take a call").click()
    page.get_by_label("What you are told").fill(STORY)
    page.get_by_role("button", name="A person").click()
    page.get_by_label("Mia Brook, 7, must not go home.").check()
    page.get_by_role("button", name="Mark it").click()
    expect(page.get_by_label("First name").first).to_have_value("Mia")
    page.get_by_label("We ring them").check()
    page.get_by_role("button", name="Start the clock").click()
    expect(page.get_by_text("on the team's clock board")).to_be_visible()
    page.get_by_role("button", name="Red flag").click()
    expect(page.get_by_text("The red flag is raised")).to_be_visible()
    page.get_by_role("button", name="Take in as a worry").click()
    expect(page.get_by_text("874-T-000001").first).to_be_visible()
    with world.acting("contact_officer"):
        assert Named.objects.get().family_name == "Brook"
