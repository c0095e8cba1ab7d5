"""A contact officer says that a contact was entered by mistake, a manager agrees, a social worker opens it again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from frontdoor.contacts.actions import screening
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered
from tests.worlds import World

pytestmark = pytest.mark.journey


def test_a_mistake_takes_two_people_and_one_opens_it_again(
    new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None]
) -> None:
    now = timezone.now()
    with world.acting("social_worker") as by:
        contact = arrive(by=by, at=now - timedelta(minutes=9), people=(child(given_name="Ewa", family_name="Nowak"),))
        screening.look(contact.key, seen=contact.version, danger="no", line="Practice.", by=by, at=now)

    officer = entered(new_page, site, world, "contact_officer")
    officer.goto(f"/peterborough/contacts/{contact.key}/")
    officer.get_by_role("link", name="Entered by mistake").click()
    axe(officer)
    officer.get_by_role("button", name="Ask a second person").click()
    expect(officer.get_by_role("alert")).to_contain_text("Write one line: why")
    officer.get_by_label("Why was it entered by mistake").fill("Practice entry")
    officer.get_by_role("button", name="Ask a second person").click()
    expect(officer.get_by_text("Another person has to agree")).to_be_visible()

    manager = entered(new_page, site, world, "team_manager")
    manager.goto("/peterborough/contacts/mistakes/")
    axe(manager)
    manager.get_by_role("link", name=contact.receipt).click()
    axe(manager)
    manager.get_by_role("button", name="Agree: it was a mistake").click()
    expect(manager.get_by_text("Entered by mistake").first).to_be_visible()
    axe(manager)

    worker = entered(new_page, site, world, "social_worker")
    worker.goto("/peterborough/contacts/mistakes/")
    worker.get_by_role("link", name=contact.receipt).click()
    worker.get_by_label("Why is it no mistake").fill("A real child after all")
    worker.get_by_role("button", name="Open it again").click()
    worker.goto("/peterborough/contacts/")
    expect(worker.get_by_role("link", name=contact.receipt).first).to_be_visible()
