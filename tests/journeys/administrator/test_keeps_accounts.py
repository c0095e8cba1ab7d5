"""An administrator lets a colleague in, gives her a post, and lets a school's system send."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.entering import entered
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(new_page: Callable[..., Page], site: str, world: World) -> Page:
    """The browser of Peterborough's administrator."""
    return entered(new_page, site, world, "administrator", council=PETERBOROUGH)


def test_lets_a_colleague_in(desk: Page, axe: Callable[[Page], None]) -> None:
    desk.goto("/desk/")
    desk.get_by_role("link", name="Accounts").click()
    axe(desk)
    desk.get_by_role("button", name="Make an account").click()
    axe(desk)
    desk.get_by_role("button", name="Make the account").click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter an e-mail address")
    axe(desk)
    desk.get_by_label("E-mail address at work").fill("new.colleague@example.org")
    desk.get_by_label("Full name").fill("Nell Colleague")
    desk.get_by_role("button", name="Make the account").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Nell Colleague")
    expect(desk.get_by_text("this account reaches nothing of this council")).to_be_visible()
    axe(desk)

    desk.get_by_role("button", name="Give a post").click()
    axe(desk)
    desk.get_by_label("Team").select_option("Peterborough contact centre")
    desk.get_by_label("Role").select_option("Contact officer")
    desk.get_by_label("Employer").select_option("Peterborough City Council")
    desk.get_by_role("button", name="Give the post").click()
    expect(desk.get_by_role("row", name="Contact officer")).to_contain_text("In force")
    axe(desk)

    desk.get_by_role("link", name="End this account").click()
    axe(desk)
    desk.get_by_label("Why").fill("Made by mistake")
    desk.get_by_role("button", name="End the account").click()
    expect(desk.get_by_text("Ended").first).to_be_visible()


def test_lets_a_system_send_and_sees_its_secret_once(desk: Page, axe: Callable[[Page], None]) -> None:
    desk.goto("/peterborough/accounts/clients/")
    axe(desk)
    desk.get_by_role("button", name="Let a system send").click()
    axe(desk)
    desk.get_by_label("Name of the system").fill("School records")
    desk.get_by_label("Whose system it is").select_option("Whittle Brook Primary School")
    desk.get_by_label("What it sends, and why").fill("Reports of worries")
    desk.get_by_role("button", name="Make the secret").click()
    expect(desk.get_by_text("This secret is shown once")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="I have taken it down").click()
    axe(desk)
    desk.get_by_role("button", name="Change the secret").click()
    axe(desk)


def test_sees_what_others_operate_and_ends_one_agreement_early(desk: Page, axe: Callable[[Page], None]) -> None:
    desk.goto("/desk/")
    desk.get_by_role("link", name="Agreements").click()
    expect(desk.get_by_role("row", name="Early help hub")).to_contain_text("1 January 2029")
    axe(desk)
    desk.get_by_role("row", name="Early help hub").get_by_role("link", name="End it early").click()
    axe(desk)
    desk.get_by_label("Day").fill("31")
    desk.get_by_label("Month").fill("12")
    desk.get_by_label("Year").fill("2028")
    desk.get_by_label("Why, and who decided").fill("Cabinet, to part in an orderly way")
    desk.get_by_role("button", name="End the agreement").click()
    expect(desk.get_by_role("row", name="Early help hub")).to_contain_text("31 December 2028")


def test_the_data_protection_officer_reads_the_trail_of_an_account(
    new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None]
) -> None:
    page = entered(new_page, site, world, "data_protection_officer", council=PETERBOROUGH)
    page.goto("/desk/")
    page.get_by_role("link", name="Trail", exact=True).click()
    axe(page)
    key = world.user("social_worker", council=PETERBOROUGH).key
    page.get_by_label("Everything done to a record").check()
    page.get_by_label("Address or key").fill(f"{site}/peterborough/accounts/{key}/")
    page.get_by_role("button", name="Show the trail").click()
    expect(page.get_by_role("table")).to_contain_text("access.make_account")
    axe(page)
