"""What must hold before the start: every view declares its address, every case table stands behind its wall."""

from frontdoor.access.checks.catalogue import (
    LIBRARY_TABLES,
    PORTAL_MAY,
    WITHOUT_POLICY,
    faults,
    orphans,
    tables_without_wall,
)
from frontdoor.access.checks.starting import (
    LIBRARY_MODULES,
    every_case_table_has_its_wall,
    every_view_says_who_may_open_it,
    routes,
)

__all__ = [
    "LIBRARY_MODULES",
    "LIBRARY_TABLES",
    "PORTAL_MAY",
    "WITHOUT_POLICY",
    "every_case_table_has_its_wall",
    "every_view_says_who_may_open_it",
    "faults",
    "orphans",
    "routes",
    "tables_without_wall",
]
