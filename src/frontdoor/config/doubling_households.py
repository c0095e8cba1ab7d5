"""Of the pairs that Splink finds, those that are worth weighing: two of one household agree in much and are two.

Splink knows one story against "one person", a stranger who happens to agree. Our weights know a second, a relative who
must (`matching.rules.scoring`), and of a million people's pairs it rules out nine in ten. So it is asked of all of them
in one statement, where they lie, and only what may pass is taken out and weighed.
"""

import math
from typing import Any

from frontdoor.config.measuring import splinked
from frontdoor.matching.rules.scoring import LEVELS
from frontdoor.matching.rules.weights import weights

_OWN = {"given": "given_home", "born": "born_home", "sex": "sex_home"}
_ALONE, _A_FAMILY = 0.3, 4.0
"""As `matching.rules.scoring` counts the relatives of either."""

_SLACK = 1.0
"""Bits by which the columns may say less than the records: a second name, an estimated birth."""

_READ = ("given", "given_first", "given_groups", "given_sound", "given_parts", "born", "born_turned", "born_day", "sex")


def worth_weighing(database: Any, found: Any, frame: Any) -> list[tuple[int, int]]:
    """Numbers of pairs that a household does not explain, the smaller first.

    :param database: Splink's own, in which the pairs lie
    :param found: what Splink gave
    :param frame: what `database` knows the columns of everybody by
    """
    least = math.log2(LEVELS[-1][1] / (1 - LEVELS[-1][1])) - _SLACK
    both = ", ".join(f"one.{name} as {name}_l, other.{name} as {name}_r" for name in _READ)
    asked = (
        f"select unique_id_l, unique_id_r from ("  # noqa: S608 (constants, and names that Splink gave)
        f" select pair.unique_id_l, pair.unique_id_r, {both},"
        f" greatest(coalesce(len(one.kin), 0), coalesce(len(other.kin), 0)) as kin"
        f" from {found.physical_name} pair"
        f" join {frame.physical_name} one on one.unique_id = pair.unique_id_l"
        f" join {frame.physical_name} other on other.unique_id = pair.unique_id_r"
        f") where {_relative()} >= {least}"
    )
    return [(min(pair), max(pair)) for pair in database.duckdb_con.execute(asked).fetchall()]


def _relative() -> str:
    """The bits for "one person" against "two of one household", as an expression."""
    table = weights()
    parts = [f"{table.of('household', 'odds')} - log2((kin + {_ALONE}) / {_A_FAMILY})"]
    for field, own in _OWN.items():
        column, levels = splinked.FIELDS[field]
        when = " ".join(f"when {text} then {table.of(own, level)}" for level, text in levels)
        otherwise = table.of(own, splinked.OTHERWISE.get(field, "different"))
        parts.append(f"case when {column}_l is null or {column}_r is null then 0.0 {when} else {otherwise} end")
    return " + ".join(f"({part})" for part in parts)
