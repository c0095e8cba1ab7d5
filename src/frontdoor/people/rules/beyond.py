"""Ways from people into rooms above, which name themselves while they start: sealed addresses, and the search."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

RESIDENCE = "people.residence"
"""How a sealed address names the row whose words it holds."""


@dataclass(frozen=True, slots=True)
class Vault:
    """The room that keeps sealed addresses, as this room sees it.

    :param seals: `(subject, address=, why=, by=, at=)` keeps one
    :param opens: `(subjects, why=, by=, at=)` gives one, with a reason and an entry of its own
    :param lifts: `(subject, why=, by=, at=)` gives one that is sealed no longer
    """

    seals: Callable[..., Any]
    opens: Callable[..., str]
    lifts: Callable[..., str]


VAULTS: list[Vault] = []
"""The one room that keeps sealed addresses; filled while the rooms start."""


def declare_vault(room: Vault) -> None:
    """Make it known, once.

    :raises ValueError: another one is known
    """
    if VAULTS and VAULTS[0] != room:
        raise ValueError("two rooms keep sealed addresses")
    VAULTS[:] = [room]


def vault() -> Vault:
    """The room that keeps sealed addresses."""
    return VAULTS[0]


SEARCHES: list[str] = []
"""The route of the page on which people are searched for; filled while the rooms start."""


def declare_search(route: str) -> None:
    """Make the search known, once: nobody is written down who was not searched for.

    :param route: its name; it is one page over all councils
    :raises ValueError: another one is known
    """
    if SEARCHES and SEARCHES[0] != route:
        raise ValueError("two pages search for people")
    SEARCHES[:] = [route]
