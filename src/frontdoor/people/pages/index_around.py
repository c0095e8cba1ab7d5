"""What stands around every page of one person's record: who it is, and the parts of the record."""

from dataclasses import dataclass

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.people.models import Person
from frontdoor.shell.pages import Item


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
