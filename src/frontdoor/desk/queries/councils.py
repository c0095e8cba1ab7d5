"""The councils that somebody reaches, one at a time, and one list of all of them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol, TypeVar

from frontdoor.access.queries import Place
from frontdoor.actors.actions import acting_in_turn
from frontdoor.actors.rules import Actor, Permission
from frontdoor.shell.rules import merge


class Due(Protocol):
    """A row of a list in the order of what is due first: its place in it, and its place once it has ended."""

    @property
    def place(self) -> tuple[datetime, int, int]: ...

    @property
    def settled_place(self) -> tuple[datetime, int, int]: ...


R = TypeVar("R", bound=Due)


@contextmanager
def each(councils: tuple[Place, ...], *, by: Actor) -> Iterator[Iterator[tuple[Place, Actor]]]:
    """The councils that an actor reaches, one at a time, for a loop inside the block."""
    with acting_in_turn([place.id for place in councils], by=by) as turns:
        yield zip(councils, turns, strict=True)


def due_first(
    councils: tuple[Place, ...], ask: Callable[[Actor, int], Iterable[R]], *, needs: Permission, page: int,
    ended: bool, by: Actor,
) -> tuple[list[R], bool]:  # fmt: skip
    """One list of all councils reached, what is due first in front.

    :param ask: given whoever acts for a council and how many rows at most, that council's rows; an entry each
    :param needs: what somebody must hold in a council for its rows
    :param ended: what has ended is one page, the last first
    :returns: the rows of this page, and whether there are more
    """
    pages: list[list[R]] = []
    with each(councils, by=by) as turns:
        for _, acting in turns:
            if acting.may(needs):
                pages.append(list(ask(acting, page + 1)))
    if ended:
        rows = sorted((row for found in pages for row in found), key=lambda row: row.settled_place, reverse=True)
        return rows[:page], False
    return merge(pages, lambda row: row.place, page)
