"""The scoping of all reading: council data is read through `within`, or in plain SQL through `rows_within`."""

from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

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
    if by.authority is None:
        raise NoActor
    if OWN not in text:
        raise ValueError("no council is named in it")
    with connection.cursor() as cursor:
        cursor.execute(_own(text), {**values, "authority": by.authority})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
