"""Every measurement of one run, on one database."""

import random
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg import ClientCursor, connect

from frontdoor.access.models import User
from frontdoor.access.rules import Role
from frontdoor.config.bench import assessing, boards, flood, invented, notices, pages, submissions
from frontdoor.config.bench.browser import Browser, wrapper
from frontdoor.config.bench.database import CONTACTS, ENQUIRIES, MEASURED
from frontdoor.config.bench.recording import Session
from frontdoor.config.bench.timing import Line
from frontdoor.config.cluster import Cluster
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, email_of

# What a run takes in is closed again, so that every run meets the same queue: contacts after the loaded ones, their
# clocks and jobs. The superuser of the bench's own cluster does it, past the policies.
_TIDY = (
    "SELECT set_config('frontdoor.actor', 'system:seeder', true)",
    "UPDATE contacts_contact SET state = 'closed', closed_at = received_at, holder = NULL"
    " WHERE closed_at IS NULL AND received_at > %(anchor)s",
    "UPDATE clocks_clock SET stopped_at = due_at, rings_at = NULL, paused_at = NULL, ended = 'not_needed',"
    " outcome = 'in_time' WHERE stopped_at IS NULL AND started_at > %(anchor)s",
    "DELETE FROM procrastinate_jobs",
)
_HOLD = (
    "SELECT set_config('frontdoor.actor', 'system:seeder', true)",
    "UPDATE contacts_contact SET holder = %(user)s, held_at = now(), touched_at = now()"
    " WHERE closed_at IS NULL AND state = 'screening'",
)


_MEASURES: dict[str, tuple[Callable[..., list[Line]], ...]] = {
    CONTACTS: (
        pages.queue, pages.walls, pages.record, submissions.submitted, submissions.several, notices.taken_in,
        flood.reported, assessing.kept,
    ),
    ENQUIRIES: (boards.enquiry, boards.clocks),
}  # fmt: skip
"""How each name of `MEASURED` is measured."""


class Bench:
    """One run of all measurements.

    :param rounds: how often each page is opened
    :param seconds: for how long several clients submit at once
    """

    def __init__(self, cluster: Cluster, name: str, *, rounds: int, seconds: float) -> None:
        self.cluster, self.name, self.rounds, self.seconds = cluster, name, rounds, seconds
        self.user = User.objects.get(email=email_of(Role.SOCIAL_WORKER, authority=CAMBRIDGESHIRE))
        self.browser = Browser(self.user)
        self.unwalled = wrapper(cluster.url("frontdoor_unwalled", name))
        self.chance = random.Random(invented.SEED)  # noqa: S311 (which records are opened, the same ones each time)

    def session(self, role: str = "frontdoor_app") -> Session:
        """A connection of psycopg's own that sends statements as Django's does, and speaks its types."""
        connection.ensure_connection()
        url = self.cluster.url(role, self.name)
        return connect(url, cursor_factory=ClientCursor, context=connection.connection)

    def keys(self, council: int, count: int) -> list[Any]:
        """Keys of some contacts of a council, the same ones each time."""
        rows = self.rows(
            "SELECT key FROM contacts_contact WHERE authority_id = %s AND received_at < %s ORDER BY key LIMIT %s",
            [council, invented.ANCHOR, count],
        )
        return [key for (key,) in rows]

    def measure(self, say: Callable[[str], None], *, what: str = CONTACTS, only: str = "") -> list[Line]:
        """Everything of a database, one after the other.

        :param what: of what it is full
        :param only: a part of the names of what is measured; the rest is left out
        """
        lines: list[Line] = []
        with ExitStack() as last:
            if what == CONTACTS:
                self._do(_TIDY)
                self._do(_HOLD)
                last.callback(self._do, _TIDY)
            for name, measured in zip(MEASURED[what], _MEASURES[what], strict=True):
                if only not in name:
                    continue
                say(name)
                lines += measured(self)
        return lines

    def flush(self) -> float:
        """How long one commit waits for the disk, in milliseconds: the middle of commits with and without waiting."""
        return submissions.flush(self.cluster, self.name, self.rounds)

    def rows(self, text: str, values: Any = None) -> list[Any]:
        """What the superuser of the cluster finds, past every wall."""
        with self.cluster.connect("postgres", self.name) as superuser:
            return superuser.execute(text, values).fetchall()

    def _do(self, statements: tuple[str, ...]) -> None:
        values = {"anchor": invented.ANCHOR, "user": self.user.pk, "now": timezone.now()}
        with self.cluster.connect("postgres", self.name) as superuser, superuser.transaction():
            for text in statements:
                superuser.execute(text, values)
