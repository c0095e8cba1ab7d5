"""What is set down about reaching somebody safely stands first on their record; never that they told us something."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.contacts.actions import people as matching
from frontdoor.contacts.actions import safe
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries import people
from frontdoor.contacts.queries.safe import standing_of_person
from frontdoor.people.actions import index
from frontdoor.people.models import Person
from tests.contacts.arriving import NOON, arrive, child
from tests.contacts.test_family import MOTHER
from tests.worlds import World

pytestmark = pytest.mark.django_db
GIRL: dict[str, Any] = {"given_name": "Lena", "family_name": "Setchfield", "date_of_birth": date(2016, 5, 3)}
EMPTY = "Nothing is set down about it"


def told(by: Any) -> Contact:
    return arrive(by=by, people=(child(**GIRL), MOTHER))


def mother_in(contact: Contact) -> Named:
    return Named.objects.get(contact=contact, kind="adult")


def rule(contact: Contact, whom: object, why: str, *, by: Any, never: bool = True) -> None:
    safe.set_rule(contact.key, whom=str(whom), way="phone", never=never, why=why, by=by, at=NOON)


def settled(contact: Contact, *, by: Any) -> Person:
    """A record made of the mother, who is confirmed in this contact."""
    rows = list(Named.objects.filter(contact=contact).order_by("position"))
    one = next(each for each in people.of_contact(contact, rows, by=by).people if each.told.kind == "adult")
    return matching.create(contact.key, one.key, seen=one.standing.seen, by=by, at=NOON).person


def words(standing: Any) -> list[str]:
    return sorted(rule.why for _, rule in standing)


def test_rules_of_the_same_person_in_every_contact_of_the_family_stand_on_the_record(
    world: World, client: Client
) -> None:
    with world.acting("social_worker") as by:
        first, second = told(by), told(by)
        person = settled(first, by=by)
        rule(first, mother_in(first).key, "He reads her phone", by=by)
        rule(second, mother_in(second).key, "He answers it at night", by=by)
        assert words(standing_of_person(person.pk, by=by, at=NOON)) == ["He answers it at night", "He reads her phone"]
        another = index.make(given_name="Jo", family_name="Marsh", source=index.Source("worker"), by=by, at=NOON)
        assert standing_of_person(another.pk, by=by, at=NOON) == []
    world.signed_in(client, world.user("contact_officer"))
    page = client.get(reverse("people:person", args=["peterborough", person.key])).content.decode()
    assert page.index("He reads her phone") < page.index("Open to")
    assert EMPTY in client.get(reverse("people:person", args=["peterborough", another.key])).content.decode()


def test_what_is_about_somebody_else_of_that_name_or_about_who_told_us_is_not_there(world: World) -> None:
    with world.acting("social_worker") as by:
        first, second = told(by), told(by)
        person = settled(first, by=by)
        settled(second, by=by)
        rule(second, mother_in(second).key, "Of the other one", by=by)
        rule(first, safe.TELLER, "Who told us", by=by)
        assert standing_of_person(person.pk, by=by, at=NOON) == []
