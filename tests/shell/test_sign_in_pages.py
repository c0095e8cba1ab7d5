"""The sign-in library's pages look and behave as all others do."""

from playwright.sync_api import expect

from tests.worlds import PASSWORD

OURS = ("vendor/govuk-frontend.min.css", "shell/shell.css")


def _sign_in(page, world, user):
    page.goto("/account/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(world.code(user))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/desk/")


def _looks_like_ours(page):
    sheets = page.evaluate("[...document.styleSheets].map((sheet) => sheet.href)")
    assert all(any(name in sheet for sheet in sheets) for name in OURS)
    expect(page.locator("main h1")).to_have_count(1)
    expect(page.locator("footer")).to_contain_text("call 999")
    assert "fault" not in page.title()


def test_a_wrong_password_is_said_above_and_what_was_typed_stays(page, world, axe):
    page.goto("/account/login/")
    _looks_like_ours(page)
    axe(page)
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Email").input_value() == "nobody@example.org"
    assert page.get_by_label("Password", exact=True).input_value() == ""
    axe(page)


def test_the_pages_of_ones_own_account_are_accessible(page, world, axe):
    user = world.user("social_worker")
    _sign_in(page, world, user)
    for address in (
        "2fa/",
        "2fa/recovery-codes/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "password/change/",
        "sessions/",
        "logout/",
    ):
        page.goto(f"/account/{address}")
        if "reauthenticate" in page.url:
            axe(page)
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            page.get_by_role("button").filter(has_text="Confirm").click()
        _looks_like_ours(page)
        axe(page)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        page.set_viewport_size({"width": 1280, "height": 900})
