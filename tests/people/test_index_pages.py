"""The pages of one person's record, as those who keep it see and use them."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.people.test_index import made, source
from tests.worlds import World

pytestmark = pytest.mark.django_db
TYPED = {"source_kind": "register", "source": "Birth certificate", "seen": "1"}


def address_of(name: str, *parts: object) -> str:
    return reverse(f"people:{name}", args=["peterborough", *parts])


def read(client: Client, person: Any) -> str:
    return client.get(address_of("person", person.key)).content.decode()


@pytest.fixture
def officer(world: World, client: Client) -> Client:
    return world.signed_in(client, world.user("contact_officer", council=873))


def test_a_record_shows_what_is_known_in_a_fixed_number_of_statements(
    world: World, officer: Client, django_assert_num_queries: Any
) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Caution, Fact, Identifier, Name, Residence

    with world.acting("social_worker") as by:
        few = made(by, born=date(2016, 5, 3), sex="M")
        many = made(by, given_name="Олена", family_name="Шевченко", rows=[
            Name(kind="known_as", given_name="Lena"), Caution(kind="dogs", words="Two dogs"),
            Identifier(kind="nhs", value="999 000 0026", trace="01"),
            *(Fact(kind="school", value=f"School {number}") for number in range(20)),
            *(Residence(kind="home", lines=f"{number} Street", until=date(2020, 1, 1)) for number in range(20)),
            Residence(kind="refuge", protected=True), Fact(kind="interpreter", value="yes"),
        ])  # fmt: skip
        index.correct(
            Fact(kind="school", value="The right school"), why="Misheard", table="fact",
            of=Fact.objects.filter(person=many, value="School 3").get().key, source=source(), by=by,
            at=many.made_at,
        )  # fmt: skip
    read(officer, few)  # what a process remembers is remembered now
    counts = []
    for person in (few, many):
        with django_assert_num_queries(1000, exact=False) as told:
            page = read(officer, person)
        counts.append(len(told))
    assert counts[0] == counts[1]
    assert "Olena Shevchenko" in page
    assert "Two dogs" in page
    assert page.count("Address is protected") >= 2
    assert "Misheard" in page
