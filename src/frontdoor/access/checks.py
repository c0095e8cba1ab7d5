"""Start-up checks: a view without a declared address, or a case table without its wall, stops the start."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

LIBRARY_MODULES = ("allauth.", "django.")
"""Views of libraries declare nothing: they are addresses of the kind `none`."""

WITHOUT_POLICY = {
    "access_apiclient": "looked up by its secret before a council is known",
    "access_post": "gives the reach, so it is read before a council is known",
    "access_user": "signs in before a council is known",
    "councils_council": "names the councils themselves",
    "councils_place": "routes a postcode to a council",
    "councils_setting": "a council's public rules, read with the council",
    "organisations_agency": "names of employers, shared between councils",
    "organisations_delegation": "gives the reach, so it is read before a council is known",
    "organisations_team": "gives the reach, so it is read before a council is known",
    "trail_sealing": "the sealer's heartbeat, shown on every page, holds nothing of a case",
    "portal_draft": "its one policy is on the draft's own key, before a council is known",
}
"""The short list of our tables without a council policy, each with its reason."""

LIBRARY_TABLES = (
    "django_",
    "account_",
    "socialaccount_",
    "mfa_",
    "usersessions_",
    "procrastinate_",
    "auth_",
)


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


_OPEN = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
   AND NOT (c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT 1 FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname))
 ORDER BY c.relname
"""


def tables_without_wall() -> list[str]:
    """Our tables that lack forced row-level security or a policy and are not in the short list."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        open_tables = [row[0] for row in cursor.fetchall()]
    return [table for table in open_tables if table not in WITHOUT_POLICY and not table.startswith(LIBRARY_TABLES)]


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
