"""Pages of asking: from keeping an agency to reading its reply, as staff press through them, without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdoor.mash.models import Capacity, Desk, Request
from tests.mash.asking import agreed, asked, desks, grounded, values
from tests.mash.enquiring import rated, stands

AT = timezone.now() - timedelta(minutes=30)


@pytest.fixture
def signed(world, client):
    def sign(role, **more):
        world.signed_in(client, world.user(role, council=873, **more))
        return client

    return sign


def address(name, *parts):
    return reverse(f"mash:{name}", args=["peterborough", *parts])


def test_a_social_worker_asks_for_an_enquiry_and_writes_down_what_was_said_by_telephone(world, signed):
    enquiry = rated(world, "amber", at=AT)
    kept = desks(world, at=AT)
    agreed(world, enquiry, at=AT)
    grounded(world, enquiry, at=AT)
    browser = signed("social_worker")
    page = browser.get(address("send", enquiry.key))
    assert page.status_code == 200
    with world.acting("social_worker", at=AT):
        seen = stands(enquiry).version
    sent = {
        "seen": seen, "question": "What do you know?", "asked": [str(kept["police"].key), str(kept["idva"].key)],
        "since-day": "", "since-month": "", "since-year": "",
    }  # fmt: skip
    again = browser.post(address("send", enquiry.key), sent)
    assert again.status_code == 422
    assert again.text.count("Say why this agency is not asked") >= 2
    whys = {f"why_{kept[line].key}": "Known to nobody there" for line in ("health", "education")}
    assert browser.post(address("send", enquiry.key), sent | whys).status_code == 302
    with world.acting("social_worker", at=AT):
        request = Request.objects.get(agency=kept["police"].agency)
        people = [str(each.key) for each in request.people.all()]
    said = {
        "seen": request.version, "people": people, "kind": "information", "facts": "Two calls to the home",
        "mark": "intelligence", "how": "telephone", "said_by": "PC Lark, researcher",
    }  # fmt: skip
    assert browser.get(address("told", request.key)).status_code == 200
    assert browser.post(address("told", request.key), said).status_code == 302
    shown = browser.get(address("asking", enquiry.key)).text
    for words in (
        "Two calls to the home", "Intelligence: must not leave the hub", "It waits for the agency",
        "Left out of the set", "Ouse Valley Advocacy: not answered yet",
    ):  # fmt: skip
        assert words in shown
    assert "Two calls to the home" in browser.get(address("enquiry", enquiry.key)).text


def test_without_agreement_the_page_says_that_nothing_may_be_asked_until_a_manager_decides(world, signed):
    enquiry = rated(world, "red", at=AT)
    desks(world, at=AT)
    agreed(world, enquiry, "not_sought", at=AT)
    page = signed("social_worker").get(address("asking", enquiry.key)).text
    assert "Not decided: nothing may be asked" in page
    assert address("dispense", enquiry.key) not in page
    assert signed("social_worker").get(address("dispense", enquiry.key)).status_code == 403
    manager = signed("team_manager")
    assert address("dispense", enquiry.key) in manager.get(address("asking", enquiry.key)).text
    with world.acting("team_manager", at=AT):
        seen = stands(enquiry).version
    assert manager.post(address("dispense", enquiry.key), {"seen": seen, "why": "It would warn him"}).status_code == 302
    started = manager.get(address("grounds", enquiry.key)).text
    assert "Children&#39;s safeguarding data sharing agreement" in started
    assert 'value="3.1"' in started


def test_a_manager_keeps_the_agencies_and_the_board_shows_what_lies_with_each(world, signed):
    enquiry = rated(world, "amber", at=AT)
    requests = asked(world, enquiry, at=AT)
    manager = signed("team_manager")
    assert manager.get(address("agency-add")).status_code == 200
    new = values("other") | {"agency": str(world.agencies["Fenland Education Outreach"].key)}
    days = {"starts_on-day": "1", "starts_on-month": "1", "starts_on-year": "2026"}
    typed = {name: value for name, value in new.items() if value not in (None, [], "") and name != "starts_on"}
    assert manager.post(address("agency-add"), typed | days).status_code == 302
    assert "Fenland Education Outreach" in manager.get(address("agencies")).text
    with world.acting("team_manager", at=AT):
        one = Desk.objects.get(name="Fenland Education Outreach")
    changed = manager.post(address("agency", one.key), typed | days | {"seen": 1, "agreement_version": "4.0"})
    assert changed.status_code == 302
    desk = requests["police"].desk
    today = {"line": "One researcher until noon", "said_by": "Ros Tate"}
    assert manager.post(address("capacity", desk.key), today).status_code == 302
    with world.acting("team_manager", at=AT):
        assert Desk.objects.get(pk=one.pk).agreement_version == "4.0"
        assert Capacity.objects.get().agency == desk.agency
    board = manager.get(reverse("desk:agencies")).text
    assert "One researcher until noon" in board
    assert "Cambridgeshire Constabulary" in board
