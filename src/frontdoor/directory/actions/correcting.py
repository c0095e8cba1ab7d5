"""Putting right what a feed says, until its maker does: over the feed's words, never in their place."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.directory.actions.applying import COLUMNS, fill
from frontdoor.directory.models import NOT_UNDONE, Correction, Service
from frontdoor.directory.queries.publishing import nested
from frontdoor.directory.rules import keeping, laying
from frontdoor.directory.rules.profile import OPEN
from frontdoor.trail import actions as trail


@transaction.atomic
def correct(key: UUID | str, *, field: str, value: str, why: str, seen: int, by: Actor, at: datetime) -> Correction:
    """Lay a correction over one field of a service; one that lies there ends.

    :param key: of the service
    :raises NotPermitted: `by` does not keep the directory
    :raises NotFound: there is no such service
    :raises Conflict: the service has changed since `by` saw it
    :raises InvalidInput: no such field, a value that cannot stand there, what is said anyway, or no reason
    """
    service = _taken(key, by=by)
    unchanged(seen, service.version)
    if field not in laying.FIELDS:
        raise InvalidInput(field="Choose what is wrong")
    if not why.strip():
        raise InvalidInput(why="Say how you know")
    try:
        wanted = laying.typed(field, value)
    except laying.NotAValue as error:
        raise InvalidInput(value=str(error)) from error
    said = laying.said_of(service.said, field)
    if wanted == service.over.get(field, said):
        raise InvalidInput(value="This is what it says already")
    _end(service, field, why=why, by=by, at=at)
    made = Correction.objects.create(
        authority_id=service.authority_id, service=service, field=field, said=said, value=wanted, why=why.strip()[:300],
        by_user=by.user_id, by_name=by.label[:120], at=at,
    )  # fmt: skip
    _lay(service, {**service.over, field: wanted}, by=by, at=at)
    trail.record("directory.correct", subject=service, by=by, at=at, why=made.why, field=field)
    return made


@transaction.atomic
def undo(key: UUID | str, *, why: str, seen: int, by: Actor, at: datetime) -> Correction:
    """Take a correction away: the feed's own words stand again.

    :param key: of the correction
    :raises StepNotAllowed: it was taken away before
    :raises InvalidInput: no reason
    """
    correction, service = _correction(key, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Say why")
    _end(service, correction.field, why=why, by=by, at=at)
    _lay(service, {name: said for name, said in service.over.items() if name != correction.field}, by=by, at=at)
    trail.record("directory.undo", subject=service, by=by, at=at, why=why, field=correction.field)
    return correction


@transaction.atomic
def keep(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Correction:
    """Say that a correction still holds, though its feed has changed.

    :raises StepNotAllowed: it was taken away, or its feed has not changed since somebody looked
    """
    correction, service = _correction(key, seen=seen, by=by)
    if correction.changed_at is None or correction.kept_at is not None:
        raise StepNotAllowed("The feed has not changed since somebody looked", when=correction.kept_at)
    correction.kept_at, correction.version = at, correction.version + 1
    correction.save(update_fields=["kept_at", "version"])
    clocks.stop(keeping.LOOK, subject=(keeping.CORRECTION, correction.key), by=by, at=at)
    trail.record("directory.keep", subject=service, by=by, at=at, field=correction.field)
    return correction


def _taken(key: UUID | str, *, by: Actor) -> Service:
    require(by, Permission.DIRECTORY_KEEP, authority=acting_council(by))
    service = within(by, Service.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if service is None:
        raise NotFound
    return service


def _correction(key: UUID | str, *, seen: int, by: Actor) -> tuple[Correction, Service]:
    require(by, Permission.DIRECTORY_KEEP, authority=acting_council(by))
    correction = within(by, Correction.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if correction is None:
        raise NotFound
    unchanged(seen, correction.version)
    if correction.undone_at is not None:
        raise StepNotAllowed("This correction was taken away", who=correction.undone_by, when=correction.undone_at)
    service = within(by, Service.objects.select_for_update(of=("self",)).filter(pk=correction.service_id)).get()
    return correction, service


def _end(service: Service, field: str, *, why: str, by: Actor, at: datetime) -> None:
    """End the correction that lies over a field, if one does, and the clock that asks for a look at it."""
    for each in within(by, Correction.objects.filter(NOT_UNDONE, service=service, field=field)):
        each.undone_at, each.undone_by, each.undone_why = at, by.label[:120], why.strip()[:300]
        each.version += 1
        each.save(update_fields=["undone_at", "undone_by", "undone_why", "version"])
        clocks.stop(keeping.LOOK, subject=(keeping.CORRECTION, each.key), by=by, at=at)


def _lay(service: Service, over: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Write what lies over a service, and work out anew what it is searched by."""
    service.over = over
    whole = nested(service, by=by, corrected=False)
    fill(service, whole)
    service.public = service.status == OPEN and service.gone_at is None
    service.changed_at, service.version = at, service.version + 1
    service.save(update_fields=["over", "public", "changed_at", "version", *COLUMNS])
