"""A screener meets a record that few may open, in a contact and in the search: whom to call, and nothing else."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.people.actions import index, restricting
from frontdoor.people.rules.restricting import Why
from tests.contacts.arriving import NOON, arrive, child
from tests.worlds import World

BORN, FAMILY = date(2016, 5, 3), "Brandreth"
WORDS = "A record that few may open may be meant. Call Ann Teller on 01632 960100."


@pytest.fixture
def met(world: World) -> UUID:
    """A contact about a child whose record is restricted."""
    with world.acting("contact_officer") as by:
        person = index.make(
            given_name="Elsie", family_name=FAMILY, born=BORN, source=index.Source("system", "Case system"), by=by,
            at=NOON,
        )  # fmt: skip
    with world.acting("head_of_service") as by:
        why = Why("staff", "Her mother works here", "Ann Teller", "01632 960100", by.user_id or 0)
        restricting.restrict(person.key, given=why, by=by, at=NOON)
    with world.acting("contact_officer") as by:
        told = child(given_name="Elsie", family_name=FAMILY, date_of_birth=BORN)
        key: UUID = arrive(by=by, people=(told,)).key
    return key


@pytest.mark.parametrize("address", ["contacts:detail", "contacts:people"])
def test_in_a_contact_screeners_are_told_whom_to_call(world: World, met: UUID, client: Client, address: str) -> None:
    where = reverse(address, args=["peterborough", met])
    said = {}
    for role in ("social_worker", "early_help_officer"):
        world.signed_in(client, world.user(role))
        said[role] = client.get(where).content.decode()
    assert WORDS in said["social_worker"]
    assert "/people/restricted/" in said["social_worker"]
    assert "few may open" not in said["early_help_officer"]


def test_in_the_search_they_are_told_the_same_and_others_that_nobody_is_found(
    world: World, met: UUID, client: Client
) -> None:
    said = {}
    for role in ("social_worker", "early_help_officer"):
        world.signed_in(client, world.user(role))
        said[role] = client.post(
            reverse("desk:search"), {"q": f"Elsie {FAMILY} 3.5.2016"}, follow=True
        ).content.decode()
    assert WORDS in said["social_worker"]
    assert "few may open" not in said["early_help_officer"]
