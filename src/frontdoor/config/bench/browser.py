"""Somebody signed in, who opens pages in this process through the whole middleware."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from wsgiref.util import setup_testing_defaults

from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from frontdoor.access.models import User
from frontdoor.access.rules import SEEN_AT
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SERVICE, SIGN_IN
from frontdoor.config.environment import database


class Refused(Exception):
    """A page that is measured did not open."""


class Browser:
    """Opens pages as one account."""

    def __init__(self, user: User) -> None:
        from frontdoor.config.wsgi import application  # sets the process up as the server's are

        self.application: Any = application
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(user)}"

    def get(self, path: str) -> bytes:
        """The bytes of a page.

        :raises Refused: it is not answered by 200
        """
        environ: dict[str, Any] = {
            "PATH_INFO": path, "HTTP_HOST": "localhost", "HTTP_COOKIE": self.cookie, "QUERY_STRING": "",
            "wsgi.input": io.BytesIO(),
        }  # fmt: skip
        setup_testing_defaults(environ)
        told: list[str] = []
        answer = self.application(environ, lambda status, headers: told.append(status))
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        if not told[0].startswith("200"):
            raise Refused(f"{path}: {told[0]}")
        return body


def session_of(user: User) -> str:
    """A session as sign-in leaves it, password and second factor."""
    now = datetime.now(UTC).timestamp()
    methods = [
        {"method": "password", "at": now, "email": user.email},
        {"method": "mfa", "at": now, "type": "totp"},
    ]
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: user_id_to_str(user),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "signed_in_at": now,
            SEEN_AT: now,
            "account_authentication_methods_user": user_id_to_str(user),
            "account_authentication_methods": methods,
        }
    )
    with acting_for(SERVICE, by=SIGN_IN):
        session.create()
    return str(session.session_key)


def wrapper(url: str) -> DatabaseWrapper:
    """A connection of Django's by another role, made as the default one is."""
    return DatabaseWrapper({**connections.settings["default"], **database(url)}, "default")


@contextmanager
def through(other: DatabaseWrapper) -> Iterator[None]:
    """Let everything in the block that asks the default database ask through another connection."""
    usual = connections["default"]
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = usual
