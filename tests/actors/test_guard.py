"""No write to a table of ours without somebody who acts: refused by the database itself, for every table."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from frontdoor.access.checks import LIBRARY_TABLES

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
INSUFFICIENT_PRIVILEGE = "42501"
GUARDED = """
SELECT tgrelid::regclass::text, tgtype FROM pg_trigger
  JOIN pg_proc ON pg_proc.oid = tgfoid AND proname = 'frontdoor_guard_actor' AND tgenabled = 'O'
"""
FIRST_COLUMN = """
SELECT attname FROM pg_attribute
 WHERE attrelid = %s::regclass AND attnum > 0 AND attidentity = '' ORDER BY attnum LIMIT 1
"""
# pg_trigger.tgtype: 2 before, 4 insert, 8 delete, 16 update, 32 truncate, and no 1: once a statement.
BEFORE_EVERY_WRITE = 2 | 4 | 8 | 16 | 32
# What the trail wrote is changed by nobody, whoever acts: a trigger of its own refuses that.
BEFORE_INSERT = 2 | 4
FIXED = ("trail_entry", "trail_leaf", "trail_seal")


def ours() -> list[str]:
    """Every table that a room of ours made."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return sorted(name for (name,) in cursor.fetchall() if not name.startswith(LIBRARY_TABLES))


@pytest.mark.usefixtures("db")
def test_the_guard_stands_on_every_table_of_ours_and_on_no_librarys() -> None:
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        guarded = dict(cursor.fetchall())
    wanted = dict.fromkeys(ours(), BEFORE_EVERY_WRITE) | dict.fromkeys(FIXED, BEFORE_INSERT)
    assert guarded == wanted


@pytest.mark.usefixtures("db")
def test_every_write_without_an_actor_is_refused() -> None:
    let_through = [
        f"{statement.split()[0]} {table}"
        for table in ours()
        for statement in (
            f"INSERT INTO {table} DEFAULT VALUES",
            f"UPDATE {table} SET {_column(table)} = {_column(table)}",
            f"DELETE FROM {table}",
        )
        if _state(statement) != INSUFFICIENT_PRIVILEGE
    ]
    assert not let_through


def _column(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(FIRST_COLUMN, [table])
        name: str = cursor.fetchone()[0]
        return name


def _state(statement: str) -> str | None:
    """The SQL state of a statement's refusal; None when it went through."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        state: str | None = getattr(error.__cause__, "sqlstate", None)
        return state
    return None


@pytest.mark.usefixtures("db")
def test_the_refusal_names_the_table_and_what_was_tried() -> None:
    with pytest.raises(ProgrammingError, match="no actor is set: INSERT on contacts_event"), connection.cursor() as c:
        c.execute("INSERT INTO contacts_event DEFAULT VALUES")
