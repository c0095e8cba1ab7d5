"""The agenda of the demonstration: steps in the order of their instants, each with the jobs that it left behind."""

import heapq
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.background.actions import carry_out

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(8, 30), time(17)
"""Between these people sit at their desks, from Monday to Friday; the night has its own."""
A_JOB = timedelta(seconds=10)
"""How long after a step its jobs are done."""

Step = Callable[[datetime], None]


def at_the_desk(at: datetime) -> datetime:
    """The same instant if people work then, else early on the next day on which they do."""
    wall = at.astimezone(LONDON)
    if wall.weekday() < 5 and OPENS <= wall.time() < CLOSES:
        return at
    day = wall.date() + timedelta(days=0 if wall.time() < OPENS else 1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, LONDON) + timedelta(minutes=wall.minute)


@dataclass(frozen=True, slots=True)
class Done:
    """A job that was carried out."""

    name: str
    authority: int
    at: datetime
    ids: dict[str, Any]


@dataclass(order=True, slots=True)
class _Due:
    at: datetime
    order: int
    step: Step = field(compare=False)


class Agenda:
    """Steps up to an instant. A step may put others on it.

    :ivar skipped: what the rules refused, in words: a careful practice is refused little
    """

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.skipped: list[str] = []
        self._due: list[_Due] = []
        self._order = 0

    def plan(self, at: datetime, step: Step) -> None:
        """Put a step on the agenda, if it lies before the end."""
        if at <= self.until:
            self._order += 1
            heapq.heappush(self._due, _Due(at, self._order, step))

    def run(self, on_job: Callable[[Done], None]) -> None:
        """Take one step after the other, and do after each what it left for the worker, in its own time.

        :param on_job: hears of every job that was done
        """
        while self._due:
            due = heapq.heappop(self._due)
            try:
                due.step(due.at)
            except StepNotAllowed as refused:
                self.skipped.append(refused.what)
            for done in carried_out(due.at + A_JOB):
                on_job(done)


def carried_out(at: datetime) -> Iterator[Done]:
    """Do every job that waits, and those that they leave, as of an instant."""
    while waiting := _waiting():
        for number, name, arguments in waiting:
            ids = dict(arguments)
            authority = int(ids.pop("authority"))
            carry_out(name, authority=authority, at=at, **ids)
            with connection.cursor() as cursor:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", [number])
            yield Done(name, authority, at, ids)


def _waiting() -> list[tuple[int, str, dict[str, Any]]]:
    """Jobs that somebody left: plain SQL, since it is asked after each of some thousand steps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs"
            " WHERE status = 'todo' AND scheduled_at IS NULL ORDER BY id"
        )
        return [
            (number, name, json.loads(given) if isinstance(given, str) else given) for number, name, given in cursor
        ]
