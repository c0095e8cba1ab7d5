"""Slices of a large index weighed ahead by processes of their own, while the search lays what the last one found.

Reading records and weighing pairs is Python and takes one processor whole; laying waits for the database. A search that
is killed loses only what was weighed ahead: nothing of it was laid yet, and the slice is weighed again.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from django.db import connection

from frontdoor.actors.rules import Actor
from frontdoor.config import doubling_process
from frontdoor.matching.actions import doubles_searching as searching
from frontdoor.matching.actions.doubles_searching import Finder, Found, weighed
from frontdoor.matching.queries.doubles_searching import Pair, slice_after

FEWEST = 50_000
"""With fewer people a search is over before processes are worth starting."""

_MOST = 4
"""So many processes at most: beyond them the database is what is waited for."""


@contextmanager
def weighing(
    council: int, engine: Callable[[list[int]], list[Pair]], *, people: int, processes: int = 0
) -> Iterator[Finder]:
    """What weighs the pairs of a slice: here, or ahead in other processes where the index is large.

    :param engine: gives the pairs of a slice
    :param people: how many the index holds
    :param processes: so many; by default one for each processor of this machine, up to four
    """
    many = processes or (min(_MOST, os.cpu_count() or 1) if people >= FEWEST else 1)
    if many == 1:
        yield lambda slice_, among, by: weighed(engine(slice_), among=among, by=by)
        return
    name = connection.settings_dict["NAME"]
    pool = ProcessPoolExecutor(
        many, mp_context=get_context("spawn"), initializer=doubling_process.begin, initargs=(name,)
    )
    try:
        yield _Ahead(council, engine, pool, slices=2 * many)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Ahead:
    """Keeps the processes in work: whenever a slice is asked for, those that follow are given out."""

    def __init__(
        self, council: int, engine: Callable[[list[int]], list[Pair]], pool: ProcessPoolExecutor, *, slices: int
    ) -> None:
        self._council, self._engine, self._pool, self._slices = council, engine, pool, slices
        self._given: dict[int, Future[Found]] = {}
        self._last = 0

    def __call__(self, people: list[int], among: int, by: Actor) -> Found:
        if not people:
            return []
        if people[-1] not in self._given:
            self._forget()
            self._give(people, among)
        while len(self._given) < self._slices and (following := slice_after(self._last, searching.SLICE, by=by)):
            self._give(following, among)
        return self._given.pop(people[-1]).result()

    def _forget(self) -> None:
        """What was given out ends elsewhere than the slices do now, since somebody was joined into another record."""
        for each in self._given.values():
            each.cancel()
        self._given.clear()

    def _give(self, people: list[int], among: int) -> None:
        self._given[people[-1]] = self._pool.submit(doubling_process.weigh, self._council, self._engine(people), among)
        self._last = people[-1]
