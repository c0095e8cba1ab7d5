"""Writing the trail: the last statement of every action."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from frontdoor.actors.rules import Actor, acting_council

Subject = models.Model | tuple[str, object] | None

_INSERT = (
    "INSERT INTO trail_entry (authority_id, actor, post, action, subject_kind, subject_key, why, detail, at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def _named(subject: Subject) -> tuple[str, str]:
    if subject is None:
        return "", ""
    if isinstance(subject, models.Model):
        return subject._meta.label_lower, str(getattr(subject, "key", None) or subject.pk)
    return subject[0], str(subject[1])


def record(
    action: str,
    *,
    subject: Subject = None,
    by: Actor,
    at: datetime,
    why: str = "",
    **detail: Any,
) -> None:
    """Write one entry in the transaction of what it tells of.

    :param action: `room.verb`
    :param subject: the row, or (kind, key) as plain values
    :param why: the reason that the actor gave, where one is asked
    :param detail: values worth keeping; never a name, a narrative or an address
    :raises NoActor: `by` acts for no council
    """
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, _values(action, subject, by=by, at=at, why=why, detail=detail))


def record_each(
    action: str, *, subjects: Iterable[Subject], by: Actor, at: datetime, why: str = "", **detail: Any
) -> None:
    """Write the same entry of several things, one each, in the transaction of what it tells of.

    :raises NoActor: `by` acts for no council
    """
    with connection.cursor() as cursor:
        cursor.executemany(
            _INSERT, [_values(action, subject, by=by, at=at, why=why, detail=detail) for subject in subjects]
        )


def _values(action: str, subject: Subject, *, by: Actor, at: datetime, why: str, detail: dict[str, Any]) -> list[Any]:
    kind, key = _named(subject)
    return [
        acting_council(by), by.name, by.post, action, kind, key, why, json.dumps(detail, cls=DjangoJSONEncoder), at,
    ]  # fmt: skip
