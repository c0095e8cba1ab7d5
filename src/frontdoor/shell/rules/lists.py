"""Merging the pages of several councils into one list (database.md, Lists)."""

import heapq
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

Row = TypeVar("Row")


class Paged(list[Row]):
    """One page of a list: its rows, with how many there are in all and whether more follow.

    :param total: all rows of the list, not only this page's; None where nobody counted
    """

    def __init__(self, rows: Iterable[Row], *, total: int | None = None, more: bool = False) -> None:
        super().__init__(rows)
        self.total, self.more = total, more


def cut(rows: Sequence[Row], size: int, total: int | None = None) -> Paged[Row]:
    """A page out of up to ``size + 1`` rows, the last of which only tells that there are more."""
    return Paged(rows[:size], total=total, more=len(rows) > size)


def merge(pages: Iterable[Sequence[Row]], key: Callable[[Row], Any], size: int) -> tuple[list[Row], bool]:
    """The first rows of several sorted pages as one sorted page, and whether more follow.

    :param pages: one page a council, each in the order of ``key`` and holding up to ``size + 1`` rows, the last of
        which only tells that there are more
    :param key: a total order over all councils: (sort key, council, id), none of them null
    :param size: rows on a page, at least one
    """
    if size < 1:
        raise ValueError("a page holds at least one row")
    rows = list(islice(heapq.merge(*pages, key=key), size + 1))
    return rows[:size], len(rows) > size
