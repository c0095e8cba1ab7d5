"""What is told in a call, in a letter or in a contact is a complaint at once, with a number and its own clock."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from frontdoor.actors.rules import COURIER, MAILBOX, InvalidInput
from frontdoor.clocks.rules import london_date
from frontdoor.complaints import actions, queries
from frontdoor.complaints.models import Complaint
from frontdoor.contacts.actions import calling
from frontdoor.contacts.actions import correspondence as letters
from frontdoor.contacts.models import Contact
from frontdoor.contacts.rules.intake import ReferrerGiven
from tests.complaints.test_complaints import TOLD, running, told
from tests.contacts import calling as telling
from tests.contacts.arriving import NOON, arrive
from tests.contacts.writing import mail, take_in
from tests.races import overlapping
from tests.worlds import CAMBRIDGESHIRE, World

HERE = "/peterborough"


def rung(world: World, *, about: Contact | None = None, **said: Any) -> Any:
    """A call from a parent that ends three hours after it began."""
    with world.acting("contact_officer", at=NOON) as by:
        call = calling.begin("Lena Setchfield, mother", by=by, at=NOON)
        if about is not None:
            call = calling.pick(call.key, seen=call.version, contact=about.key, by=by, at=NOON)
        usual = {"asked": "What we know", "said": "That I cannot say", "complaint": "Nobody rang me back"}
        later = NOON + timedelta(hours=3)
        return calling.end(call.key, seen=call.version, **(usual | said), by=by, at=later)


def test_a_complaint_told_by_a_parent_is_with_a_manager_at_once_timed_from_the_call(world: World) -> None:
    with world.acting("contact_officer", at=NOON) as by:
        about = arrive(by=by, at=NOON)
    call = rung(world, about=about, reply_to="By letter to her sister")
    assert call.complaint_number == "874-C-000001"
    with world.acting("team_manager", at=NOON) as by:
        made = Complaint.objects.get()
        assert (made.reference, made.received_at, made.about_contact) == ("874-C-000001", NOON, about)
        assert (made.what, made.name, made.reply_to, made.way) == (
            "Nobody rang me back", "Lena Setchfield, mother", "By letter to her sister", "phone",
        )  # fmt: skip
        assert running(made, by) == [("complaints.stage_1", date(2026, 4, 9))]
        (entry,) = queries.open_complaint(made.key, by=by, at=NOON).entries
        assert entry.text == "Told in a call from a parent. Who rang was not checked."


def test_a_call_without_a_complaint_opens_none_and_a_call_that_is_refused_neither(world: World) -> None:
    assert rung(world, complaint=" ").complaint_number == ""
    with pytest.raises(InvalidInput):
        rung(world, asked="")
    with world.acting("team_manager", at=NOON):
        assert not Complaint.objects.exists()


def test_the_officer_on_the_telephone_reads_its_number_out(world: World, client: Client) -> None:
    call = rung(world)
    world.signed_in(client, world.user("contact_officer"))
    page = client.get(f"{HERE}/call/family/{call.key}/").content.decode()
    assert "The complaint was opened as 874-C-000001" in page


def test_a_letter_that_is_a_complaint_is_one_at_once_and_the_minutes_sweep_makes_no_second(
    world: World, client: Client
) -> None:
    with world.system(MAILBOX) as by:
        contact = take_in(mail(), by=by, at=NOON)
    with world.acting("contact_officer") as by:
        what = telling.told(sub_type="complaint", referrer=ReferrerGiven(kind="family", name="Lena"))
        letters.sort(contact.key, seen=1, told=what, by=by, at=NOON + timedelta(days=2))
    with world.system(COURIER) as by:
        assert actions.take_arrived(by=by, at=NOON + timedelta(days=2)) == 0
        made = Complaint.objects.get()
        assert (made.contact, made.received_at, made.who) == (contact, contact.received_at, "family")
        assert london_date(made.due_at) == date(2026, 4, 9)
    world.signed_in(client, world.user("contact_officer"))
    page = client.get(f"{HERE}/contacts/{contact.key}/").content.decode()
    assert f"its number is {made.reference}" in page


def test_what_is_taken_in_at_the_desk_and_from_a_contact_says_its_number(world: World, client: Client) -> None:
    with world.acting("contact_officer", at=NOON) as by:
        contact = arrive(by=by, at=NOON)
    world.signed_in(client, world.user("contact_officer"))
    typed = {key: value for key, value in TOLD.items() if key != "way"}
    of_contact = f"{HERE}/contacts/{contact.key}/complaint/"
    assert "874-C-000001" in client.post(of_contact, typed, follow=True).content.decode()
    assert "874-C-000002" in client.post(f"{HERE}/complaints/take/", TOLD, follow=True).content.decode()
    assert client.post(of_contact, typed).status_code == 409
    assert client.get(f"{HERE}/complaints/take/?taken=forged").status_code == 404


def test_each_council_counts_its_own(world: World) -> None:
    numbers = [told(world).reference, told(world).reference]
    with world.acting("contact_officer", council=CAMBRIDGESHIRE, at=NOON) as by:
        numbers.append(actions.take(**TOLD, by=by, at=NOON).reference)
    assert numbers == ["874-C-000001", "874-C-000002", "873-C-000001"]


def test_two_at_once_wait_for_each_other_and_no_number_is_missing_or_given_twice(
    own_database: Any, world: World
) -> None:
    def once() -> str:
        with world.acting("contact_officer", at=NOON) as by:
            return actions.take(**TOLD, by=by, at=NOON).reference

    assert overlapping(once, once, expect=InvalidInput) == ("874-C-000001", "874-C-000002")
