"""The list of enquiries of both councils and the page of one, as somebody uses them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.actors.rules import NotPermitted
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions import enquiries as actions
from frontdoor.mash.models import Enquiry, SafetyCheck
from tests.mash.enquiring import children, handed, opened, rated, stands
from tests.worlds import World


def recently():
    return timezone.now() - timedelta(minutes=30)


def test_a_social_worker_accepts_from_the_list_and_comes_to_the_enquiry(world: World, client: Client):
    (slip,) = handed(world, at=recently())
    world.signed_in(client, world.user("social_worker"))
    listed = client.get("/desk/enquiries/").content.decode()
    assert f"/peterborough/handovers/{slip}/enquiry/open/" in listed
    page = client.post(f"/peterborough/handovers/{slip}/enquiry/open/", {"seen": "1"}, follow=True)
    assert "Not rated yet" in page.content.decode()
    with world.acting("social_worker"):
        enquiry = Enquiry.objects.get()
        contact = enquiry.contact.key
        assert Handover.objects.get(key=slip).state == "accepted"
    record = client.get(f"/peterborough/contacts/{contact}/").content.decode()
    assert f"/peterborough/enquiries/{enquiry.key}/" in record
    assert "Tess0 Setchfield" in client.get("/desk/enquiries/").content.decode()
    again = client.get(f"/peterborough/handovers/{slip}/enquiry/")
    assert again["Location"].endswith(f"/peterborough/enquiries/{enquiry.key}/")


def test_the_most_urgent_stands_first_and_the_list_says_what_is_known(world: World, client: Client):
    amber = rated(world, "amber", at=recently())
    red = rated(world, "red", idem="call-2", people=(), at=recently())
    world.signed_in(client, world.user("team_manager"))
    shown = client.get("/desk/enquiries/").content.decode()
    assert shown.index(red.reference) < shown.index(amber.reference)
    assert "Not answered yet" in shown
    assert amber.reference not in client.get("/desk/enquiries/?which=late").content.decode()


def test_what_is_typed_on_the_pages_comes_to_the_enquiry(world: World, client: Client):
    enquiry = opened(world, at=recently())
    world.signed_in(client, world.user("team_manager"))
    start = f"/peterborough/enquiries/{enquiry.key}/"

    def send(what, **typed):
        with world.acting("team_manager"):
            seen = stands(enquiry).version
        return client.post(f"{start}{what}/", {"seen": str(seen), **typed})

    assert send("take").status_code == 302
    assert send("rate", rating="red", why="A bruise was seen").status_code == 302
    assert send("question", question="What do you know of Tess's evenings?").status_code == 302
    assert send("note", text="Rang the school").status_code == 302
    assert send("rate", rating="amber", why="").status_code == 422
    shown = client.get(start).content.decode()
    for words in ("A bruise was seen", "evenings?", "Rang the school", "Is the child safe now?", "Stand it down"):
        assert words in shown
    assert send("stand-down", why="Seen by a doctor", to="assessment").status_code == 302
    assert send("reopen", why="x").status_code == 404  # the address says it in plain words
    assert send("open-again", why="The hospital rang").status_code == 302
    assert "Opened again" in client.get(start).content.decode()


def test_an_answer_about_safety_is_typed_on_one_page(world: World, client: Client):
    enquiry = rated(world, "red", at=recently())
    world.signed_in(client, world.user("social_worker"))
    start = f"/peterborough/enquiries/{enquiry.key}/"
    with world.acting("social_worker") as by:
        (child,) = children(enquiry)
        me = f"user:{by.user_id}"
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    unknown = {
        "seen": str(enquiry.version), "those": [str(child.key)], "answer": "unknown", "action": "Ring the grandmother",
        "owner": me, "until-day": str(tomorrow.day), "until-month": str(tomorrow.month),
        "until-year": str(tomorrow.year), "until-time": "10:00",
    }  # fmt: skip
    assert client.post(f"{start}safety/", {**unknown, "action": ""}).status_code == 422
    assert client.post(f"{start}safety/", unknown).status_code == 302
    shown = client.get(start).content.decode()
    assert "Ring the grandmother" in shown
    assert "We do not know" in shown
    with world.acting("social_worker"):
        assert SafetyCheck.objects.get().direction is not None


@pytest.mark.parametrize("role", ["contact_officer", "early_help_officer"])
def test_who_does_not_read_enquiries_is_not_offered_them(world: World, client: Client, role: str):
    enquiry = opened(world, at=recently())
    world.signed_in(client, world.user(role))
    assert client.get(f"/peterborough/enquiries/{enquiry.key}/").status_code == 403
    assert 'href="/desk/enquiries/"' not in client.get("/desk/").content.decode()
    with world.acting(role) as by, pytest.raises(NotPermitted):
        actions.take(enquiry.key, seen=enquiry.version, by=by, at=timezone.now())


def test_where_there_is_no_room_at_the_side_a_link_above_everything_leads_to_what_can_be_done(
    world: World, client: Client
):
    enquiry = rated(world, at=recently())
    world.signed_in(client, world.user("social_worker"))
    with world.acting("social_worker"):
        contact = enquiry.contact.key
    for address in (f"/peterborough/enquiries/{enquiry.key}/", f"/peterborough/contacts/{contact}/"):
        shown = client.get(address).content.decode()
        assert shown.count('id="what-you-can-do"') == 1
        assert shown.index('href="#what-you-can-do"') < shown.index("fd-record__main")
