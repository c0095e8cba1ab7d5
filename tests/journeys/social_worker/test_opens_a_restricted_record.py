"""A social worker meets a record that few may open, opens it with a reason; another person looks at that."""

import pytest
from django.db import transaction
from django.utils import timezone

from frontdoor.people.actions import index, restricting
from frontdoor.people.rules.restricting import Why
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey
BORN = timezone.now().date().replace(year=2016, month=5, day=3)


@pytest.fixture
def met(site, world):
    """A contact about a child whose record is restricted."""
    now = timezone.now()
    with transaction.atomic(), world.acting("contact_officer", at=now) as by:
        source = index.Source("system", "Case system")
        person = index.make(given_name="Elsie", family_name="Brandreth", born=BORN, source=source, by=by, at=now)
    with transaction.atomic(), world.acting("head_of_service", at=now) as by:
        why = Why("staff", "Her mother works here", "Ann Teller", "01632 960100", by.user_id)
        restricting.restrict(person.key, given=why, by=by, at=now)
    with transaction.atomic(), world.acting("contact_officer", at=now) as by:
        told = child(given_name="Elsie", family_name="Brandreth", date_of_birth=BORN)
        return arrive(by=by, people=(told,)).key


def test_calls_in_vain_opens_a_record_with_a_reason_and_another_looks_at_it(new_page, site, world, axe, met):
    page = entered(new_page, site, world, "social_worker")
    page.goto(f"/peterborough/contacts/{met}/")
    page.get_by_text("Call Ann Teller on 01632 960100").wait_for()
    page.get_by_role("link", name="Nobody answers, and it cannot wait").click()
    axe(page)
    page.get_by_role("button", name="Give your second step again").click()
    page.locator("input[name=code]").fill(world.code(world.user("social_worker")))
    axe(page)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Why must you open it now?").fill("The police stand at the door and ask who may collect her.")
    axe(page)
    page.get_by_role("button", name="Open the record").click()
    page.get_by_role("heading", name="Elsie Brandreth").wait_for()
    page.get_by_text("It was reported, and another person looks at it.").wait_for()
    axe(page)
    page.get_by_role("link", name="Close it now").click()
    axe(page)
    page.get_by_role("button", name="Close it").click()

    officer = entered(new_page, site, world, "data_protection_officer", council=874)
    officer.goto("/peterborough/people/opened/")
    axe(officer)
    officer.get_by_role("table").get_by_role("link").first.click()
    officer.get_by_text("The police stand at the door").wait_for()
    axe(officer)
    officer.get_by_label("The record had to be opened").check()
    officer.get_by_role("button", name="Save").click()
    officer.get_by_role("cell", name="The record had to be opened").wait_for()
