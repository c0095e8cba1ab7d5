"""A social worker writes to a solicitor, is told why a school may not stand there, and another person decides."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.contacts.actions import safe
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


@pytest.fixture
def hidden(site, world):
    """A contact about a child whose whereabouts are kept secret."""
    now = timezone.now() - timedelta(minutes=30)
    ewa = child(given_name="Ewa", family_name="Nowak", school="Larkspur Fen Primary School")
    with world.acting("social_worker") as by:
        made = arrive(by=by, at=now, danger="no", people=(ewa,))
        safe.protect(
            made.key, whose=[str(made.people.get().key)], address="14 Hidden Lane, Ely, CB6 1ZZ", why="Fled", by=by,
            at=now,
        )  # fmt: skip
    return made


def test_a_school_is_found_released_by_another_and_stands_in_the_ledger(new_page, site, world, axe, hidden):
    worker = entered(new_page, site, world, "social_worker")
    worker.goto(f"/peterborough/contacts/{hidden.key}/disclosures/")
    axe(worker)
    expect(worker.get_by_text("Nothing was shared, and nothing was refused.")).to_be_visible()
    worker.get_by_role("link", name="Make a copy for somebody").click()
    axe(worker)
    worker.get_by_role("button", name="Go on").click()
    expect(worker.get_by_role("alert")).to_contain_text("Choose how it goes")
    worker.get_by_label("By post").check()
    worker.get_by_label("Their name, if they are not in the list").fill("Ros Tate")
    worker.get_by_label("Who they are to the child, or their work").fill("father's solicitor")
    worker.get_by_label("What do they need it for?").fill("A hearing about contact")
    worker.get_by_label("Public task").check()
    worker.get_by_label("What is it?").fill("Letter about the hearing")
    worker.get_by_role("button", name="Go on").click()
    worker.get_by_label("What it says").fill("Ewa is doing well at Larkspur Fen.\n\nWe see her every week.")
    worker.get_by_role("button", name="Save and look again").click()
    expect(worker.locator("mark")).to_have_text("Larkspur Fen")
    expect(worker.get_by_text("whereabouts are kept secret").first).to_be_visible()
    expect(worker.get_by_role("button", name="Print it for Ros Tate")).to_have_count(0)
    axe(worker)
    worker.get_by_role("link", name="Ask for a release").click()
    worker.get_by_label("Why does this person need exactly these words?").fill("The order names the school")
    worker.get_by_role("button", name="Ask for a release").click()
    expect(worker.get_by_role("link", name="Release it")).to_have_count(0)
    here = worker.url

    manager = entered(new_page, site, world, "team_manager")
    manager.goto(here)
    manager.get_by_role("link", name="Do not release it").click()
    axe(manager)
    manager.get_by_label("Why may it not go as it stands?").fill("The order does not name it")
    manager.get_by_role("button", name="Send it back").click()

    worker.goto(here)
    worker.get_by_label("What it says").fill("Ewa is doing well at school.\n\nWe see her every week.")
    worker.get_by_role("button", name="Save and look again").click()
    expect(worker.locator("mark")).to_have_count(0)
    with worker.expect_download() as printed:
        worker.get_by_role("button", name="Print it for Ros Tate").click()
    assert printed.value.suggested_filename == "copy.pdf"
    worker.goto(f"/peterborough/contacts/{hidden.key}/disclosures/")
    ledger = worker.get_by_role("table", name="The newest first")
    expect(ledger).to_contain_text("Ros Tate")
    expect(ledger).to_contain_text("Not released: The order does not name it")
    worker.get_by_role("link", name="We decided not to share something").click()
    worker.get_by_label("What was not shared?").fill("The new school")
    worker.get_by_label("With whom?").fill("The father")
    worker.get_by_label("Why not?").fill("It would lead him there")
    worker.get_by_role("button", name="Write it down").click()
    expect(worker.get_by_role("table", name="The newest first")).to_contain_text("It would lead him there")
    axe(worker)
    worker.set_viewport_size({"width": 320, "height": 800})
    worker.goto(here)
    assert worker.evaluate("document.documentElement.scrollWidth <= 320")
