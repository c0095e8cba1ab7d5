"""Sessions as Django keeps them, read by a plain statement (docs/adr/0019)."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from frontdoor.actors.queries import planned_once

_COLUMNS = "session_key, session_data, expire_date"
_READ = f"SELECT {_COLUMNS} FROM django_session WHERE session_key = %s AND expire_date > %s"  # noqa: S608 (constants)


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is read: every page of somebody signed in asks for one."""

    def _get_session_from_db(self) -> Any:
        """The session's row if it has not run out; without one the key is forgotten, so that nobody can choose it."""
        rows: list[Any] = planned_once(_READ, [self.session_key, timezone.now()])
        if not rows:
            self._session_key = None
            return None
        return self.model(*rows[0])
