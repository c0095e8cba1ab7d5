"""A slip to play with, and the jobs that it leaves."""

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.worlds import World

if TYPE_CHECKING:  # the models can be imported only when Django stands, and this file is imported before
    from frontdoor.handovers import rules
    from frontdoor.handovers.models import Handover

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
"""A Monday morning."""
KIND = "tests.matter"


def later(minutes: float = 5) -> datetime:
    return AT + timedelta(minutes=minutes)


@pytest.fixture
def sent(world: World) -> Callable[..., "Handover"]:
    """Sends a slip as a social worker of the hub; `to=` and all else may be said."""
    from frontdoor.handovers import actions

    def send(**said: Any) -> "Handover":
        giver = said.pop("giver", "social_worker")
        values = {
            "to": "assessment", "summary": "Assessment: 874-W-000042", "why": "Threshold for an assessment is met.",
            "at": AT, "about": (KIND, uuid.uuid4()),
        } | said  # fmt: skip
        about = values.pop("about")
        with world.acting(giver) as by:
            return actions.send(about, **values, by=by)

    return send


@pytest.fixture
def talk(world: World) -> Callable[..., "rules.Conversation"]:
    """A conversation with the giver's manager."""
    from frontdoor.handovers import rules

    def make(minutes: float = 2, manager_id: int | None = None) -> "rules.Conversation":
        return rules.Conversation("", later(minutes), manager_id or world.user("team_manager").pk)

    return make


@pytest.fixture
def left_jobs(db: None) -> Callable[[], list[tuple[str, dict[str, Any]]]]:
    """The jobs that wait, as name and arguments, in the order in which they were left."""
    from django.db import connection

    def jobs() -> list[tuple[str, dict[str, Any]]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
            return [(name, json.loads(arguments)) for name, arguments in cursor.fetchall()]

    return jobs


@pytest.fixture
def run_jobs(left_jobs: Callable[[], list[tuple[str, dict[str, Any]]]]) -> Callable[[], list[str]]:
    """Runs what waits, as the worker would, until nothing does; gives the names of what ran."""
    from django.db import connection
    from procrastinate.contrib.django import app

    def run() -> list[str]:
        ran: list[str] = []
        while jobs := left_jobs():
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")
            for name, arguments in jobs:
                app.tasks[name].func(**arguments)
                ran.append(name)
        return ran

    return run
