"""What a page or an action says to the database, written down and said again by psycopg alone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection
from psycopg.types.json import Json, Jsonb

from frontdoor.actors.queries import Kept

Session = psycopg.Connection[tuple[Any, ...]]

SETTINGS = "SELECT set_config('frontdoor.authority'"
OWN = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO", SETTINGS)
"""What a transaction says of itself: counted apart, and said again in the floor too."""

_DOES = (
    "INSERT",
    SETTINGS,
    "SELECT frontdoor_take_receipt",
    "SELECT frontdoor_portal_later",
    "SELECT procrastinate_defer",
)
_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement, and the council acted for when it was said; None for none.

    :param kept: whether its plan is kept from one time to the next
    """

    text: str
    values: Any
    council: str | None
    kept: bool = False

    @property
    def own(self) -> bool:
        return self.text.startswith(OWN)


@contextmanager
def recorded() -> Iterator[list[Said]]:
    """Write down every statement of the block on the present connection."""
    said: list[Said] = []
    council: str | None = None

    def note(execute: Any, text: str, values: Any, many: bool, context: Any) -> Any:
        nonlocal council
        if text.startswith(SETTINGS):
            council = values[0] or None
        said.append(Said(text, values, council, isinstance(context["cursor"].cursor, Kept)))
        return execute(text, values, many, context)

    with connection.execute_wrapper(note):
        yield said


def replay(session: Session, said: Sequence[Said]) -> None:
    """Say the same once more, each as it was said, read every answer, and commit."""
    with session.cursor() as usual, Kept(session) as kept:
        for each in said:
            cursor = kept if each.kept else usual
            cursor.execute(each.text, each.values)
            if cursor.description:
                cursor.fetchall()
    session.commit()


class Rows:
    """The rows that an action wrote, to be written again as plain INSERTs under new keys.

    :param said: what the action said; what it only asked is left out, and so is what it changed of its own rows
    :param numbers: numbers that the database gave, by table in the order of the rows
    """

    def __init__(self, said: Sequence[Said], numbers: Mapping[str, Sequence[int]]) -> None:
        self.said = [each for each in said if each.text.startswith(_DOES) and not _forgets(each)]
        self.numbers = numbers
        whole = [number for many in numbers.values() for number in many]
        if len(set(whole)) != len(whole):
            raise ValueError("two tables gave the same number: record another one")

    def fresh(self) -> list[Said]:
        """The same rows with keys of their own."""
        keys: dict[str, str] = {}
        return [Said(each.text, _with(each.values, keys), each.council) for each in self.said]

    def write(self, session: Session, said: Sequence[Said]) -> None:
        """Write fresh rows in one transaction; numbers that the database gives are put where rows refer to them."""
        given: dict[int, int] = {}
        with session.cursor() as cursor:
            for each in said:
                values = [_number(value, given) for value in each.values]
                cursor.execute(each.text, values)
                if cursor.description:
                    answer = cursor.fetchall()
                    olds = self.numbers.get(_table(each.text), ())
                    given |= {old: new for old, (new, *_) in zip(olds, answer, strict=False)}
        session.commit()


def _forgets(said: Said) -> bool:
    return said.text.startswith(SETTINGS) and not said.values[0]


def _table(text: str) -> str:
    found = re.match(r'INSERT INTO "?(\w+)"?', text)
    return found[1] if found else ""


def _number(value: Any, given: Mapping[int, int]) -> Any:
    if isinstance(value, list):
        return [_number(each, given) for each in value]
    return given.get(value, value) if isinstance(value, int) and not isinstance(value, bool) else value


def _with(value: Any, keys: dict[str, str]) -> Any:
    """The same value with every key in it replaced by a new one, the same one each time."""
    if isinstance(value, UUID):
        return UUID(keys.setdefault(str(value), str(uuid4())))
    if isinstance(value, str):
        return _KEY.sub(lambda found: keys.setdefault(found[0], str(uuid4())), value)
    if isinstance(value, list | tuple):
        return type(value)(_with(each, keys) for each in value)
    if isinstance(value, dict):
        return {name: _with(each, keys) for name, each in value.items()}
    if isinstance(value, Json | Jsonb):
        return type(value)(_with(value.obj, keys), value.dumps)
    return value
