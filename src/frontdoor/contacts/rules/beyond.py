"""Ways from a contact's page into rooms above: each names its own address, so that contacts never learns of them."""

from dataclasses import dataclass

from frontdoor.actors.rules import Permission


@dataclass(frozen=True, slots=True)
class Way:
    """One way on.

    :param address: the route of a page, given council slug and the contact's key
    :param while_open: offered only while the contact is not closed
    """

    words: str
    address: str
    permission: Permission
    while_open: bool = False


WAYS: dict[str, Way] = {}
"""The declared ways by address; filled while the rooms start, read afterwards."""


def declare_way(words: str, address: str, permission: Permission, *, while_open: bool = False) -> None:
    """Make a way known, once.

    :raises ValueError: another one leads to that address
    """
    way = Way(words, address, permission, while_open)
    if WAYS.setdefault(address, way) != way:
        raise ValueError(f"two ways lead to {address}")
