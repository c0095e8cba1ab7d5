"""What rooms above say of a family: on its page, at each step, and in what goes back to the front door."""

from typing import Any

import pytest
from django.test import Client

from frontdoor.earlyhelp.rules import beyond
from frontdoor.earlyhelp.rules.states import Step
from frontdoor.shell.pages import Row, text
from tests.earlyhelp.helping import AT, OFFICER, acting, again, offered, waiting
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.django_db


def test_a_room_above_gives_a_part_and_ways_on_of_a_familys_page(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode = waiting(world)

    def part(row: Any, slug: str, *, by: Any, at: Any) -> Any:
        return (
            (
                "earlyhelp/of_contact.html",
                (("Said of", "By", "When"), [Row((text("Above"), text("Below"), text("Now")))]),
            )
            if row == episode
            else None
        )

    def ways(row: Any, slug: str, *, by: Any, at: Any) -> Any:
        return [(f"Go further with {row.reference}", f"/{slug}/further/")]

    def nothing(row: Any, slug: str, *, by: Any, at: Any) -> None:
        return None

    monkeypatch.setattr("frontdoor.earlyhelp.rules.beyond.PARTS", [])
    monkeypatch.setattr("frontdoor.earlyhelp.rules.beyond.WAYS", [])
    for gives in (part, part, nothing):
        beyond.declare_part(gives)
    beyond.declare_ways(ways)
    signed_in = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    page = signed_in.get(f"/peterborough/early-help/{episode.key}/").content.decode()
    assert page.count("Below") == 1
    assert f'href="/peterborough/further/">Go further with {episode.reference}' in page


def test_a_room_above_hears_of_each_step_before_its_place_in_the_list_is_worked_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frontdoor.earlyhelp import actions

    heard = []
    monkeypatch.setattr("frontdoor.earlyhelp.rules.beyond.STEPPED", [])
    episode = offered(world)
    beyond.declare_stepped(lambda row, step, *, by, at: heard.append((row.state, step, row.version)))
    with acting(world) as by:
        actions.answer(
            episode.key, seen=episode.version, accepted=True, answered_with="Jo", worker="Jo", words="", by=by, at=AT
        )
    assert heard == [("allocated", Step.TAKE_ON, episode.version)]


def test_what_was_written_of_a_family_goes_with_it_to_the_front_door(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frontdoor.earlyhelp import actions

    monkeypatch.setattr("frontdoor.earlyhelp.rules.beyond.CARRIED", [])
    beyond.declare_carried(lambda row, *, by: f"Written of {row.reference}")
    beyond.declare_carried(lambda row, *, by: "")
    episode = waiting(world)
    with acting(world) as by:
        row = actions.step_up(episode.key, seen=again(episode).version, why="Bruises", danger="no", by=by, at=AT)
        assert row.contact.story.endswith(f"\n\nWritten of {episode.reference}")
