"""No table with a case is reached from the directory: not by what it imports, not by keys, not by grants."""

import ast

import pytest
from django.apps import apps
from django.db import connection

from tests.house.source import PACKAGE

MAY = {"access", "actors", "background", "clocks", "codes", "councils", "directory", "organisations", "shell", "trail"}
"""The rooms below, and itself: none holds a case. Clocks name a correction by its key alone."""


def imported() -> set[str]:
    """Every module of ours that the room names."""
    found = set()
    for path in (PACKAGE / "directory").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("frontdoor."):
                found.add(str(node.module).removeprefix("frontdoor."))
            elif isinstance(node, ast.Import):
                found |= {each.name.removeprefix("frontdoor.") for each in node.names if "frontdoor" in each.name}
    return found


def test_the_room_names_no_room_that_holds_a_case() -> None:
    assert {each.partition(".")[0] for each in imported()} <= MAY
    assert not {
        each for each in imported() if each.endswith(".models") and not each.startswith(("actors", "directory"))
    }


def test_no_row_of_the_directory_points_at_a_row_elsewhere_and_none_points_at_it() -> None:
    for model in apps.get_models():
        mine = model._meta.app_label == "directory"
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model is not None and not field.auto_created:
                assert (field.related_model._meta.app_label == "directory") == mine, field


@pytest.mark.django_db
def test_whoever_looks_for_words_reads_nothing_else() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, string_agg(a.attname, ' ' ORDER BY a.attname) FROM pg_class c JOIN pg_attribute a"
            " ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relnamespace = 'public'::regnamespace"
            " AND c.relkind IN ('r', 'p', 'v', 'm')"
            " AND has_column_privilege('frontdoor_search', c.oid, a.attnum, 'SELECT, INSERT, UPDATE') GROUP BY 1"
        )
        assert cursor.fetchall() == [("directory_service", "authority_id id words")]


@pytest.mark.django_db
def test_the_public_reads_of_the_directory_what_is_open_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'directory%%' AND relkind = 'r'"
            " AND has_any_column_privilege('frontdoor_portal', oid, 'SELECT, INSERT, UPDATE') ORDER BY 1"
        )
        assert [name for (name,) in cursor.fetchall()] == [
            f"directory_{name}" for name in
            ("attribute", "location", "organization", "schedule", "service", "serviceatlocation", "taxonomy",
             "taxonomyterm")
        ]  # fmt: skip
        cursor.execute(
            "SELECT qual FROM pg_policies WHERE tablename = 'directory_service' AND permissive = 'RESTRICTIVE'"
        )
        assert cursor.fetchall() == [("public",)]
