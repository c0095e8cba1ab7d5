"""Leaving work for later, in the caller's transaction, and declaring the jobs that do it."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from frontdoor.actors.actions import acting_for, current
from frontdoor.actors.rules import Actor

Handler = Callable[..., None]
"""What a job does: one action, called with `by=`, `at=` and ids alone; it acts as a named system actor."""

_HANDLERS: dict[str, tuple[Actor, Handler]] = {}


def job(name: str, *, by: Actor, attempts: int = 8, queue: str = "default") -> Callable[[Handler], Handler]:
    """Declare a background job. It acts for one council as a system actor, in one transaction, and is tried again.

    :param name: `room.verb`; unique
    :param attempts: tries before it is parked as failed, waiting longer each time
    """

    def declare(handler: Handler) -> Handler:
        @app.task(
            name=name,
            queue=queue,
            retry=RetryStrategy(max_attempts=attempts, exponential_wait=2),
        )
        def run(authority: int, **ids: Any) -> None:
            carry_out(name, authority=authority, at=timezone.now(), **ids)

        _HANDLERS[name] = by, handler
        handler.job_name = name  # type: ignore[attr-defined]  # what `later` is given
        return handler

    return declare


def carry_out(name: str, *, authority: int, at: datetime, **ids: Any) -> None:
    """Do a job's work at once, in a transaction of its own, as of an instant: what the worker does, and the seeder.

    :raises KeyError: no room declared such a job
    """
    by, handler = _HANDLERS[name]
    with acting_for(authority, by=by) as actor:
        handler(by=actor, at=at, **ids)


def later(name: str, *, council: int | None = None, **ids: str | int) -> None:
    """Defer a job for the council acted for; it exists only if this transaction commits.

    :param council: another council for which the job acts: only for what is handed over between two
    :param ids: keys alone: job arguments are not case data
    :raises NoActor: nobody acts
    """
    by = current()
    arguments = {"authority": by.authority if council is None else council, **ids}
    if by.db_role == "frontdoor_portal":
        with connection.cursor() as cursor:
            cursor.execute("SELECT frontdoor_portal_later(%s, %s)", [name, json.dumps(arguments)])
        return
    app.configure_task(name, allow_unknown=False).defer(**arguments)
