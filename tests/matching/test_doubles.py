"""Records that a search found alike: laid before somebody strongest first, answered once, never offered again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.actors.rules import SEEDER, NotFound, NotPermitted, StepNotAllowed
from frontdoor.matching.actions import doubles as actions
from frontdoor.matching.actions import joining
from frontdoor.matching.models import NotSame, Search, Suspicion
from frontdoor.matching.queries import doubles as queries
from frontdoor.matching.rules import doubles as rules
from frontdoor.people.models import Person
from tests.matching import joins
from tests.matching.joins import AT, Known
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World


@pytest.fixture
def known(world: World) -> Known:
    found = Known(world)
    found.make("Ola Nowak", "Ola Novak", "Ewa Nowak", "Eva Nowak")
    with world.system(SEEDER):
        joins.write(found, [("name", number, 0, number % 3, False) for number in range(4)])
    return found


def _search(**more: Any) -> Search:
    told = {"state": "done", "engine": "sql", "begun_by": "test", "begun_at": AT, "moved_at": AT}
    return Search.objects.create(authority_id=PETERBOROUGH, **{**told, **more})


def _suspect(known: Known, one: int, other: int, bits: float, **more: Any) -> Suspicion:
    with known.world.system(SEEDER):
        people = {"person": known.people[one], "other": known.people[other] if other >= 0 else None}
        said = {
            "strength": "likely",
            "reasons": ["The same name."],
            "search": _search(),
            "bits": bits,
            "state": "waiting",
            **more,
        }
        return Suspicion.objects.create(authority_id=PETERBOROUGH, **people, **said)


def _page(client: Client, name: str, *key: object, **query: Any) -> str:
    return client.get(reverse(f"matching:{name}", args=["peterborough", *key]), query).text


def test_the_strongest_comes_first_and_what_is_answered_is_gone(known: Known) -> None:
    weak, strong = _suspect(known, 0, 1, 4.5), _suspect(known, 2, 3, 12.25)
    with known.world.acting("data_quality_manager") as by:
        assert [each.row for each in queries.open_doubles(by=by, at=AT)] == [strong, weak]
        after = queries.open_doubles(by=by, at=AT)[0].cursor
        assert [each.row for each in queries.open_doubles(after=after, by=by, at=AT)] == [weak]
        actions.reject(strong.key, seen=1, why="Sisters.", by=by, at=AT)
        assert [each.row for each in queries.open_doubles(by=by, at=AT)] == [weak]
        assert NotSame.objects.get().ground == "looked_at"
        with pytest.raises(StepNotAllowed):
            actions.reject(strong.key, seen=2, why="Sisters.", by=by, at=AT)
    with known.world.acting("social_worker") as by, pytest.raises(NotPermitted):
        queries.open_doubles(by=by, at=AT)


def test_a_proposal_takes_it_from_the_queue_and_a_refusal_brings_it_back(known: Known) -> None:
    row = _suspect(known, 0, 1, 9.0)
    join = joins.propose(known, 0, 1)
    with known.world.acting("data_quality_manager") as by:
        assert queries.open_doubles(by=by, at=AT) == []
        joining.refuse(join.key, seen=1, why="Not enough is known.", by=by, at=AT)
        assert [each.row for each in queries.open_doubles(by=by, at=AT)] == [row]


def test_a_reference_to_another_council_is_seen_by_whoever_reaches_both(known: Known) -> None:
    with known.world.system(SEEDER, council=CAMBRIDGESHIRE):
        there = Person.objects.create(authority_id=CAMBRIDGESHIRE, made_at=AT, label="Ola Nowak")
    row = _suspect(known, 0, -1, 9.0, elsewhere_council=CAMBRIDGESHIRE, elsewhere=there.key, reasons=[])
    with known.world.acting("data_quality_manager", of=CAMBRIDGESHIRE) as by:
        (found,) = queries.open_doubles(by=by, at=AT)
        assert found.place == ("Cambridgeshire", "cambridgeshire")
        assert queries.open_double(row.key, by=by, at=AT).compared is None
    with known.world.acting("data_quality_manager", of=PETERBOROUGH) as by:
        assert queries.open_doubles(by=by, at=AT) == []
        for ask in (queries.open_double, lambda key, **who: actions.reject(key, seen=1, why="No.", **who)):
            with pytest.raises(NotFound):
                ask(row.key, by=by, at=AT)  # type: ignore[operator]  # a query and an action


def test_the_queue_is_empty_has_one_or_is_turned_over(known: Known, signed: Any) -> None:
    manager = signed("data_quality_manager")
    assert "Nothing waits to be looked at." in _page(manager, "doubles")
    assert "Nobody has searched" in _page(manager, "doubles")
    row = _suspect(known, 0, 1, 9.0)
    assert "The same name." in _page(manager, "doubles")
    for number in range(queries.PAGE):
        _suspect(known, 2, 3, 2.0 + number / 100)
    first = manager.get(reverse("matching:doubles", args=["peterborough"]))
    assert "?after=" in first.text
    assert str(row.key) in first.text


def test_one_pair_is_laid_side_by_side_with_what_each_field_weighs(known: Known, signed: Any) -> None:
    row = _suspect(known, 0, 1, 9.0)
    manager = signed("data_quality_manager")
    page = _page(manager, "double", row.key)
    assert "Side by side" in page
    assert "What each field weighs" in page
    address = reverse("matching:double", args=["peterborough", row.key])
    assert manager.post(address, {"seen": 1, "why": ""}).status_code == 422
    assert manager.post(address, {"seen": 1, "why": "Sisters."}).status_code == 302
    assert "Propose to join them" not in _page(manager, "double", row.key)


def test_a_running_search_shows_how_far_it_is_without_scripts(known: Known, signed: Any) -> None:
    with known.world.system(SEEDER):
        _search(state="running", total=40_000, done=39_999, found=3)
    manager = signed("data_quality_manager")
    answer = manager.get(reverse("matching:doubles-search", args=["peterborough"]))
    assert "39,999 of 40,000" in answer.text
    assert 'value="99"' in answer.text
    assert answer.headers["Refresh"] == "10"
    with known.world.system(SEEDER):
        Search.objects.update(state="done", done=40_000, ended_at=AT)
    assert "Refresh" not in manager.get(reverse("matching:doubles-search", args=["peterborough"])).headers


@pytest.mark.parametrize(("done", "total", "share"), [(0, 0, 0), (0, 9, 0), (8, 9, 88), (999, 1000, 99), (9, 9, 100)])
def test_a_search_is_never_said_to_be_done_before_it_is(done: int, total: int, share: int) -> None:
    assert rules.share(done, total) == share
