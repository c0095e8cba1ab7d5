"""The councils that somebody reaches, one at a time."""

from collections.abc import Iterator

from frontdoor.access.queries import Place
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor


def each(councils: tuple[Place, ...], *, by: Actor) -> Iterator[tuple[Place, Actor]]:
    """The councils that an actor reaches, one at a time."""
    for place in councils:
        with acting_for(place.id, by=by) as acting:
            yield place, acting
