"""The scoping of all reading: council data is read through `within`, or in plain SQL through `rows_within`."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

from frontdoor.actors.rules import Actor, NoActor

M = TypeVar("M", bound=Model)


def _filter(by: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
    return queryset.filter(authority_id=by.authority)


def within(by: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
    """The rows of the council acted for.

    Row-level security says the same again; the tests replace `_filter` by identity and see that nothing leaks.

    :raises NoActor: no council is set
    """
    if by.authority is None:
        raise NoActor
    return _filter(by, queryset)


class Kept(psycopg.Cursor[Any]):
    """Sends a statement apart from its values, so that PostgreSQL can keep what it parsed and planned.

    While nothing is prepared by itself the connection counts no other statement, whose texts it would keep: those with
    a piece of a file in them are megabytes.
    """

    def execute(self, query: Any, params: Any = None, **how: Any) -> "Kept":
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **{**how, "prepare": True})
        finally:
            self.connection.prepare_threshold = None


def planned_once(text: str, values: Mapping[str, Any] | list[Any]) -> list[tuple[Any, ...]]:
    """The rows that a constant statement finds, which each connection parses and plans once, not each time.

    For what every page asks, and for large statements, which take longer to plan than to answer. What they look for
    must be keys, since the plan soon knows no values. The policies are part of the plan, and it is made anew when the
    role changes; whose rows they let through is asked at each answer.

    :param text: with values as `%(name)s` or `%s`
    """
    with connection.cursor() as usual:  # connects, and looks whether the connection still stands
        # Where statements are logged or counted it goes the usual way: what is kept has no text with its values in it.
        kept: Any = Kept(connection.connection)
        cursor = usual if connection.queries_logged else connection.make_cursor(kept)
        cursor.execute(text, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


OWN = "authority_id = %(authority)s"
"""What a statement in plain SQL says of every table whose rows belong to a council."""


def _own(text: str) -> str:
    return text


def rows_within(by: Actor, text: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows that a statement in plain SQL finds, for a question that Django would write anew at every asking.

    Row-level security says the same again; the tests take `OWN` out of the text and see that nothing leaks.

    :param text: a constant that says `OWN` of each table of a council, and names its values as `%(name)s`
    :raises NoActor: no council is set
    :raises ValueError: the text does not say whose rows it asks for
    """
    text, bound = _bound(by, text, values)
    with connection.cursor() as cursor:
        cursor.execute(text, bound)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def kept_within(by: Actor, text: str, **values: Any) -> list[tuple[Any, ...]]:
    """The same of a statement whose plan is kept, as `planned_once` says."""
    return planned_once(*_bound(by, text, values))


def _bound(by: Actor, text: str, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    if by.authority is None:
        raise NoActor
    if OWN not in text:
        raise ValueError("no council is named in it")
    return _own(text), {**values, "authority": by.authority}


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table of a council, asked for together with others; everything in it is a constant text.

    :param where: which of the council's rows, with its values as `%(name)s`; `OWN` again of each other table it names
    :param order: as after ORDER BY
    :param most: so many rows at most
    :param without: columns that the page never shows; whoever asks a row for one makes a statement of its own
    """

    model: type[Model]
    where: str
    order: str = "id"
    most: int | None = None
    without: tuple[str, ...] = ()


def together(by: Actor, parts: tuple[Part, ...], **values: Any) -> list[list[Any]]:
    """The rows of several tables in one statement whose plan is kept, for a page that shows much of one thing.

    They come in the order of the parts, each row as its model's instance. What it refers to is not read with it:
    ask for those as a part of their own.

    :raises NoActor: no council is set
    """
    ((*found,),) = kept_within(by, _joined(parts), **values)
    keys = _Keys()
    return [_rows(part, json.loads(text), keys) if text else [] for part, text in zip(parts, found, strict=True)]


@cache
def _joined(parts: tuple[Part, ...]) -> str:
    """One statement of one row, with the rows of each part as the text of a list."""
    return f"SELECT {', '.join(map(_listed, parts))}"


def _listed(part: Part) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(part))
    most = f" LIMIT {part.most}" if part.most else ""
    return (
        f"(SELECT json_agg(json_build_array({columns}))::text FROM (SELECT {columns} FROM {part.model._meta.db_table}"  # noqa: S608
        f" WHERE {OWN} AND {part.where} ORDER BY {part.order}{most}) found)"
    )


class _Keys(dict[str, UUID]):
    """Keys by their texts: the same agency stands in a hundred rows and is read once."""

    def __missing__(self, text: str) -> UUID:
        self[text] = key = UUID(text)
        return key


_READ: dict[str, Callable[[Any], Any] | None] = {
    "DateTimeField": datetime.fromisoformat, "DateField": date.fromisoformat, "TimeField": time.fromisoformat,
    "UUIDField": None,
}  # fmt: skip
"""How a column that JSON gives as a text becomes what the model holds; None for keys. Numbers, texts and JSON stay."""
_NEVER = frozenset({"BinaryField", "DecimalField", "DurationField"})


def _fields(part: Part) -> list[Any]:
    return [field for field in part.model._meta.concrete_fields if field.name not in part.without]


@cache
def _columns(part: Part) -> tuple[tuple[str, ...], tuple[tuple[int, Callable[[Any], Any] | None], ...]]:
    """The names of a part's columns, and those by place that must be read from a text.

    :raises TypeError: JSON would not give a column back as it is
    """
    fields = _fields(part)
    kinds = [(field.target_field if field.is_relation else field).get_internal_type() for field in fields]
    if wrong := _NEVER.intersection(kinds):
        raise TypeError(f"{part.model.__name__} has a {min(wrong)}")
    return tuple(field.attname for field in fields), tuple(
        (place, _READ[kind]) for place, kind in enumerate(kinds) if kind in _READ
    )


def _rows(part: Part, found: list[list[Any]], keys: _Keys) -> list[Model]:
    names, read = _columns(part)
    for place, how in read:
        value = how or keys.__getitem__
        for row in found:
            if row[place] is not None:
                row[place] = value(row[place])
    return [_instance(part.model, zip(names, row, strict=True)) for row in found]


def _instance(model: type[Model], values: Iterable[tuple[str, Any]]) -> Model:
    """A row as its model's instance, as unpickling makes one: `Model.__init__` takes five times as long for each."""
    made = model.__new__(model)
    made.__dict__.update(values)
    made._state = state = ModelState()
    state.adding, state.db = False, "default"
    return made
