"""Telling the database for whom this transaction acts, and taking it back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from frontdoor.actors.rules import Actor, Nested, NoActor

SETTINGS = (
    "frontdoor.authority",
    "frontdoor.agency",
    "frontdoor.actor",
    "frontdoor.draft",
    "role",
)
_STATEMENT = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)

_current: ContextVar[Actor | None] = ContextVar("frontdoor_actor", default=None)


def _set(
    authority: int | None = None,
    agency: str = "",
    actor: str = "",
    draft: str = "",
    role: str = "none",
) -> None:
    values = ["" if authority is None else str(authority), agency, actor, draft, role]
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)


def tell(by: Actor) -> None:
    """Set who acts, for which council and in which database role, for the rest of this transaction: one round trip."""
    _current.set(by)
    _set(by.authority, by.agency, by.name, by.draft, by.db_role)


def forget() -> None:
    """Take settings and role back; a broken or ended transaction holds none."""
    _current.set(None)
    if connection.in_atomic_block and not connection.needs_rollback:
        _set()


def current() -> Actor:
    """Who acts now.

    :raises NoActor: nobody does
    """
    if (actor := _current.get()) is None:
        raise NoActor
    return actor


@contextmanager
def acting_for(authority: int | None, *, by: Actor) -> Iterator[Actor]:
    """Act for one council inside the block, and for none after it.

    :yields: the actor, bound to that council
    :raises Nested: somebody acts already; councils are never mixed
    """
    with acting_in_turn([authority], by=by) as turns:
        yield next(turns)


@contextmanager
def acting_in_turn(authorities: Iterable[int | None], *, by: Actor) -> Iterator[Iterator[Actor]]:
    """Act for several councils, one after the other, for none before the first and for none after the block.

    :yields: the actor, bound to the next council whenever a loop inside the block asks for it
    :raises Nested: somebody acts already; councils are never mixed
    """
    if _current.get() is not None:
        raise Nested
    try:
        with transaction.atomic():  # a savepoint when inside a request, so that an error leaves its transaction usable
            yield _turns(authorities, by)
    finally:
        forget()


def _turns(authorities: Iterable[int | None], by: Actor) -> Iterator[Actor]:
    """Every setting is set anew for each council, so that nothing of the last one holds for the next."""
    for authority in authorities:
        bound = by.at(authority)
        tell(bound)
        yield bound
