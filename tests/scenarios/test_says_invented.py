"""Every page of a demonstration says that its people are invented, and the agreement's extension to 2029 too."""

import pytest
from django.test import Client
from pytest_django import Settings

from frontdoor.access.rules import Kind, Role
from tests.separation.planting import plant
from tests.separation.routes import ROUTES
from tests.separation.walking import Walker
from tests.worlds import CAMBRIDGESHIRE, World

WORDS = (b"All people on this site are invented", b"agreement to 2029")
PEOPLE = (
    Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER, Role.CONTACT_OFFICER, Role.DESIGNATED_OFFICER, Role.ADMINISTRATOR,
    Role.DATA_PROTECTION_OFFICER, Role.AUDITOR, Role.SOCIAL_WORKER, Role.DATA_QUALITY_MANAGER, Role.ASSESSMENT_MANAGER,
)  # fmt: skip
NO_PAGES = {
    "alive", "health", "shell:leave", "mfa_download_recovery_codes", "desk:stay", "files:download", "files:page",
    "down:sheet",
    "contacts:notice-answers", "contacts:notice-refused", "contacts:notice-sample", "sender:notice-sample",
    "sender:notice-refused", "sender:notice-receipts", "people:brought-refused",
    "directory:findings", "familyhelp:invitation",
}  # fmt: skip
"""What is read by machines, kept as a file, or has no body."""
NO_WALK = {
    # Sign-in's own, which answer only in the middle of a sign-in, or lead on at once for the person who walks here.
    "account_email", "account_set_password", "account_signup", "mfa_activate_totp", "mfa_authenticate",
    "mfa_edit_webauthn", "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
    "openid_connect_callback", "openid_connect_login", "socialaccount_connections", "socialaccount_login_error",
    "socialaccount_signup",
    # It leads to the first question; and the page at the end is the journeys' own.
    "portal:start", "portal:sent", "portal:saved", "portal:young-sent", "portal:add-files",
    "portal:person",  # a person of the report, where none is named yet
    "sender:leaver",  # the colleague who is planted sends for another agency than the one who walks here
    "partner:more",  # a person of a request that was answered, where the planted one is not
    "handovers:print",  # for the two teams alone between which it travels
}  # fmt: skip
"""Addresses at which nobody here gets a page with status 200."""

OTHERWISE = {"handovers:refuse": "restricted"}
"""What is asked about instead of the planted usual: that slip is urgent, and one that is urgent cannot be refused."""


@pytest.fixture
def walkers(world: World, settings: Settings) -> list[Walker]:
    """A visitor and people of all kinds, each with a browser of their own, in a demonstration."""
    settings.DEMO = True
    grounds = plant(world)
    staff = [world.signed_in(Client(raise_request_exception=False), world.user(role)) for role in PEOPLE]
    staff += [
        world.signed_in(Client(raise_request_exception=False), world.sender(code))
        for code in ("school-lead", "police-desk")
    ]
    staff.append(world.signed_in(Client(raise_request_exception=False), world.partner("police-mash")))
    visitor = Client(raise_request_exception=False)
    visitor.post("/", {"way": "worry"})
    visitor.get("/cambridgeshire/report/worry/start/")
    return [Walker(client, grounds) for client in (visitor, *staff)]


def test_every_page_says_that_it_is_a_demonstration(walkers: list[Walker]) -> None:
    """All addresses, by whoever gets a page there; what refuses says it too."""
    silent, unseen = set(), set()
    for name, route in ROUTES.items():
        if route.kind is Kind.CLIENT or name in NO_PAGES or name.startswith(("api:", "open:")):
            continue
        pages = 0
        for walker in walkers:
            instead = walker.grounds[CAMBRIDGESHIRE].keys[OTHERWISE[name]] if name in OTHERWISE else ""
            path = walker.path(name, CAMBRIDGESHIRE, key=instead)
            answer = walker.ask("get", path.replace("/gallery/tables/", "/gallery/lists/"))
            if "text/html" not in answer.headers or not answer.body:
                continue
            if not all(word in answer.body for word in WORDS):
                silent.add(f"{name}: {answer.status}")
            pages += answer.status == 200
            if pages:
                break
        if not pages and route.get == 200:
            unseen.add(name)
    assert silent == set()
    assert unseen <= NO_WALK, " ".join(sorted(unseen - NO_WALK))


def test_an_installation_in_use_says_nothing_of_the_kind(world: World) -> None:
    answer = world.signed_in(Client(), world.user("team_manager")).get("/desk/")
    assert WORDS[0] not in answer.content
