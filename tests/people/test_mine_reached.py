"""Everybody of the staff finds in their menu where they say who their family are, and what they are asked."""

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.access.rules import Role
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [*Role])
def test_you_and_your_family_is_reached_from_the_menu(world: World, role: Role) -> None:
    client = world.signed_in(Client(), world.user(role.value))
    shown = client.get(reverse("desk:home")).text
    assert reverse("people:mine", args=["cambridgeshire"]) in shown
    assert reverse("people:asked", args=["cambridgeshire"]) in shown
    assert client.get(reverse("people:mine", args=["cambridgeshire"])).status_code == 200


def test_it_is_reached_from_your_account_too(world: World) -> None:
    client = world.signed_in(Client(), world.user("social_worker"))
    shown = client.get(reverse("account_change_password")).text
    for slug in ("cambridgeshire", "peterborough"):
        assert reverse("people:mine", args=[slug]) in shown


def test_whoever_answers_for_an_agency_is_offered_no_councils_page_there(world: World) -> None:
    client = world.signed_in(Client(), world.partner("health-mash"))
    shown = client.get(reverse("account_change_password"))
    assert shown.status_code == 200
    assert "You and your family" not in shown.text
