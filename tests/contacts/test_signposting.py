"""Somebody is told of services in one step from a contact: said, or sent as they asked; a neighbour is sent nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, InvalidInput, NotFound, NotPermitted
from frontdoor.contacts.actions.signposting import point
from frontdoor.contacts.models import Contact, Pointer
from frontdoor.contacts.queries.signposting import sent_by
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.directory.models import Service
from frontdoor.letters.models import Letter
from frontdoor.letters.queries import words
from tests.contacts.arriving import arrive, child
from tests.directory import feeding
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

pytestmark = pytest.mark.django_db
MOTHER = ReferrerGiven("family", "given", "Lena Nowak", route="text", phone="07700 900123")
NEIGHBOUR = ReferrerGiven("public", "given", "Kit Farrow", route="email", email="kit@example.org")


def service(*names: str, council: int = PETERBOROUGH) -> list[str]:
    with acting_for(council, by=SEEDER) as by:
        said = [feeding.service(name) for name in names]
        feeding.bring(feeding.source(by=by, at=timezone.now()), *said, by=by, at=timezone.now())
        return [str(row.key) for row in Service.objects.order_by("id")]


def told_by(world: World, referrer: ReferrerGiven, *, years: int = 2) -> Contact:
    """A contact about a child of that age."""
    born = (timezone.now() - timedelta(days=365 * years + 200)).date()
    with world.acting("social_worker") as by:
        return arrive(
            by=by, at=timezone.now(), sub_type="early_help_request", danger="no", referrer=referrer,
            people=(child(given_name="Ewa", family_name="Nowak", date_of_birth=born),),
        )  # fmt: skip


def tell(world: World, contact: Contact, keys: list[str], *, role: str = "social_worker", **more: Any) -> list[Pointer]:
    given = {"way": "said", "whom": "Mum", **more}
    with world.acting(role) as by:
        return point(contact.key, services=keys, by=by, at=timezone.now(), **given)


def test_what_was_said_stands_as_it_was_then_and_a_second_press_tells_nothing_twice(world: World) -> None:
    keys, contact, once = service("Little Otters"), told_by(world, NEIGHBOUR), uuid4()
    (row,) = tell(world, contact, keys, once=once)
    with world.acting("social_worker"):
        Service.objects.filter(key=keys[0]).update(name="Big Otters")
    (again,) = tell(world, contact, keys, once=once)
    assert (again.pk, again.name, again.letter) == (row.pk, "Little Otters", None)
    with world.acting("social_worker"), pytest.raises(DatabaseError), transaction.atomic():
        Pointer.objects.filter(pk=row.pk).update(name="Other")


def test_a_list_is_sent_as_it_was_asked_for_and_says_nothing_of_a_child(world: World) -> None:
    keys, contact = service("Little Otters", "Money advice"), told_by(world, MOTHER)
    tell(world, contact, keys, way="sent", safe=True)
    with world.acting("social_worker") as by:
        letter = Letter.objects.get(kind="services")
        said = words.in_words(letter, by=by, at=timezone.now()).words.plain
    assert (letter.route, letter.subject_key) == ("text", contact.key)
    assert "Little Otters" in said
    assert "Money advice" in said
    for secret in ("Ewa", "Nowak", contact.receipt):
        assert secret not in said


@pytest.mark.parametrize(
    ("referrer", "more", "field"),
    [
        (NEIGHBOUR, {"way": "sent", "safe": True}, "way"),
        (MOTHER, {"way": "sent", "safe": False}, "safe"),
        (MOTHER, {"way": "said", "whom": " "}, "whom"),
        (MOTHER, {"way": "shouted"}, "way"),
    ],
)
def test_nothing_is_sent_to_a_neighbour_nor_unasked(
    world: World, referrer: ReferrerGiven, more: dict[str, Any], field: str
) -> None:
    keys, contact = service("Little Otters"), told_by(world, referrer)
    with pytest.raises(InvalidInput) as refused:
        tell(world, contact, keys, **more)
    assert set(refused.value.problems) == {field}
    with world.acting("social_worker") as by:
        assert not Letter.objects.filter(kind="services").exists()
        assert bool(sent_by(contact.key, by=by)) == (referrer is MOTHER)


@pytest.mark.parametrize("wrong", ["none", "theirs", "many", "closed"])
def test_only_services_that_anybody_is_shown_here_are_told(world: World, wrong: str) -> None:
    names = [f"Club {number}" for number in range(6)] if wrong == "many" else ["Little Otters"]
    keys = service(*names, council=CAMBRIDGESHIRE if wrong == "theirs" else PETERBOROUGH)
    if wrong == "closed":
        with acting_for(PETERBOROUGH, by=SEEDER):
            Service.objects.update(status="temporarily closed", public=False)
    with pytest.raises(InvalidInput) as refused:
        tell(world, told_by(world, MOTHER), [] if wrong == "none" else keys)
    assert set(refused.value.problems) == {"services"}


def test_whoever_does_not_screen_tells_nobody_and_no_other_council_finds_the_contact(world: World) -> None:
    keys, contact = service("Little Otters"), told_by(world, MOTHER)
    with pytest.raises(NotPermitted):
        tell(world, contact, keys, role="contact_officer")
    with world.acting("social_worker", of=CAMBRIDGESHIRE, council=CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
        point(contact.key, services=keys, way="said", whom="Mum", by=by, at=timezone.now())


def test_the_page_finds_what_fits_tells_it_and_the_record_shows_it(world: World, client: Client) -> None:
    keys, contact = service("Little Otters"), told_by(world, MOTHER)
    world.signed_in(client, world.user("social_worker", council=CAMBRIDGESHIRE))
    path = reverse("contacts:point", args=["peterborough", contact.key])
    shown = client.get(path).content.decode()
    assert "Little Otters" in shown
    assert "Send it in the way they asked" in shown
    assert "07700" not in shown
    older = told_by(world, NEIGHBOUR, years=12)
    assert "No service fits" in client.get(reverse("contacts:point", args=["peterborough", older.key])).content.decode()
    once = str(uuid4())
    missing = client.post(path, {"once": once, "services": keys, "way": "sent"})
    assert missing.status_code == 422
    assert "Ask first" in missing.content.decode()
    assert client.post(path, {"once": once, "services": keys, "way": "sent", "safe": "on"}).status_code == 302
    record = client.get(reverse("contacts:detail", args=["peterborough", contact.key])).content.decode()
    assert "Services told of" in record
    assert "Sent to whoever told us" in record
