"""What a line of the reviewed table says, and the words with which a line is written (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdoor.access.rules import Kind
from frontdoor.actors.rules import Permission as P  # noqa: N817 (a table of a hundred lines)


@dataclass(frozen=True)
class Route:
    """One reviewed line."""

    kind: Kind
    permission: P | None = None
    key: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    get: int = 200
    entry: str = ""
    referrer: bool = False
    some: bool = False
    police: bool = False
    absent: int = 404

    def leaves(self, status: int) -> set[tuple[str, ...]]:
        """What a GET with this answer may leave in the trail: with and without what only some may read."""
        if status == 403:
            return {("access.refused",)}
        named = [action for action in self.entry.split(",") if action]
        always = tuple(sorted(action for action in named if not action.endswith("?")))
        return {always, tuple(sorted(action.rstrip("?") for action in named))}


def council(permission: P | None, key: str = "", **more: Any) -> Route:
    return Route(Kind.COUNCIL, permission, key, **more)


def receiving(permission: P | None, key: str = "", **more: Any) -> Route:
    return Route(Kind.RECEIVING, permission, key, **more)


def portal(**more: Any) -> Route:
    return Route(Kind.PORTAL, more=more)


def merged(permission: P | None = None, **more: Any) -> Route:
    return Route(Kind.MERGED, permission, **more)


def partner(key: str = "", **more: Any) -> Route:
    return Route(Kind.PARTNER, key=key, **more)


def agency(key: str = "", **more: Any) -> Route:
    return Route(Kind.AGENCY, key=key, **more)


def none(**more: Any) -> Route:
    return Route(Kind.NONE, more=more)


def client(**more: Any) -> Route:
    return Route(Kind.CLIENT, P.CONTACT_TAKE, more=more)
