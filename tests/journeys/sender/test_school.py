"""A school sends, follows what it sent until it is answered, adds to it, compares its day, and lets a leaver go."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from frontdoor.actors.rules import CLOCK_SWEEP, SEEDER
from frontdoor.contacts.actions.senders import tell_senders
from frontdoor.contacts.actions.trials import look_for_tests
from frontdoor.contacts.models import Contact, FirstLook
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.journey


def signed_in(new_page, site, world, code, **options):
    page, client = new_page(**options), world.signed_in(Client(), world.sender(code))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return page


def write_a_report(page):
    page.get_by_role("group", name="Is a child in danger right now?").get_by_label("No", exact=True).check()
    page.get_by_label("What are you worried about?").fill("He came in without a coat for the third time.")
    page.get_by_label("First name").first.fill("Lorcan")
    page.get_by_role("button", name="Add another child").click()
    page.get_by_label("First name").nth(1).fill("Mina")
    page.get_by_label("Postcode where the child lives").fill("PE1 1YH")
    page.get_by_role("group", name="Do they agree?").get_by_label("Yes, they agree").check()


def put_aside_and_go_on(page, look, *, scripts):
    """What was typed is kept, with scripts by itself; nobody has seen it, and the page says so."""
    if scripts:
        page.get_by_label("Your job").press_sequentially("Teacher")
        page.get_by_role("status").get_by_text("Saved").wait_for()
        page.goto("/sender/")
    else:
        page.get_by_label("Your job").fill("Teacher")
        page.get_by_role("button", name="Save and go on later").click()
    page.get_by_text("has not been sent: nobody has seen it").wait_for()
    look(page)
    page.get_by_role("link", name="Go on with it").click()
    page.get_by_text("This has not been sent: nobody has seen it").wait_for()
    expect(page.get_by_label("First name").nth(1)).to_have_value("Mina")
    expect(page.get_by_label("Your job")).to_have_value("Teacher")
    expect(page.get_by_role("group", name="Do they agree?").get_by_label("Yes, they agree")).to_be_checked()
    look(page)


def looked_at():
    contact = Contact.objects.get()
    FirstLook.objects.create(
        authority_id=PETERBOROUGH, contact=contact, danger="no", line="Read", looked_by=1, looked_at=datetime.now(UTC)
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["", "without scripts"])
def test_a_school_sends_and_sees_what_became_of_it(scripts, *, new_page, axe, site, world, run_jobs):
    page = signed_in(new_page, site, world, "school", java_script_enabled=scripts)
    look = axe if scripts else lambda page: None
    page.goto("/desk/")
    page.get_by_role("heading", name="What we sent").wait_for()
    look(page)
    page.get_by_role("button", name="Send a report").click()
    look(page)
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("alert").get_by_text("Choose one, also if you cannot tell").wait_for()
    look(page)
    write_a_report(page)
    put_aside_and_go_on(page, look, scripts=scripts)
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("heading", name="It has arrived").wait_for()
    number = page.get_by_text("874-W-000001").first
    number.wait_for()
    look(page)

    run_jobs()
    with world.system(SEEDER):
        looked_at()
    with world.system(CLOCK_SWEEP) as by:
        tell_senders(by=by, at=datetime.now(UTC))
    colleague = signed_in(new_page, site, world, "school-lead", java_script_enabled=scripts)
    colleague.goto("/sender/")
    row = colleague.get_by_role("row", name="874-W-000001")
    row.get_by_text("Daniel Eyre").wait_for()
    row.get_by_text("A social worker has looked at it").wait_for()
    colleague.get_by_role("link", name="874-W-000001").click()
    look(colleague)
    colleague.get_by_role("button", name="Add something, or put something right").click()
    look(colleague)
    colleague.get_by_role("group", name="Is a child in danger right now?").get_by_label("No", exact=True).check()
    colleague.get_by_label("What do you want to add or put right?").fill("His mother brought the coat.")
    colleague.get_by_role("button", name="Send it").click()
    colleague.get_by_role("heading", name="It has arrived").wait_for()
    colleague.get_by_role("heading", name="It adds to 874-W-000001").wait_for()
    look(colleague)
    colleague.get_by_role("link", name="See where 874-W-000001 stands").click()
    colleague.get_by_text("His mother brought the coat.").wait_for()
    look(colleague)


def test_a_school_compares_its_day_tries_the_door_and_lets_a_leaver_go(*, new_page, axe, site, world, run_jobs):
    lead, leaver = (signed_in(new_page, site, world, code) for code in ("school-lead", "school"))
    leaver.goto("/sender/new/")
    write_a_report(leaver)
    leaver.get_by_role("button", name="Send the report").click()
    leaver.get_by_role("heading", name="It has arrived").wait_for()

    lead.goto(f"/sender/day/{datetime.now(UTC).date()}/")
    axe(lead)
    lead.get_by_label("Your own list").fill("874-W-000001\n874-W-000009")
    lead.get_by_role("button", name="Compare").click()
    lead.get_by_role("heading", name="In your list, and not received").wait_for()
    lead.get_by_role("listitem").filter(has_text="874-W-000009").wait_for()
    axe(lead)

    lead.get_by_role("link", name="Test messages").click()
    lead.get_by_role("button", name="Send a test message").click()
    run_jobs()
    with world.system(CLOCK_SWEEP) as by:
        look_for_tests(by=by, at=datetime.now(UTC))
    lead.reload()
    lead.get_by_role("row", name="874-X-000001").get_by_text("Arrived").wait_for()
    axe(lead)

    lead.get_by_role("link", name="People", exact=True).click()
    axe(lead)
    lead.get_by_role("button", name="Let a colleague send too").click()
    axe(lead)
    lead.get_by_label("E-mail address at work").fill("robin.marsh@example.org")
    lead.get_by_label("Full name").fill("Robin Marsh")
    lead.get_by_role("button", name="Send the invitation").click()
    lead.get_by_role("row", name="Robin Marsh").wait_for()
    lead.get_by_role("row", name="Daniel Eyre").get_by_role("link").click()
    axe(lead)
    lead.get_by_label("Why").fill("Has left the school")
    lead.get_by_role("button", name="End it now").click()
    lead.get_by_role("row", name="Daniel Eyre").get_by_text("Ended").wait_for()

    leaver.goto("/sender/")
    leaver.get_by_role("heading", name="Sign in").wait_for()
