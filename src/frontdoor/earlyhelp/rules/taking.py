"""Who hears that a family was taken on: the room above, which holds the team around it (as `letters.rules.ledger`)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

OWN, AGENCY = "own", "agency"
KINDS = [(OWN, "A team of this council"), (AGENCY, "Another agency")]
"""Kinds of those who take families on."""


@dataclass(frozen=True, slots=True)
class TakenOn:
    """A family that somebody takes on from now.

    :param worker: who, by name
    :param account: their account; None for whoever has none
    :param agency: the team or agency they work for, and its telephone
    :param own: whether that is a team of this council
    """

    episode: UUID
    worker: str
    account: int | None
    agency: str
    phone: str
    own: bool


Hears = Callable[..., object]
"""`(taken, *, by, at)`: called inside the act that takes the family on; what it refuses, refuses the act."""

HEARERS: list[Hears] = []
"""Filled while the rooms start, read afterwards."""


def declare_hearer(hears: Hears) -> None:
    """Make known who hears of it, once."""
    if hears not in HEARERS:
        HEARERS.append(hears)


def tell(taken: TakenOn, *, by: object, at: object) -> None:
    """Tell everybody who hears of it."""
    for hears in HEARERS:
        hears(taken, by=by, at=at)
