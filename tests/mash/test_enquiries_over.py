"""A page whose step leads nowhere from where the enquiry stands says so before anybody types."""

from typing import Any

import pytest
from django.urls import reverse

from tests.mash.enquiring import AT, opened, rated, stands
from tests.worlds import World

PAGES = ("rate", "question", "stand-down", "join", "reopen", "safety")


def _page(client: Any, enquiry: Any, name: str) -> tuple[str, str, int]:
    address = reverse(f"mash:enquiry-{name}", args=["peterborough", enquiry.key])
    return address, client.get(address).content.decode(), client.post(address, {"seen": enquiry.version}).status_code


def _stood_down(world: World, enquiry: Any) -> None:
    from frontdoor.mash.actions.enquiries import stand_down

    with world.acting("team_manager", at=AT) as by:
        seen = stands(enquiry).version
        stand_down(enquiry.key, seen=seen, why="Clear already", to="nobody", by=by, at=AT)


@pytest.mark.parametrize("name", PAGES)
def test_what_is_stood_down_is_only_opened_again_and_every_page_says_so_first(
    world: World, client: Any, name: str
) -> None:
    enquiry = rated(world)
    _stood_down(world, enquiry)
    world.signed_in(client, world.user("team_manager"))
    _, page, status = _page(client, enquiry, name)
    if name == "reopen":
        assert ('name="why"' in page, status) == (True, 422)
    else:
        assert "This enquiry was stood down." in page
        assert 'name="seen"' not in page
        assert status == 409


def test_an_open_enquiry_is_not_opened_again(world: World, client: Any) -> None:
    world.signed_in(client, world.user("team_manager"))
    _, page, status = _page(client, opened(world), "reopen")
    assert "not rated yet" in page
    assert status == 409


def test_where_the_family_has_an_open_enquiry_the_page_names_it(world: World, client: Any) -> None:
    first = rated(world)
    _stood_down(world, first)
    second = opened(world, idem="call-2")
    world.signed_in(client, world.user("team_manager"))
    _, page, status = _page(client, first, "reopen")
    assert f"This family has an open enquiry: {second.reference}" in page
    assert status == 409
    with world.acting("team_manager", at=AT):
        assert stands(first).state == "stood_down"


def test_a_note_may_be_written_to_what_is_settled(world: World, client: Any) -> None:
    enquiry = rated(world)
    _stood_down(world, enquiry)
    world.signed_in(client, world.user("team_manager"))
    page = client.get(reverse("mash:enquiry-note", args=["peterborough", enquiry.key])).content.decode()
    assert 'name="seen"' in page
