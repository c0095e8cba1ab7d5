"""Start-up checks: a view without a declared address, or a case table without its wall, stops the start."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from frontdoor.access.checks.catalogue import tables_without_wall

LIBRARY_MODULES = ("allauth.", "django.")
"""Views of libraries declare nothing: they are addresses of the kind `none`."""


def routes(patterns: list[Any] | None = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every route: (pattern, name, view)."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry.url_patterns, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), f"{space}{entry.name}", entry.callback


@register(Tags.urls)
def every_view_says_who_may_open_it(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Deny by default, by route."""
    return [
        Error(
            f"{name} ({pattern}) declares no address",
            hint="frontdoor.access.rules.address",
            id="access.E001",
        )
        for pattern, name, view in routes()
        if not hasattr(view, "address") and not view.__module__.startswith(LIBRARY_MODULES)
    ]


@register(Tags.database)
def every_case_table_has_its_wall(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Asked when the database is checked: at start-up and after migrating."""
    if not databases or "default" not in databases:
        return []
    return [
        Error(
            f"table {table} has no forced row-level security",
            hint="actors.operations.wall",
            id="access.E002",
        )
        for table in tables_without_wall()
    ]
