"""What files may belong to: each room declares its own, with what it takes to read and to add."""

from dataclasses import dataclass

from frontdoor.actors.rules import NotFound, Permission


@dataclass(frozen=True, slots=True)
class Holder:
    """A kind of subject that may have files.

    :param read: what it takes to see and open them
    :param keep: what it takes to add one
    :param address: the name of the page of such a subject, found by council and key; empty where there is none
    """

    read: Permission
    keep: Permission
    address: str = ""


_HOLDERS: dict[str, Holder] = {}


def holds_files(kind: str, *, read: Permission, keep: Permission, address: str = "") -> str:
    """Declare that a kind of subject may have files.

    :param kind: `room.model`
    :param address: the name of the page of such a subject; empty where there is none
    :returns: the kind
    """
    _HOLDERS[kind] = Holder(read, keep, address)
    return kind


def holder(kind: str) -> Holder:
    """What was declared of a kind of subject.

    :raises NotFound: no room declared it
    """
    if (found := _HOLDERS.get(kind)) is None:
        raise NotFound
    return found
