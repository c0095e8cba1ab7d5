"""What stands around every page of one person's record: who it is, and the parts of the record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.people.models import Person
from frontdoor.shell.pages import Column, Item, Row


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a record.

    :param route: its address, given the council's slug and the person's key
    """

    words: str
    route: str
    permission: Permission = Permission.PERSON_READ


PARTS: list[Part] = [Part("Record", "people:person")]
"""The parts that are offered. A room above adds its own while it starts."""


def add_part(words: str, route: str, permission: Permission = Permission.PERSON_READ) -> None:
    """Make another part of the record known, once."""
    part = Part(words, route, permission)
    if part not in PARTS:
        PARTS.append(part)


@dataclass(frozen=True, slots=True)
class Panel:
    """What a room above says of one person, on the record.

    :param empty: what is said where it knows nothing
    """

    heading: str
    columns: Sequence[str | Column]
    rows: Sequence[Row]
    empty: str


Gives = Callable[..., Panel | None]
"""`(person, slug, *, by, at)`: what a room above says of one person; None where its reader may not see it."""

PANELS: list[Gives] = []
"""What stands first on a record, since it must be known before anybody acts. Filled while the rooms start."""


def add_panel(gives: Gives) -> None:
    """Make what a room above says of a person known, once."""
    if gives not in PANELS:
        PANELS.append(gives)


def panels(person: Person, slug: str, *, by: Actor, at: datetime) -> list[Panel]:
    """What the rooms above say of one person."""
    return [panel for gives in PANELS if (panel := gives(person, slug, by=by, at=at)) is not None]


_FIRST = ("people:person", "people:family", "child:chronology")


def _place(part: Part) -> tuple[int, str]:
    """Who it is, the family and the history come first, whichever room started first; others by their words."""
    return (_FIRST.index(part.route) if part.route in _FIRST else len(_FIRST)), part.words


def parts(person: Person, slug: str, current: str, *, by: Actor) -> list[Item]:
    """The parts of one record that its reader may open.

    :param current: the route of the page that is open
    """
    return [
        Item(part.words, reverse(part.route, args=[slug, person.key]), current=part.route == current)
        for part in sorted(PARTS, key=_place)
        if by.may(part.permission)
    ]
