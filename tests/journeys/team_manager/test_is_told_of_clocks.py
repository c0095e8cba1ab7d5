"""A team manager is told of clocks, looks at each by one key, says why one was missed, and lets one stand still."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.actors.rules import CLOCK_SWEEP
from frontdoor.clocks import actions as clocks
from frontdoor.desk import actions as desk
from frontdoor.letters.models import Letter
from frontdoor.letters.rules.kinds import OUTCOME
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.journey


@pytest.fixture
def late(site, world):
    """A contact that came days ago, of which the sweep has told; and its answer, which runs."""
    now = timezone.now()
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, at=now - timedelta(days=9), people=(child(given_name="Ewa", family_name="Nowak"),))
        clocks.start(OUTCOME, subject=("letters.letter", Letter.objects.get().key), by=by, at=now)
    with world.system(CLOCK_SWEEP, council=PETERBOROUGH) as by:
        clocks.sweep(by=by, at=now)
        desk.sweep(by=by, at=now)
    return contact


def test_is_told_looks_and_says_why(new_page, site, world, axe, late):
    page = entered(new_page, site, world, "team_manager")
    page.goto("/desk/")
    axe(page)
    page.get_by_role("link", name="that you have not seen").click()
    expect(page.get_by_role("heading", name="Notices", exact=True)).to_be_visible()
    axe(page)
    waiting = page.get_by_role("table", name="Not seen yet").get_by_role("button", name="Seen")
    many = waiting.count()
    assert many >= 2
    page.keyboard.press("s")
    expect(page.get_by_role("table", name="Seen by you")).to_be_visible()
    expect(waiting).to_have_count(many - 1)
    axe(page)
    waiting.last.click()
    expect(waiting).to_have_count(many - 2)

    row = page.get_by_role("row").filter(has_text="Decision on the contact")
    row.get_by_role("link", name="Say why").first.click()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose why it was missed")
    axe(page)
    page.get_by_label("There were not enough people").check()
    page.get_by_label("What happened").fill("Two of us were ill.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table", name="Explained lately")).to_contain_text("Two of us were ill.")
    axe(page)
    page.get_by_role("table", name="Explained lately").get_by_role("link", name=late.receipt).click()
    expect(page.get_by_role("table", name="Clocks", exact=True)).to_contain_text("Two of us were ill.")
    axe(page)


def test_lets_the_answer_wait_because_the_police_asked(new_page, site, world, axe, late):
    page = entered(new_page, site, world, "team_manager")
    page.goto(f"/peterborough/contacts/{late.key}/")
    page.get_by_role("link", name="Pause").click()
    axe(page)
    page.get_by_role("button", name="Pause the clock").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose why it stands still")
    axe(page)
    page.get_by_label("The police or a court have asked us to wait").check()
    page.get_by_label("Who asked for this, and when?").fill("DC Reed, at two")
    page.get_by_role("button", name="Pause the clock").click()
    page.goto(f"/peterborough/contacts/{late.key}/")
    expect(page.get_by_role("table", name="Clocks", exact=True)).to_contain_text("DC Reed, at two")
    page.get_by_role("link", name="Let it run").click()
    axe(page)
    page.get_by_role("button", name="Let it run").click()
    page.goto(f"/peterborough/contacts/{late.key}/")
    expect(page.get_by_role("link", name="Pause")).to_be_visible()


def test_reads_the_notices_on_a_narrow_screen_without_scripts(new_page, site, world, axe, late):
    page = entered(
        new_page, site, world, "team_manager", viewport={"width": 320, "height": 800}, java_script_enabled=False
    )
    page.goto("/desk/notices/")
    waiting = page.get_by_role("table", name="Not seen yet").get_by_role("button", name="Seen")
    many = waiting.count()
    waiting.first.click()
    expect(waiting).to_have_count(many - 1)
    page.goto("/desk/clocks/")
    expect(page.get_by_role("link", name=late.receipt).first).to_be_visible()
