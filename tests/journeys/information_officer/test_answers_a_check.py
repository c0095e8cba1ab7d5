"""An information officer answers a Cafcass check from the first press to the ledger; a manager is the second person."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from frontdoor.actors.rules import COURIER
from frontdoor.disclosures import actions
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered
from tests.worlds import World

pytestmark = pytest.mark.journey
EWA: dict[str, Any] = {"given_name": "Ewa", "family_name": "Nowak", "date_of_birth": date(2017, 5, 4)}


@pytest.fixture
def came(site: str, world: World) -> str:
    """What is known of Ewa, and a Cafcass check about her that the minute's sweep has given to the desk."""
    now = timezone.now()
    with world.acting("contact_officer") as by:
        arrive(by=by, at=now - timedelta(days=20), people=(child(**EWA),))
        asks = arrive(
            by=by, at=now - timedelta(minutes=30), people=(child(**EWA),), category="request_for_information",
            sub_type="cafcass_s7", story="Checks for private law proceedings, first hearing on the 21st.",
        )  # fmt: skip
    with world.system(COURIER) as by:
        assert actions.begin_arrived(by=by, at=now) == 1
    return asks.receipt


def test_a_check_is_prepared_by_one_read_by_another_sent_and_kept(
    new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None], came: str
) -> None:
    officer = entered(new_page, site, world, "information_officer")
    officer.goto("/desk/")
    officer.get_by_role("link", name="Take it").first.click()
    officer.get_by_role("button", name="Take this request").click()
    axe(officer)
    _prepare(officer, axe)

    officer.get_by_role("link", name="Propose an answer").click()
    officer.get_by_label("Tell dated facts from the record").check()
    officer.get_by_label("Anything more, in your words").fill("Mr Nowak Tadeusz is not known.")
    officer.get_by_role("checkbox").first.check()
    axe(officer)
    officer.get_by_role("button", name="Propose it").click()
    expect(officer.get_by_text("Waiting for a second person").first).to_be_visible()
    expect(officer.get_by_role("button", name="Approve these words")).to_have_count(0)

    manager = entered(new_page, site, world, "team_manager")
    manager.goto("/peterborough/requests/?which=second")
    axe(manager)
    manager.get_by_role("link", name=came).click()
    axe(manager)
    manager.get_by_role("button", name="Approve these words").click()
    expect(manager.get_by_text("Approved, not sent yet").first).to_be_visible()

    officer.reload()
    officer.get_by_role("link", name="It was sent").click()
    officer.get_by_label("Secure e-mail").check()
    axe(officer)
    officer.get_by_role("button", name="It was sent so").click()
    expect(officer.get_by_text("Answered").first).to_be_visible()
    officer.get_by_role("link", name=came).first.click()
    officer.get_by_role("link", name="What was shared about this child, and what was not").click()
    expect(officer.get_by_text("Ewa Nowak").first).to_be_visible()
    axe(officer)

    protection = entered(new_page, site, world, "data_protection_officer", council=874)
    protection.goto("/peterborough/disclosures/")
    expect(protection.get_by_text("Safeguarding letter for the court").first).to_be_visible()
    axe(protection)


def _prepare(officer: Page, axe: Callable[[Page], None]) -> None:
    """Who asks, what for, about whom, and the search."""
    officer.get_by_role("link", name="Who asks, and how that was checked").click()
    officer.get_by_role("button", name="Save").click()
    expect(officer.get_by_role("alert")).to_contain_text("Enter who asks")
    axe(officer)
    officer.get_by_label("Who asks?").fill("Family court adviser on duty")
    officer.get_by_label("For whom?").fill("Cafcass")
    officer.get_by_label("Where does the answer go?").fill("checks@example.org")
    officer.get_by_label("Called back on a number").check()
    officer.get_by_label("What was seen").fill("The number in the court's directory")
    officer.get_by_role("button", name="Save").click()

    officer.get_by_role("link", name="What for, and on which lawful basis").click()
    officer.get_by_label("What is the information for?").fill("Safeguarding letter for the court")
    officer.get_by_label("Legal obligation").check()
    officer.get_by_label("Administration of justice").check()
    officer.get_by_label("Why is it necessary?").fill("The court decides on it.")
    officer.get_by_label("Why is it no more than needed?").fill("Days and outcomes alone.")
    axe(officer)
    officer.get_by_role("button", name="Save").click()

    officer.get_by_role("link", name="About whom").click()
    axe(officer)
    officer.get_by_role("button", name="Save").click()
    officer.get_by_role("link", name="Search the record").click()
    axe(officer)
    officer.get_by_role("button", name="Search").last.click()
    expect(officer.get_by_text("1 found")).to_be_visible()
    axe(officer)


def test_a_request_that_shows_a_risk_becomes_a_contact_in_one_act_and_one_for_own_records_goes_on(
    new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None]
) -> None:
    now = timezone.now()
    with world.acting("contact_officer") as by:
        told: dict[str, Any] = {"people": (child(**EWA),), "category": "request_for_information"}
        keys = [
            actions.begin(arrive(by=by, at=now, sub_type=kind, **told).key, by=by, at=now).key
            for kind in ("police_enquiry", "subject_access")
        ]
    officer = entered(new_page, site, world, "information_officer")
    officer.goto(f"/peterborough/requests/{keys[0]}/")
    officer.get_by_role("link", name="This shows a risk").click()
    officer.get_by_label("What is the risk").fill("She has not come home and the phone is near the river")
    officer.get_by_label("Yes").check()
    officer.get_by_label("Raise a red flag").check()
    axe(officer)
    officer.get_by_role("button", name="Take it in now").click()
    officer.get_by_role("link", name="She has not come home").click()
    expect(officer.get_by_text("Red flag by").first).to_be_visible()

    officer.goto(f"/peterborough/requests/{keys[1]}/")
    officer.get_by_role("button", name="Take this request").click()
    officer.get_by_role("link", name="Hand it to information governance").click()
    expect(officer.get_by_text("By law it has to be answered by")).to_be_visible()
    axe(officer)
    officer.get_by_role("button", name="Hand it over").click()
    expect(officer.get_by_text("On its way to another team").first).to_be_visible()
    axe(officer)
    with world.acting("specialist_worker", of=874) as by:
        slip = Handover.objects.get()
        handovers.accept(slip.key, seen=slip.version, by=by, at=timezone.now())
    with world.system(COURIER) as by:
        actions.follow(keys[1], by=by, at=timezone.now())
    officer.reload()
    officer.get_by_role("link", name="Answered there").click()
    officer.get_by_label("What did they answer?").fill("The file was sent.")
    officer.get_by_role("button", name="Save, and close the request").click()
    expect(officer.get_by_text("Enter the day on which they answered").first).to_be_visible()
    axe(officer)
    today = timezone.localdate()
    for name, number in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        officer.get_by_label(name, exact=True).fill(str(number))
    officer.get_by_role("button", name="Save, and close the request").click()
    expect(officer.get_by_text("Answered by another team").first).to_be_visible()
