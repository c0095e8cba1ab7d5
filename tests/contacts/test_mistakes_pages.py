"""The pages of what was entered by mistake: who is offered what, and what each answer does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import Contact, Mistake
from tests.contacts.arriving import arrive, child
from tests.worlds import World

AGREE = "Agree: it was a mistake"


def at_(name: str, *args: object) -> str:
    return reverse(f"contacts:{name}", args=["peterborough", *args])


@pytest.fixture
def now(db: None) -> datetime:
    return timezone.now()


@pytest.fixture
def contact(world: World, now: datetime) -> Contact:
    with world.acting("contact_officer") as by:
        found = arrive(by=by, at=now - timedelta(minutes=20), people=(child(given_name="Ewa", family_name="Nowak"),))
    with world.acting("social_worker") as by:
        screening.look(found.key, seen=found.version, danger="no", line="Practice.", by=by, at=now)
        found.refresh_from_db()
    return found


@pytest.fixture
def mistake(world: World, contact: Contact, now: datetime) -> Mistake:
    with world.acting("contact_officer") as by:
        return screening.call_a_mistake(contact.key, seen=contact.version, why="Practice entry.", by=by, at=now)


EMPLOYER = {"auditor": 874}
"""Auditing is not delegated: each council has its own."""


def opened(world: World, client: Client, role: str, path: str, *, second: bool = False) -> str:
    world.signed_in(client, world.user(role, council=EMPLOYER.get(role, 873), second=second))
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(world: World, client: Client, role: str, path: str, **typed: Any) -> HttpResponse:
    world.signed_in(client, world.user(role, council=EMPLOYER.get(role, 873)))
    return client.post(path, typed)


def stands(world: World, contact: Contact) -> str:
    with world.acting("social_worker"):
        return Contact.objects.get(key=contact.key).state


def test_the_record_leads_to_saying_so_and_says_that_it_waits(world: World, client: Client, contact: Contact) -> None:
    page = opened(world, client, "contact_officer", at_("detail", contact.key))
    assert at_("mistake", contact.key) in page
    answer = sent(world, client, "contact_officer", at_("mistake", contact.key), seen=contact.version, why="Practice.")
    assert (answer.status_code, answer["Location"]) == (302, at_("detail", contact.key))
    assert "Another person has to agree" in opened(world, client, "auditor", at_("detail", contact.key))


def test_saying_so_without_a_reason_shows_the_form_again(world: World, client: Client, contact: Contact) -> None:
    answer = sent(world, client, "contact_officer", at_("mistake", contact.key), seen=contact.version, why="")
    assert answer.status_code == 422
    assert "Write one line: why" in answer.content.decode()


def test_a_manager_reads_what_was_told_and_agrees(
    world: World, client: Client, contact: Contact, mistake: Mistake
) -> None:
    path = at_("mistake-said", mistake.key)
    page = opened(world, client, "team_manager", path)
    for words in ("Ewa Nowak", "Practice entry.", "A worry, number", "A qualified worker has looked", AGREE):
        assert words in page
    answer = sent(world, client, "team_manager", path, seen=1, do="agree")
    assert (answer.status_code, answer["Location"]) == (302, at_("detail", contact.key))
    assert stands(world, contact) == "voided"
    assert "Entered by mistake" in opened(world, client, "auditor", at_("detail", contact.key))
    listed = opened(world, client, "auditor", at_("mistakes"))
    assert contact.receipt in listed
    assert "Nothing waits for a second person" in listed


@pytest.mark.parametrize("role", ["contact_officer", "auditor", "early_help_officer"])
def test_who_does_not_screen_is_offered_no_agreement_and_gets_none(
    world: World, client: Client, contact: Contact, mistake: Mistake, role: str
) -> None:
    path = at_("mistake-said", mistake.key)
    if role != "early_help_officer":
        assert AGREE not in opened(world, client, role, path, second=role == "contact_officer")
    assert sent(world, client, role, path, seen=1, do="agree").status_code in {403, 404}
    assert stands(world, contact) == "looked"


def test_a_social_worker_is_offered_no_agreement_where_a_child_is_named(
    world: World, client: Client, contact: Contact, mistake: Mistake
) -> None:
    assert AGREE not in opened(world, client, "social_worker", at_("mistake-said", mistake.key))


def test_whoever_said_it_is_offered_only_to_take_it_back(
    world: World, client: Client, contact: Contact, mistake: Mistake
) -> None:
    path = at_("mistake-said", mistake.key)
    page = opened(world, client, "contact_officer", path)
    assert AGREE not in page
    assert "Keep it as a contact" in page
    assert sent(world, client, "contact_officer", path, seen=1, why="").status_code == 422
    assert sent(world, client, "contact_officer", path, seen=1, why="It was real.").status_code == 302
    assert "It was real." in opened(world, client, "contact_officer", path)


def test_a_social_worker_opens_it_again_from_the_record(
    world: World, client: Client, contact: Contact, mistake: Mistake
) -> None:
    path = at_("mistake-said", mistake.key)
    sent(world, client, "team_manager", path, seen=1, do="agree")
    assert path in opened(world, client, "social_worker", at_("detail", contact.key))
    assert "Open it again" in opened(world, client, "social_worker", path)
    assert sent(world, client, "social_worker", path, seen=2, why="A real child.").status_code == 302
    assert stands(world, contact) == "looked"


def test_the_home_page_says_how_many_of_todays_were_mistakes(
    world: World, client: Client, contact: Contact, mistake: Mistake
) -> None:
    sent(world, client, "team_manager", at_("mistake-said", mistake.key), seen=1, do="agree")
    assert "1 of them entered by mistake" in opened(world, client, "team_manager", reverse("desk:home"))
