"""What a process of its own does that weighs slices ahead; it is imported before Django stands, so it imports late."""

from typing import Any


def begin(database: str) -> None:
    """Set up: the settings are known by the environment, and the work is done in the same database."""
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database


def weigh(council: int, pairs: list[tuple[int, int]], among: int) -> list[tuple[tuple[int, int], Any]]:
    """The verdicts on a slice's pairs, as the matcher."""
    from frontdoor.actors.actions import acting_for
    from frontdoor.actors.rules import MATCHER
    from frontdoor.matching.actions.doubles_searching import weighed

    with acting_for(council, by=MATCHER) as by:
        return weighed(pairs, among=among, by=by)
