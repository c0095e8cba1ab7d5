"""Four hundred and fifty slips: every one is reached page by page, once, in order, and the counts are true."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from frontdoor.actors.rules import SEEDER
from frontdoor.directions import queries as directions
from frontdoor.directions.models import Direction
from frontdoor.handovers import queries
from frontdoor.handovers.models import Copy, Handover
from frontdoor.trail.models import Entry
from tests.handovers.conftest import KIND
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

MANY = 450
NOW = datetime.now(UTC).replace(microsecond=0)


def slips(world: World, **more: Any) -> None:
    """Slips that many share a due time of, some red, from the hub to the assessment team; a fifth come from Bath."""
    with world.system(SEEDER):
        giver = world.user("social_worker").pk
        usual = {
            "authority_id": PETERBOROUGH, "subject_kind": KIND, "why": "x", "from_team_id": world.team("mash").pk,
            "from_user": giver, "destination": "assessment", "to_team_id": world.team("assessment").pk,
            "to_function": "assessment", "to_authority_id": PETERBOROUGH, "received_at": NOW, "first_sent_at": NOW,
            "sent_at": NOW,
        } | more  # fmt: skip
        Handover.objects.bulk_create(
            Handover(
                subject_key=uuid.uuid4(), summary=f"Slip {number}", due_at=NOW + timedelta(hours=number % 7),
                rating="red" if number % 7 == 3 and more.get("state") != "escalated" else "",
                urgent=number % 7 == 3 and more.get("state") != "escalated", **usual,
            )
            for number in range(MANY)
        )  # fmt: skip


def copies(world: World, number: int, **more: Any) -> None:
    with world.system(SEEDER, council=CAMBRIDGESHIRE):
        Copy.objects.bulk_create(
            Copy(
                authority_id=PETERBOROUGH, from_authority_id=CAMBRIDGESHIRE, slip=uuid.uuid4(), leg=1,
                subject_kind=KIND, function="assessment", summary=f"Copy {each}", why="x", section47=False,
                urgent=each == 3, rating="red" if each == 3 else "", payload={}, sent_by="A", received_at=NOW,
                sent_at=NOW, due_at=NOW + timedelta(hours=each % 7), **more,
            )
            for each in range(number)
        )  # fmt: skip


def walked(ask: Callable[..., Any], *, place: str = "cursor", **asked: Any) -> Iterator[Any]:
    """Every page of a list, each asked for after the last row of the one before."""
    after = None
    while True:
        page = ask(after=after, limit=queries.PAGE, count=True, **asked)
        yield page
        if not page.more:
            return
        after = getattr(page[-1], place)


def _all(pages: list[Any]) -> list[Any]:
    return [row for page in pages for row in page]


def test_the_inbox_gives_every_slip_and_copy_once_urgent_ones_first(world: World) -> None:
    slips(world)
    copies(world, 40)
    with world.acting("assessment_worker", of=PETERBOROUGH) as by:
        pages = list(walked(queries.inbox, by=by, at=NOW))
    rows = _all(pages)
    assert [page.total for page in pages] == [490] * 10
    assert [len(page) for page in pages] == [50] * 9 + [40]
    assert len({row.key for row in rows}) == 490
    assert [row.place for row in rows] == sorted(row.place for row in rows)
    assert [row.urgent for row in rows] == [True] * 65 + [False] * 425


def test_what_was_taken_on_goes_back_page_by_page(world: World) -> None:
    slips(world, state="accepted", settled_at=NOW)
    copies(world, 40, state="accepted", answered_at=NOW - timedelta(minutes=1))
    with world.acting("assessment_worker", of=PETERBOROUGH) as by:
        pages = list(walked(queries.accepted, place="taken", by=by, at=NOW))
    rows = _all(pages)
    assert {page.total for page in pages} == {490}
    assert len({row.key for row in rows}) == 490
    assert [row.copy for row in rows] == [False] * 450 + [True] * 40


@pytest.mark.parametrize("mine", [True, False])
def test_what_was_given_stands_on_the_givers_list_to_the_last(world: World, mine: bool) -> None:
    slips(world)
    with world.acting("social_worker") as by:
        pages = list(walked(queries.given, mine=mine, by=by, at=NOW))
    rows = _all(pages)
    assert ({page.total for page in pages}, len({row.key for row in rows})) == ({MANY}, MANY)
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)


def test_of_restricted_slips_the_team_counts_every_one_though_it_can_open_none(world: World) -> None:
    slips(world, restricted=True, from_user=world.user("team_manager").pk, to_function="lado", destination="lado")
    with world.acting("social_worker") as by:
        pages = list(walked(queries.given, by=by, at=NOW))
    assert [page.total for page in pages] == [MANY] * 9
    assert {row.key for row in _all(pages)} == {None}
    assert len(_all(pages)) == MANY


def test_a_head_of_service_settles_to_the_last(world: World) -> None:
    slips(world, state="escalated")
    with world.acting("head_of_service") as by:
        pages = list(walked(queries.escalated, by=by, at=NOW))
    assert len({row.key for row in _all(pages)}) == MANY


def _directions(world: World, **more: Any) -> None:
    with world.system(SEEDER):
        usual = {
            "authority_id": PETERBOROUGH, "subject_kind": KIND, "subject_key": uuid.uuid4(),
            "owner_user": world.user("social_worker").pk, "given_by": world.user("team_manager").pk,
            "given_at": NOW - timedelta(days=2),
        } | more  # fmt: skip
        Direction.objects.bulk_create(
            Direction(
                what=f"Direction {number}", due_at=NOW - timedelta(hours=number % 5),
                first_due_at=NOW - timedelta(hours=number % 5), **usual,
            )
            for number in range(MANY)
        )  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "role"),
    [
        (directions.mine, "social_worker"),
        (directions.given_by_me_due, "team_manager"),
        (directions.given_by_me, "team_manager"),
        (directions.drifting, "team_manager"),
    ],
)
def test_every_direction_is_reached(world: World, ask: Callable[..., Any], role: str) -> None:
    _directions(world, asked=4)
    with world.acting(role) as by:
        pages = list(walked(ask, by=by, at=NOW))
        rows = _all(pages)
        assert [page.total for page in pages] == [MANY] * 9
        assert len({row.key for row in rows}) == MANY
        assert [row.cursor for row in rows] == sorted(row.cursor for row in rows)
        shown = [len(entry.detail["shown"]) for entry in Entry.objects.filter(action__startswith="directions.")]
    assert shown == [50] * 9, "each entry holds what that page showed, and no more"


ADDRESSES = [
    ("/peterborough/handovers/inbox/", "assessment_worker", PETERBOROUGH, {}, "Slip"),
    ("/peterborough/handovers/taken-on/", "assessment_worker", PETERBOROUGH,
     {"state": "accepted", "settled_at": NOW}, "Slip"),
    ("/peterborough/handovers/given/", "social_worker", CAMBRIDGESHIRE, {}, "Slip"),
    ("/peterborough/handovers/refused-twice/", "head_of_service", CAMBRIDGESHIRE, {"state": "escalated"}, "Slip"),
    ("/peterborough/directions/mine/", "social_worker", CAMBRIDGESHIRE, None, "Direction"),
    ("/peterborough/directions/back/", "team_manager", CAMBRIDGESHIRE, None, "Direction"),
]  # fmt: skip


@pytest.mark.parametrize("listed", ADDRESSES, ids=lambda listed: listed[0])
def test_a_browser_walks_a_list_by_its_links_to_the_end_and_back_to_the_beginning(
    world: World, listed: tuple[str, str, int, dict[str, Any] | None, str]
) -> None:
    address, role, of, more, what = listed
    if more is None:
        _directions(world)
    else:
        slips(world, **more)
    client = world.signed_in(Client(), world.user(role, council=of))
    seen: list[str] = []
    here, page = address, ""
    for _ in range(9):
        page = client.get(here).content.decode()
        assert "450 in all" in page
        seen += re.findall(rf">({what} \d+)<", page)
        links = re.findall(r'href="(\?[^"]*)"[^>]*rel="next"|rel="next"[^>]*href="(\?[^"]*)"', page)
        here = address + "".join(links[0]).replace("&amp;", "&") if links else ""
    assert (len(seen), len(set(seen)), here) == (MANY, MANY, "")
    assert f'href="{address}"' in page or 'href="?"' in page, "the way back to the first"


def test_a_place_in_a_list_that_somebody_made_up_leads_nowhere(world: World) -> None:
    client = world.signed_in(Client(), world.user("social_worker"))
    for made_up in ("x", "gAAAA", "1", "%00", "../"):
        for address in ("handovers/given/", "directions/mine/"):
            assert client.get(f"/peterborough/{address}?after={made_up}").status_code == 404
    slips(world)
    page = client.get("/peterborough/handovers/given/").content.decode()
    place = re.search(r"after=([\w%-]+)", page)
    assert place is not None
    assert client.get(f"/peterborough/directions/mine/?after={place[1]}").status_code == 404
