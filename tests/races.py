"""Two people at once, made certain: the second begins while the first has not committed, and must wait for it."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

PATIENCE = 300
"""Seconds until a second that has not come counts as missing: long, since a machine may have much else to do."""

_WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
 WHERE NOT granted AND datname = current_database()
"""


def overlapping(first: Callable[[], Any], second: Callable[[], Any], *, expect: type[Exception]) -> tuple[Any, Any]:
    """Do both in transactions that overlap, for a test with `own_database`; what each gave, or the second's refusal.

    :param expect: the refusal that the second may meet; any other error is raised
    """
    given: list[Any] = []

    def late() -> None:
        try:
            with transaction.atomic():
                given.append(second())
        except Exception as failure:  # noqa: BLE001 (handed to the test's own thread, which raises or returns it)
            given.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=late)
    with transaction.atomic():
        won = first()
        thread.start()
        _until_somebody_waits(thread)
    thread.join(timeout=PATIENCE)
    if isinstance(given[0], Exception) and not isinstance(given[0], expect):
        raise given[0]
    return won, given[0]


def alongside(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Do the second, whole and committed, while the first has not committed: it must wait for no lock of the first.

    For a test with `own_database`; whatever the second raises is raised here.
    """
    given: list[Any] = []

    def meanwhile() -> None:
        try:
            with transaction.atomic():
                given.append(second())
        except Exception as failure:  # noqa: BLE001 (handed to the test's own thread, which raises it)
            given.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=meanwhile)
    with transaction.atomic():
        done = first()
        thread.start()
        _until_somebody_waits(thread)
        waited = thread.is_alive()
    thread.join(timeout=PATIENCE)
    if given and isinstance(given[0], Exception):
        raise given[0]
    assert not waited, "the second waited for the first"
    return done, given[0]


def _until_somebody_waits(thread: threading.Thread) -> None:
    """Look until the other transaction waits for a lock of this one, or has ended."""
    pause = threading.Event()
    with connection.cursor() as cursor:
        for _ in range(PATIENCE * 100):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(_WAITING)
            if cursor.fetchone() != (0,) or not thread.is_alive():
                return
            pause.wait(0.01)
    raise AssertionError("the second never waited for the first")
