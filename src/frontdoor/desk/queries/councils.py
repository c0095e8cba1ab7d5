"""The councils that somebody reaches, one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from frontdoor.access.queries import Place
from frontdoor.actors.actions import acting_in_turn
from frontdoor.actors.rules import Actor


@contextmanager
def each(councils: tuple[Place, ...], *, by: Actor) -> Iterator[Iterator[tuple[Place, Actor]]]:
    """The councils that an actor reaches, one at a time, for a loop inside the block."""
    with acting_in_turn([place.id for place in councils], by=by) as turns:
        yield zip(councils, turns, strict=True)
