"""What is written once in analyses, decisions, strategy discussions and huddles: the application may not change it."""

import pytest
from django.db import connection

from tests.worlds import World

ONCE = (
    "analysis", "meaning", "view", "waiting", "snapshot", "discussionturn", "minutes", "circulation", "present",
    "taken",
)  # fmt: skip


@pytest.mark.parametrize("kind", ["UPDATE", "DELETE"])
def test_what_is_written_once_is_not_changed_by_the_application(world: World, kind: str) -> None:
    with world.acting("social_worker"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name WHERE has_table_privilege('mash_' || name, %s::text)",
            [list(ONCE), kind],
        )
        assert cursor.fetchall() == []
