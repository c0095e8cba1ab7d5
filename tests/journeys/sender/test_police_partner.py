"""A police officer answers a red request on a telephone, half of it after signing in again, and confirms a call."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from frontdoor.actors.rules import SEEDER
from frontdoor.mash.models import Opening, Reply
from tests.portal.asking import POLICE, ask, by_telephone, family

pytestmark = pytest.mark.journey


def signed_in(new_page, site, world, code, **options):
    page, client = new_page(**options), world.signed_in(Client(), world.partner(code))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return page


def about(page, name):
    return page.get_by_role("group", name=f"What do you know about {name} Testingham?")


def test_an_officer_answers_a_red_request_on_a_telephone(new_page, axe, site, world):
    red, amber = (ask(world, family(world, rating=rating), POLICE) for rating in ("red", "amber"))
    by_telephone(world, amber)

    phone = signed_in(new_page, site, world, "police-mash", viewport={"width": 320, "height": 640})
    phone.goto("/desk/")
    phone.get_by_role("heading", name="What Cambridgeshire Constabulary is asked").wait_for()
    axe(phone)
    phone.get_by_role("table", name="Waiting for us").get_by_role("link").first.click()
    phone.get_by_role("heading", name=f"Request {red.reference}").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    axe(phone)
    about(phone, "Ottilie").get_by_label("We know something").check()
    facts = about(phone, "Ottilie").get_by_label("Facts", exact=True)
    facts.press_sequentially("12 March 2025, called to the home")
    phone.get_by_role("status").get_by_text("Saved").wait_for()
    axe(phone)

    phone.context.clear_cookies()
    phone = signed_in(new_page, site, world, "police-mash", viewport={"width": 320, "height": 640})
    phone.goto(f"/partner/asked/{red.key}/")
    phone.get_by_text("This has not been sent: nobody has seen it.").wait_for()
    expect(about(phone, "Ottilie").get_by_label("Facts", exact=True)).to_have_value("12 March 2025, called to the home")
    about(phone, "Ottilie").get_by_label("Where do these facts stand?").fill("Crime records")
    nothing = phone.get_by_role("group", name="Nothing is known to us about")
    nothing.get_by_label("Bram Testingham").check()
    nothing.get_by_label("Maud Testingham").check()
    phone.get_by_role("button", name="Send this answer").click()
    phone.get_by_text("Your answer has arrived. Thank you.").wait_for()
    axe(phone)
    with world.system(SEEDER):
        assert Opening.objects.filter(request_id=red.pk).count() == 1
        kinds = Reply.objects.filter(request_id=red.pk).values_list("kind", flat=True)
        assert sorted(kinds) == ["information", "nothing_known", "nothing_known"]

    desk = signed_in(new_page, site, world, "police-mash-2")
    desk.goto(f"/partner/asked/{amber.key}/")
    desk.get_by_text("The council wrote this down from PC Ward, at the desk.").wait_for()
    axe(desk)
    desk.keyboard.press("y")
    desk.get_by_text("Confirmed. Thank you.").wait_for()
    desk.get_by_role("link", name="Correct it").first.click()
    desk.get_by_label("Where do these facts stand?").fill("The log of calls")
    axe(desk)
    desk.get_by_label("What was wrong?").fill("Once, not twice")
    desk.get_by_role("button", name="Correct it").click()
    desk.get_by_text("Corrected. The first answer is kept beside it.").wait_for()
    desk.get_by_text("What was corrected or withdrawn").click()
    desk.get_by_text("Once, not twice").wait_for()
