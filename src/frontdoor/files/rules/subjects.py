"""What files may belong to: each room declares its own, with what it takes to read and to add."""

from dataclasses import dataclass

from frontdoor.actors.rules import NotFound, Permission


@dataclass(frozen=True, slots=True)
class Holder:
    """A kind of subject that may have files.

    :param read: what it takes to see and open them
    :param keep: what it takes to add one
    """

    read: Permission
    keep: Permission


_HOLDERS: dict[str, Holder] = {}


def holds_files(kind: str, *, read: Permission, keep: Permission) -> str:
    """Declare that a kind of subject may have files.

    :param kind: `room.model`
    :returns: the kind
    """
    _HOLDERS[kind] = Holder(read, keep)
    return kind


def holder(kind: str) -> Holder:
    """What was declared of a kind of subject.

    :raises NotFound: no room declared it
    """
    if (found := _HOLDERS.get(kind)) is None:
        raise NotFound
    return found
