"""The pages: what I have to do, what has come back to me, one direction."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from frontdoor.directions import actions
from frontdoor.directions.models import Direction
from frontdoor.directions.rules import State
from frontdoor.shell.rules import london
from frontdoor.trail.models import Entry
from tests.worlds import CAMBRIDGESHIRE, World


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def direction(world: World) -> Direction:
    with world.acting("team_manager") as by:
        return actions.give(
            subject=("contacts.matter", uuid.uuid4()), owner=f"user:{world.user('social_worker').pk}",
            what="See the child at home", due_at=now() - timedelta(hours=1), by=by, at=now() - timedelta(hours=5),
        )  # fmt: skip


@pytest.fixture
def as_role(world: World) -> Callable[..., Client]:
    def sign_in(role: str, *, of: int = CAMBRIDGESHIRE, second: bool = False) -> Client:
        return world.signed_in(Client(), world.user(role, council=of, second=second))

    return sign_in


def _url(*parts: object) -> str:
    return "/" + "/".join(["peterborough", "directions", *map(str, parts)]) + "/"


def _typed(moment: datetime) -> dict[str, str]:
    local = london(moment)
    return {
        "due_at-day": str(local.day), "due_at-month": str(local.month), "due_at-year": str(local.year),
        "due_at-time": local.strftime("%H:%M"),
    }  # fmt: skip


def _stands(world: World, direction: Direction) -> Direction:
    with world.acting("team_manager"):
        return Direction.objects.get(key=direction.key)


def test_the_owner_finds_it_and_says_with_evidence_that_it_is_done(
    world: World, as_role: Callable[..., Client], direction: Direction
) -> None:
    owner = as_role("social_worker")
    assert direction.what in owner.get(_url("mine")).content.decode()
    assert "Is it done?" in owner.get(_url(direction.key)).content.decode()
    empty = owner.post(_url(direction.key, "done"), {"seen": 1, "evidence": " "})
    assert empty.status_code == 422
    assert "Say what was done, and how we know" in empty.content.decode()
    assert owner.post(_url(direction.key, "done"), {"seen": 1, "evidence": "Seen, alone."}).status_code == 302
    assert _stands(world, direction).state == State.DONE
    assert direction.what not in owner.get(_url("mine")).content.decode()


def test_it_comes_back_to_the_giver_who_looks_at_the_evidence(
    world: World, as_role: Callable[..., Client], direction: Direction
) -> None:
    as_role("social_worker").post(_url(direction.key, "done"), {"seen": 1, "evidence": "Seen, alone."})
    giver = as_role("team_manager")
    assert direction.what in giver.get(_url("back")).content.decode()
    assert "Seen, alone." in giver.get(_url(direction.key)).content.decode()
    assert giver.post(_url(direction.key, "seen"), {"seen": 2}).status_code == 302
    assert _stands(world, direction).state == State.CHECKED
    assert direction.what not in giver.get(_url("back")).content.decode()


def test_the_giver_gives_it_back_asks_moves_and_takes_it_back(
    world: World, as_role: Callable[..., Client], direction: Direction
) -> None:
    as_role("social_worker").post(_url(direction.key, "done"), {"seen": 1, "evidence": "Rang."})
    giver, tomorrow = as_role("team_manager"), _typed(now() + timedelta(days=1))
    for part in ("give-back", "ask", "move", "take-back"):
        assert giver.get(_url(direction.key, part)).status_code == 200
    assert giver.post(_url(direction.key, "give-back"), {"seen": 2, "reason": "See her."} | tomorrow).status_code == 302
    assert giver.post(_url(direction.key, "ask"), {"note": "Booked for Friday."}).status_code == 302
    late = giver.post(_url(direction.key, "move"), {"seen": 3, "reason": "x"} | _typed(now() - timedelta(days=2)))
    assert late.status_code == 422
    assert 'href="#id_due_at-day"' in late.content.decode()
    further = _typed(now() + timedelta(days=2))
    assert giver.post(_url(direction.key, "move"), {"seen": 3, "reason": "Away."} | further).status_code == 302
    assert "Asked after once, moved once, reopened once" in giver.get(_url("back")).content.decode()
    assert giver.post(_url(direction.key, "take-back"), {"seen": 4, "reason": "Moved away."}).status_code == 302
    assert _stands(world, direction).state == State.WITHDRAWN


def test_an_owner_is_not_offered_what_only_a_manager_does(as_role: Callable[..., Client], direction: Direction) -> None:
    owner = as_role("social_worker")
    page = owner.get(_url(direction.key)).content.decode()
    for part in ("move", "ask", "take-back"):
        assert _url(direction.key, part) not in page
        assert owner.post(_url(direction.key, part), {"seen": 1, "reason": "x", "note": "x"}).status_code == 403
    assert owner.get(_url("back")).status_code == 403


def test_another_councils_direction_answers_exactly_as_one_that_does_not_exist(
    as_role: Callable[..., Client], direction: Direction
) -> None:
    client = as_role("team_manager")
    theirs = client.get(f"/cambridgeshire/directions/{direction.key}/")
    nothing = client.get(f"/cambridgeshire/directions/{uuid.uuid4()}/")
    assert (theirs.status_code, theirs.content) == (404, nothing.content)


def test_two_who_say_that_it_is_done_are_told_apart(as_role: Callable[..., Client], direction: Direction) -> None:
    as_role("social_worker").post(_url(direction.key, "done"), {"seen": 1, "evidence": "Seen."})
    second = as_role("team_manager").post(_url(direction.key, "done"), {"seen": 1, "evidence": "Seen too."})
    assert second.status_code == 409


def test_lists_and_openings_are_entries_of_the_trail(
    world: World, as_role: Callable[..., Client], direction: Direction
) -> None:
    client = as_role("social_worker")
    client.get(_url("mine"))
    client.get(_url(direction.key))
    with world.acting("team_manager"):
        assert Entry.objects.get(action="directions.mine").detail["shown"] == [str(direction.key)]
        assert Entry.objects.filter(action="directions.open", subject_key=str(direction.key)).count() == 1


HOSTILE = ["<script>alert(1)</script>", "=1+1", "\u202etxt", "😀" * 10, "a\x00b", "x" * 30_000, "   "]


@pytest.mark.parametrize("typed", HOSTILE, ids=["script", "formula", "rtl", "emoji", "control", "huge", "blank"])
def test_hostile_words_are_taken_as_words_or_answered_beside_the_field(
    as_role: Callable[..., Client], direction: Direction, typed: str
) -> None:
    owner, giver = as_role("social_worker"), as_role("team_manager")
    for client, part, field in (
        (giver, "ask", "note"),
        (owner, "done", "evidence"),
        (giver, "take-back", "reason"),
    ):
        said = {"seen": 1 + (part == "take-back"), field: typed}
        assert client.post(_url(direction.key, part), said).status_code in (302, 409, 422)
    assert "<script>alert(1)" not in giver.get(_url(direction.key)).content.decode()
