"""Every column of every table that refers to a person: worked out from the models, so that none is forgotten."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from frontdoor.people.models import Person

STAYS = {
    ("matching_join", "kept_id"): "what was joined is history",
    ("matching_join", "gone_id"): "what was joined is history",
    ("matching_division", "to_id"): "what a clerk said is history",
}
"""Columns that go on naming a record after it was joined into another, and why; every other one is moved."""


def follows_links(model: type[Model], column: str, why: str) -> None:
    """Have a room above say that a column of its own follows what is confirmed, by itself: no join moves it.

    Said while the rooms start. What is asked of such a column is asked of the links as well.
    """
    STAYS[(model._meta.db_table, column)] = why


@dataclass(frozen=True, slots=True)
class Reference:
    """One column that refers to a person.

    :param column: as the database calls it: `person_id`
    """

    model: type[Model]
    column: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def words(self) -> str:
        return str(self.model._meta.verbose_name)


@cache
def references() -> tuple[Reference, ...]:
    """Every column that refers to a person, by table and column."""
    found: set[Reference] = set()
    for relation in Person._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        if relation.auto_created and relation.is_relation and field is not None and field.model is not Person:
            found.add(Reference(field.model, field.attname))
    found.add(Reference(Person, "joined_into_id"))
    return tuple(sorted(found, key=lambda each: (each.table, each.column)))


@cache
def moved() -> tuple[Reference, ...]:
    """The columns that a join moves."""
    return tuple(each for each in references() if (each.table, each.column) not in STAYS)


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """The moved columns of a table: two where a row stands between two people."""
    return tuple(each.column for each in moved() if each.table == table)


def model_of(table: str) -> type[Model]:
    """The model of a table that a join moves."""
    return next(each.model for each in moved() if each.table == table)


def rows_of(table: str) -> QuerySet[Any]:
    """Every row of a table that a join moves; the reader narrows it to a council."""
    found: QuerySet[Any] = model_of(table)._default_manager.all()
    return found


def digests(table: str, rows: list[int]) -> dict[int, str]:
    """What each row says beside whom it is of, as a digest: a later one that differs tells that it was changed.

    Each refresh of the case system's tables says of every row when it was last read, which changes nothing of it.
    Row-level security says whose rows these can be.
    """
    if not rows:
        return {}
    aside = [*columns_of(table), "shut", "version", "as_at", "bringing_id"]
    statement = (
        f"SELECT id, encode(sha256(convert_to((to_jsonb(of) - %s::text[])::text, 'UTF8')), 'hex')"  # noqa: S608
        f" FROM {table} of WHERE id = ANY(%s)"  # the table's name is a model's
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [aside, rows])
        return dict(cursor.fetchall())
