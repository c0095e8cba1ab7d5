"""Slices weighed ahead by processes of their own: the same is found, once, in the same order."""

from concurrent.futures import Future
from datetime import date
from typing import Any

import pytest

from frontdoor.actors.rules import MATCHER
from tests.matching.test_doubles_searching import laid, made
from tests.worlds import MADE_AT, World

NAMES = ["Setchfield", "Nowak", "Petrauskas", "Doherty"]


def searched(council: int, world: World, *, processes: int) -> list[int]:
    """A search of one slice for each person; gives what was found after each."""
    from frontdoor.config.doubling_ahead import weighing
    from frontdoor.matching.actions import doubles_searching as actions
    from frontdoor.people.models import Person

    with world.system(MATCHER, council=council) as by:
        everybody = list(Person.objects.order_by("pk").values_list("pk", flat=True))
        search = actions.begin(engine=actions.SPLINK, begun_by="a test", by=by, at=MADE_AT)

    def engine(people: list[int]) -> list[tuple[int, int]]:
        return [pair for pair in zip(everybody[::2], everybody[1::2], strict=True) if pair[0] in people]

    found = []
    with weighing(council, engine, people=len(everybody), processes=processes) as finder:
        while search.state == "running":
            with world.system(MATCHER, council=council) as by:
                search = actions.go_on(search.key, finder=finder, by=by, at=MADE_AT)
            found.append(search.found)
    return found


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_weighed_ahead_is_laid_once_slice_by_slice(
    *, own_database: str, world: World, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr("frontdoor.matching.actions.doubles_searching.SLICE", 2)
    for place, name in enumerate(NAMES):
        for given in ("Alfie-James", "Alfie James"):
            made(world, given, name, date(2016, 11, 4 + place), street=f"{place} Welbourne Rise")
    assert searched(874, world, processes=processes) == [1, 2, 3, 4, 4]
    assert len(laid(world)) == len(NAMES)


def test_a_pair_that_somebody_parted_meanwhile_is_not_laid(
    own_database: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frontdoor.matching.actions import doubles_searching as actions
    from frontdoor.matching.models import NotSame

    one, other = (made(world, given, "Setchfield", date(2016, 11, 4)) for given in ("Alfie-James", "Alfie James"))
    with world.system(MATCHER, council=874) as by:
        search = actions.begin(engine=actions.SPLINK, begun_by="a test", by=by, at=MADE_AT)
        ahead = actions.weighed([(one.pk, other.pk)], among=2, by=by)
        NotSame.objects.create(authority_id=874, first=one, second=other, ground="looked_at", said_at=MADE_AT)
        search = actions.go_on(search.key, finder=lambda *_: ahead, by=by, at=MADE_AT)
    assert len(ahead) == 1
    assert search.found == 0
    assert laid(world) == []


def test_slices_that_end_elsewhere_since_a_join_are_given_out_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    from frontdoor.config import doubling_ahead

    index = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    given: list[list[int]] = []

    class Pool:
        def submit(self, _: Any, council: int, pairs: list[Any], among: int) -> Future[Any]:
            done: Future[Any] = Future()
            done.set_result(pairs)
            return done

    def engine(people: list[int]) -> list[Any]:
        given.append(people)
        return [tuple(people)]

    def following(number: int, most: int, *, by: Any) -> list[int]:
        return [each for each in index if each > number][:most]

    monkeypatch.setattr(doubling_ahead, "slice_after", following)
    monkeypatch.setattr("frontdoor.matching.actions.doubles_searching.SLICE", 2)
    pool: Any = Pool()
    ahead: Any = doubling_ahead._Ahead(874, engine, pool, slices=3)
    assert ahead([1, 2], 10, MATCHER) == [(1, 2)]
    assert given == [[1, 2], [3, 4], [5, 6]]
    index.remove(4)
    assert ahead([3, 5], 10, MATCHER) == [(3, 5)]
    assert given[3:] == [[3, 5], [6, 7], [8, 9]]
    assert ahead([6, 7], 10, MATCHER) == [(6, 7)]
    assert given[6:] == [[10]]
