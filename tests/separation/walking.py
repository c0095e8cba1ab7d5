"""Asking every address as one person, and putting everything back after each question."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from frontdoor.access.checks import routes
from frontdoor.access.rules import ROLES, Kind, Role, receiving_permissions
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, Permission
from frontdoor.config.demo.organisation import DELEGATED, POSTS
from tests.separation.planting import COUNCILS, Ground, token
from tests.separation.routes import ROUTES
from tests.separation.routing import Route
from tests.worlds import CAMBRIDGESHIRE, World

STAFF = (Kind.COUNCIL, Kind.RECEIVING)
RESTRICTED_TO = {Role.DESIGNATED_OFFICER, Role.HEAD_OF_SERVICE}
"""Who may see what is restricted in the planted ground: the officer, and the role that gave it."""

BODY = {
    **dict.fromkeys(("seen", "version", "number", "row", "minutes"), "1"),
    **dict.fromkeys(("why", "reason", "note", "text", "line", "advice", "answer", "evidence", "outcome_note"), "x"),
    "danger": "no", "outcome": "reached", "kind": "immediate_protection", "with_whom": "The police", "wrong": "team",
}  # fmt: skip
"""What a form may hold, so that a POST comes as far as the action: a form that is wrong proves nothing."""


@cache
def parts_of(name: str) -> frozenset[str]:
    """The named parts of an address."""
    pattern = next(pattern for pattern, found, _ in routes() if found == name)
    return frozenset(re.findall(r"<(?:\w+:)?(\w+)>", pattern))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, as somebody who looks at everything sees it.

    :param left: the actions of the entries that it left in the council's trail, each once
    """

    status: int
    body: bytes
    headers: str
    left: tuple[str, ...]

    def shows(self, words: tuple[str, ...]) -> list[str]:
        seen = self.body + self.headers.encode()
        return [word for word in words if word.encode() in seen]

    def plain(self, key: str) -> tuple[int, bytes, str]:
        """The answer without what differs by itself: the key asked for, tokens of forms, instants."""
        body = re.sub(rb'csrfmiddlewaretoken" value="[^"]*"', b"", self.body.replace(key.encode(), b"KEY"))
        body = re.sub(rb"20\d\d-\d\d-\d\dT[\d:.+]+|\d+ (second|minute)s?", b"", body)
        return self.status, body, self.headers.replace(key, "KEY")


class Walker:
    """One person's browser, the planted ground, and what was found wrong."""

    def __init__(self, client: Client, grounds: dict[int, Ground]) -> None:
        self.client, self.grounds = client, grounds
        self.faults: list[str] = []

    def path(self, name: str, council: int, *, key: str = "") -> str:
        """The address of a route: for an object of its own council unless another key is given."""
        route = ROUTES[name]
        more = {part: self.grounds[council].keys.get(value, value) for part, value in route.more.items()}
        known: dict[str, Any] = {"council": World.slugs[council], **more}
        if route.key:
            known["key"] = key or self.grounds[council].keys[route.key]
        return reverse(name, kwargs={part: known[part] for part in parts_of(name)})

    def ask(self, method: str, path: str, *, trail_of: tuple[int, ...] = (), **more: Any) -> Answer:
        """One request, taken back.

        :param trail_of: the councils whose trail is looked at
        """
        kept, point = self.client.cookies.copy(), transaction.savepoint()
        try:
            before = {council: newest_entry(council) for council in trail_of}
            given = {"data": BODY, **more} if method == "post" else more
            response: Any = getattr(self.client, method)(path, **given)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            left = {action for council in trail_of for action in entries_after(before[council], council)}
            return Answer(response.status_code, content, str(dict(response.items())), tuple(sorted(left)))
        finally:
            transaction.savepoint_rollback(point)
            self.client.cookies = kept

    def expect(self, true: bool, what: str) -> None:
        if not true:
            self.faults.append(what)


def newest_entry(council: int) -> int:
    """The number of the last entry of a council's trail."""
    with acting_for(council, by=SEEDER), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM trail_entry")
        number: int = cursor.fetchone()[0]
        return number


def entries_after(number: int, council: int) -> Iterator[str]:
    """The actions in a council's trail after an entry, each once."""
    with acting_for(council, by=SEEDER), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT action FROM trail_entry WHERE id > %s", [number])
        yield from (action for (action,) in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Person:
    """A role in a council's employ, and what the agreement of the world gives it: worked out apart from the code."""

    role: Role
    of: int

    def __str__(self) -> str:
        return f"{self.role} of {self.of}"

    @property
    def reach(self) -> dict[int, frozenset[Permission]]:
        delegated = self.of == CAMBRIDGESHIRE and any(function in DELEGATED for function in POSTS[self.role])
        return dict.fromkeys(COUNCILS if delegated else (self.of,), ROLES[self.role])

    @property
    def widest(self) -> bool:
        """Whether nobody else opens all that this role does: without Python's scoping, less opened shows no more."""
        mine, restricted = ROLES[self.role], self.role in RESTRICTED_TO
        return not any(mine < theirs and (other in RESTRICTED_TO) == restricted for other, theirs in ROLES.items())

    def alone_at(self, council: int) -> bool:
        """Whether nobody employed elsewhere, whose reach is wider, holds the same at a council.

        The walls of the database know for which council somebody acts, and never for whom a colleague works: without
        Python's scoping, whoever holds the same there opens the same.
        """
        others = (Person(self.role, of) for of in COUNCILS if of != self.of)
        return not any(council in each.reach and len(each.reach) > len(self.reach) for each in others)

    def held(self, council: int, kind: Kind) -> frozenset[Permission] | None:
        """The permissions at an address of a council; None where it is out of reach."""
        inside = self.reach.get(council)
        if kind is Kind.COUNCIL:
            return inside
        receives = receiving_permissions({self.role})
        return (inside or frozenset()) | receives if inside is not None or receives else None

    def may_open(self, name: str, council: int) -> bool:
        """Whether somebody holds what an address of a council asks for; one that is of no council asks nothing here."""
        route = ROUTES[name]
        permissions = self.held(council, route.kind) if route.kind in STAFF else frozenset(Permission)
        return permissions is not None and (route.permission is None or route.permission in permissions)

    def may_see(self, permissions: frozenset[Permission], route: Route, council: int) -> set[str]:
        """The planted words that a page of a council may show."""
        kinds = {"case", "account", "client", "asked", "hub"}
        if route.referrer and Permission.REFERRER_READ in permissions:
            kinds.add("referrer")
        if self.role in RESTRICTED_TO:
            kinds.add("restricted")
        if route.permission is Permission.PROTECTED_OPEN:
            kinds.add("protected")
        return {token(council, kind) for kind in kinds}


def classes() -> list[Person]:
    """One role for each set of permissions and each right to what is restricted, in each council's employ."""
    first: dict[tuple[frozenset[Permission], bool], Role] = {}
    for role in Role:
        first.setdefault((ROLES[role], role in RESTRICTED_TO), role)
    return [Person(role, council) for role in first.values() for council in COUNCILS]


Pseudo = Callable[[World, dict[int, Ground]], Client]
