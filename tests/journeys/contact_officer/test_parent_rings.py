"""A parent rings about a contact: nothing is confirmed before it is sure who rings, and what was said is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


def known(world):
    """A contact that a teacher made about Ewa, whose mother is named in it."""
    teacher = ReferrerGiven("professional", "given", "Canary Obi", agency="Canary School", phone="01632 960123")
    mother = PersonGiven("adult", "Lena", "Nowak", relationship="mother", address="9 Hidden Close, Ely")
    with world.acting("social_worker") as by:
        return arrive(
            by=by, at=timezone.now() - timedelta(hours=2), referrer=teacher,
            people=(child(given_name="Ewa", family_name="Nowak", school="Fen School"), mother),
        )  # fmt: skip


def test_a_parent_is_checked_and_hears_what_is_theirs(new_page, site, world, axe):
    contact = known(world)
    page = entered(new_page, site, world, "contact_officer")
    page.goto("/peterborough/call/")
    page.get_by_role("link", name="A parent or carer is asking about a contact").click()
    axe(page)
    page.get_by_label("Who says they ring?").fill("Lena Nowak, mother of Ewa")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Confirm nothing yet")).to_be_visible()
    axe(page)
    page.get_by_label("The child's first name").fill("Ewa")
    page.get_by_label("The child's family name").fill("Nowak")
    page.get_by_role("button", name="Find", exact=True).click()
    assert "Nowak" not in page.url
    page.get_by_role("button", name=f"It may be about {contact.receipt}").click()
    axe(page)
    page.get_by_label("They answered three questions rightly").check()
    page.get_by_label("What is the full name of the child?").check()
    page.get_by_label("When was the child born?").check()
    page.get_by_role("button", name="Save the check").click()
    expect(page.get_by_role("alert").first).to_contain_text("3 right answers are needed")
    axe(page)
    page.get_by_label("Which school or nursery does the child go to?").check()
    page.get_by_label("Who of this contact is it?").select_option(label="Lena Nowak")
    page.get_by_label("Ewa Nowak", exact=True).check()
    page.get_by_label("From where is that known?").fill("Birth certificate seen by the school")
    page.get_by_role("button", name="Save the check").click()
    expect(page.get_by_role("heading", name="What you may say to Lena Nowak")).to_be_visible()
    axe(page)
    for never in ("Canary", "Hidden Close"):
        assert never not in page.inner_text("main")
    page.get_by_label("What did they ask?").fill("What was said about her.")
    page.get_by_label("What did you say?").fill("That it has arrived, and that she hears what is decided.")
    page.get_by_label("A new worry about a child").fill("Her nephew is left alone at night.")
    page.get_by_role("button", name="End the call").click()
    expect(page.get_by_role("link", name="The worry that they told became a contact")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= 320")
    page.goto(f"/peterborough/contacts/{contact.key}/")
    expect(page.get_by_role("table", name="Calls from parents")).to_contain_text("Lena Nowak")
    page.get_by_role("link", name="How people may be reached safely").click()
    axe(page)
    page.get_by_label("Whom is it about?").select_option(label="Lena Nowak")
    page.get_by_label("Voicemail").check()
    page.get_by_label("Never").check()
    page.get_by_label("Why, in one line").fill("Somebody else listens to it")
    page.get_by_role("button", name="Set it down").click()
    expect(page.get_by_role("table", name="What is set down")).to_contain_text("Voicemail: never")
    page.get_by_label("Lena Nowak: 9 Hidden Close, Ely").check()
    page.get_by_label("Why is it protected?").fill("She has fled")
    page.get_by_role("button", name="Protect this address").click()
    expect(page.get_by_text("Lena Nowak: address is protected.")).to_be_visible()
    assert "Hidden Close" not in page.inner_text("main")
    axe(page)
