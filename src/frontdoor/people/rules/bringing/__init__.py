"""Bringing an index in: tables as councils make them, read, checked row by row, gathered into people and families."""

from frontdoor.people.rules.bringing.checking import Checked, NotValue, Problem, checker, day
from frontdoor.people.rules.bringing.gathering import MOST_OF_A_FAMILY, Families
from frontdoor.people.rules.bringing.layouts import FEED, INDEX, Table, table_of, tables
from frontdoor.people.rules.bringing.people import Brought, Lived, Said, gathered
from frontdoor.people.rules.bringing.reading import Line, Sheet, Unreadable, opened

__all__ = [
    "FEED",
    "INDEX",
    "MOST_OF_A_FAMILY",
    "Brought",
    "Checked",
    "Families",
    "Line",
    "Lived",
    "NotValue",
    "Problem",
    "Said",
    "Sheet",
    "Table",
    "Unreadable",
    "checker",
    "day",
    "gathered",
    "opened",
    "table_of",
    "tables",
]
