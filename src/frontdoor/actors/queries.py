"""The one scoping function: every read of council data passes through `within`."""

from typing import TypeVar

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
