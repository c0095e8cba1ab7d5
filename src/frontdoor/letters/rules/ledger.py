"""What was given to whom about a child, and what was not: each room says it of its own rows, and none is copied.

The rooms are layered and neighbours do not know each other: each declares a source here while it starts, and whoever
shows the ledger asks all of them. What has no row of its own is written once, in `letters.models.Given`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Went(StrEnum):
    """Which way a line of the ledger went."""

    GIVEN = "given"
    ASKED = "asked"
    NOT_GIVEN = "not_given"


WENT = [(Went.GIVEN.value, "Given"), (Went.ASKED.value, "Asked of an agency"), (Went.NOT_GIVEN.value, "Not given")]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose ledger it is.

    :param named: keys of the rows of contacts that are these children, with what each is called
    :param contacts: keys of the contacts that are about them
    :param subjects: keys of everything in these contacts that a letter or a copy can be about
    """

    named: dict[UUID, str]
    contacts: frozenset[UUID]
    subjects: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was given, asked or not given.

    :param what: what it was, in summary: never the words themselves
    :param about: which child; empty where it is about all
    :param to_whom: the person or desk by name, or what they are where their name is kept apart
    :param why: what for, or why not
    :param basis: the lawful basis, and the agreement with its version
    :param how: by letter, e-mail, portal, telephone, print
    :param by: number of the account; None where a system did it or `by_name` says who
    """

    at: datetime
    went: Went
    what: str
    about: str = ""
    to_whom: str = ""
    agency: str = ""
    why: str = ""
    basis: str = ""
    how: str = ""
    by: int | None = None
    by_name: str = ""

    @property
    def recipient(self) -> str:
        """Who received it, as lists name them."""
        return ", ".join(part for part in (self.to_whom, self.agency) if part)


Gives = Callable[..., Iterable[Line]]
"""`(scope, *, by, at)`: the lines that a room has about these children. The caller records that they were shown."""

SOURCES: dict[str, Gives] = {}
"""The declared sources by the name of their part; filled while the rooms start, read afterwards."""


def declare_source(name: str, gives: Gives) -> None:
    """Make known what a part of a room gives to the ledger, once.

    :raises ValueError: another source stands under that name
    """
    if SOURCES.setdefault(name, gives) is not gives:
        raise ValueError(f"two sources of the ledger are called {name}")


def lines(scope: Scope, *, by: object, at: datetime) -> list[Line]:
    """Every line of every room about these children, the newest first."""
    found = [line for gives in SOURCES.values() for line in gives(scope, by=by, at=at)]
    return sorted(found, key=lambda line: line.at, reverse=True)
