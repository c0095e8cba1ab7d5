"""A newcomer opens the invitation, sets up a second step, adds a passkey, and signs in with each."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import Page, expect

from frontdoor.access import jobs
from frontdoor.access.actions import make_account
from frontdoor.access.rules import Link
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import MAILER, SEEDER, SERVICE
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey
PASSWORD = "a password of one's own"
EMAIL = "newcomer@example.org"


@pytest.fixture
def invitation(site: str, world: World) -> str:
    """The address in the mail that a new account gets."""
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        user = make_account(EMAIL, "New Comer", by=by, at=datetime.now(UTC))
    with acting_for(SERVICE, by=MAILER) as by:
        jobs.send_link(by=by, at=datetime.now(UTC), user=user.pk, link=Link.INVITATION, site=f"{site}/")
    found = re.search(r"http://\S+", mail.outbox[0].body)
    assert found
    return found.group()


def passkeys(page: Page) -> None:
    """Give the browser a passkey store that says yes, as a finger on a reader would."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    store = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    more: dict[str, Any] = {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**store, **more}})


def give_password(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def code(page: Page) -> str:
    """What the authenticator app shows that has just been given the key on this page."""
    secret = page.get_by_label("Key").input_value()
    return format_hotp_value(hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30))


def test_the_way_from_the_invitation_to_the_desk(invitation: str, page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(invitation)
    axe(page)
    page.get_by_label("New Password", exact=True).fill("short")
    page.get_by_label("New Password (again)").fill("short")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_role("alert")).to_contain_text("too short")
    axe(page)
    page.get_by_label("New Password", exact=True).fill(PASSWORD)
    page.get_by_label("New Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Save the password").click()
    axe(page)

    page.goto("/account/login/")
    axe(page)
    give_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second step")
    axe(page)
    page.get_by_label("Authenticator code").fill(code(page))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    axe(page)
    recovery = page.get_by_label("Your codes").input_value().split()
    assert len(recovery) == 10

    passkeys(page)
    page.goto("/account/2fa/webauthn/add/")
    axe(page)
    page.get_by_label("Name").fill("My laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("1 passkey added.")).to_be_visible()
    axe(page)
    page.goto("/account/sessions/")
    axe(page)
    page.goto("/account/password/change/")
    axe(page)

    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    give_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    axe(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Incorrect code")
    axe(page)
    page.get_by_label("Code").fill(recovery[0])
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))

    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))
