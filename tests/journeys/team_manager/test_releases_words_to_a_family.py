"""A social worker chooses the words to a parent, a manager releases them, and another parent is not told for now."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from frontdoor.contacts.actions import decisions
from frontdoor.contacts.models import Matter
from frontdoor.contacts.rules.decisions import Decided, Recommended
from frontdoor.contacts.rules.intake import PersonGiven
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey

ADVICE = Recommended(
    outcome="information_advice", known="One late collection.", means="He was tired.", decided="Advice is enough.",
    voice="I am tired.", threshold_level="1", detail="Advice about bedtimes.",
)  # fmt: skip


@pytest.fixture
def decided(site, world):
    now = timezone.now() - timedelta(minutes=30)
    people = (
        child(given_name="Ewa", family_name="Nowak"), PersonGiven("adult", "Lena", "Nowak", relationship="mother"),
        PersonGiven("adult", "Karl", "Brandt", relationship="father"),
    )  # fmt: skip
    with world.acting("social_worker") as by:
        made = arrive(by=by, at=now, sub_type="early_help_request", danger="no", people=people)
        matter = Matter.objects.get(contact=made)
        decisions.recommend(matter.key, seen=matter.version, given=ADVICE, by=by, at=now)
        matter.refresh_from_db()
    with world.acting("team_manager") as by:
        decisions.decide(
            matter.key, seen=matter.version, given=Decided("information_advice", detail="Advice."), by=by, at=now
        )
    return made


def test_two_people_tell_a_family(new_page, site, world, axe, decided):
    worker = entered(new_page, site, world, "social_worker")
    worker.goto("/peterborough/families/")
    axe(worker)
    worker.get_by_role("link", name="Lena Nowak").click()
    axe(worker)
    worker.get_by_role("link", name="Choose the words").click()
    worker.get_by_label("Yes, they have parental responsibility").check()
    worker.get_by_role("button", name="Send to a second person").click()
    expect(worker.get_by_role("alert")).to_contain_text("Choose how they are told")
    axe(worker)
    worker.get_by_label("In person").check()
    worker.get_by_label("From where is that known?").fill("Birth certificate")
    worker.get_by_role("button", name="Send to a second person").click()
    expect(worker.get_by_text("A manager releases these words")).to_be_visible()
    here = worker.url

    manager = entered(new_page, site, world, "team_manager")
    manager.goto(here)
    axe(manager)
    expect(manager.get_by_text("We gave information or advice")).to_be_visible()
    manager.get_by_role("button", name="Release these words").click()
    manager.goto("/peterborough/families/")
    manager.get_by_role("link", name="Karl Brandt").click()
    manager.get_by_role("link", name="Decide that they are not told for now").click()
    manager.get_by_label("Telling them would raise the risk").check()
    manager.get_by_label("What does this rest on?").fill("He has threatened the mother.")
    manager.get_by_role("button", name="Save the reason").click()
    expect(manager.get_by_role("button", name="They may be told after all")).to_be_visible()
    axe(manager)

    worker.goto(here)
    worker.get_by_role("link", name="Write down that they were told").click()
    worker.get_by_label("What did they answer or ask?").fill("She asked for the children's centre.")
    worker.get_by_role("button", name="Save").click()
    expect(worker.get_by_text("She asked for the children's centre.")).to_be_visible()
    worker.goto(f"/peterborough/contacts/{decided.key}/")
    told = worker.get_by_role("table", name="Who of the family was told")
    expect(told).to_contain_text("In person")
    expect(told).to_contain_text("telling them would raise the risk")
    axe(worker)
    worker.set_viewport_size({"width": 320, "height": 800})
    worker.goto("/peterborough/families/")
    assert worker.evaluate("document.documentElement.scrollWidth <= 320")
