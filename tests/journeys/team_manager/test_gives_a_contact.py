"""A team manager gives a family's contacts to a social worker, who finds them in their hands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


def test_gives_a_familys_contacts_to_a_colleague(new_page, site, world, axe):
    now = timezone.now()
    family = (child(given_name="Ewa", family_name="Nowak"),)
    with world.acting("contact_officer") as by:
        first, second = (arrive(by=by, at=now - timedelta(minutes=age), people=family) for age in (30, 10))
    colleague = world.user("social_worker", second=True).name

    manager = entered(new_page, site, world, "team_manager")
    manager.goto(f"/peterborough/contacts/{first.key}/")
    manager.get_by_role("link", name="Give to a colleague").click()
    axe(manager)
    manager.get_by_role("button", name="Give it").click()
    manager.get_by_role("alert").get_by_text("Choose a colleague").wait_for()
    manager.get_by_label("Give it to").select_option(label=colleague)
    manager.get_by_role("button", name="Give it").click()
    manager.get_by_text(colleague).first.wait_for()

    worker = entered(new_page, site, world, "social_worker", second=True)
    worker.goto("/peterborough/contacts/?whose=mine")
    for contact in (first, second):
        worker.get_by_role("link", name=contact.receipt).wait_for()
    axe(worker)
    worker.get_by_role("link", name=second.receipt).click()
    worker.get_by_role("link", name="Put back into the queue").click()
    worker.get_by_label("Why, in one line").fill("I know the family")
    worker.get_by_role("button", name="Put it back").click()
    worker.get_by_text("Nobody: in the queue of").wait_for()
