"""Migration operations that write a table's wall: policy, grants, guard and same-council keys."""

from collections.abc import Sequence

from django.db.migrations import RunSQL

CURRENT = "nullif(current_setting('frontdoor.authority', true), '')::smallint"
"""The council acted for; a setting once used reads '' for the rest of the connection, hence nullif."""

ACTOR = "nullif(current_setting('frontdoor.actor', true), '')"


ANSWERS_FOR = (
    "CASE WHEN current_setting('frontdoor.draft', true) LIKE 'partner:%'"
    " THEN nullif(current_setting('frontdoor.agency', true), '')::uuid END"
)
"""The agency for which somebody answers; null for whoever only sends for one, so a sender reads no request."""


def _guard(table: str) -> str:
    return (
        f"CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_guard_actor();"
    )


def _unguard(table: str) -> str:
    return f"DROP TRIGGER guard ON {table};"


def wall(table: str, *, app: str = "SELECT, INSERT, UPDATE", portal_insert: bool = False) -> RunSQL:
    """Close a case table: forced row-level security by one equality, grants, guard, and a key for composite references.

    :param app: what the application may do
    :param portal_insert: whether the portal's role may insert rows for the council of the address; it never reads them
    """
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;",
        f"CREATE POLICY council ON {table} TO frontdoor_app, frontdoor_owner"
        f" USING (authority_id = {CURRENT}) WITH CHECK (authority_id = {CURRENT});",
        f"GRANT {app} ON {table} TO frontdoor_app;",
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_same_council UNIQUE (authority_id, id);",
        _guard(table),
    ]
    undo = [
        _unguard(table),
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_same_council;",
        f"REVOKE ALL ON {table} FROM frontdoor_app, frontdoor_portal;",
        f"DROP POLICY council ON {table};",
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    ]
    if portal_insert:
        statements += [
            f"CREATE POLICY portal ON {table} FOR INSERT TO frontdoor_portal WITH CHECK (authority_id = {CURRENT});",
            f"GRANT INSERT ON {table} TO frontdoor_portal;",
        ]
        undo.insert(0, f"DROP POLICY portal ON {table};")
    return RunSQL(" ".join(statements), " ".join(undo))


def open_table(table: str, *, app: str = "SELECT, INSERT, UPDATE", portal: str = "") -> RunSQL:
    """Grants and guard for a table that is read before a council is known; it stands in the short list of the house."""
    statements = [f"GRANT {app} ON {table} TO frontdoor_app;", _guard(table)]
    if portal:
        statements.append(f"GRANT {portal} ON {table} TO frontdoor_portal;")
    undo = f"{_unguard(table)} REVOKE ALL ON {table} FROM frontdoor_app, frontdoor_portal;"
    return RunSQL(" ".join(statements), undo)


def foreign_table(*tables: str, app: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """Grants on tables that a library made; they hold no case data and carry no guard."""
    return RunSQL(
        " ".join(f"GRANT {app} ON {table} TO frontdoor_app;" for table in tables),
        " ".join(f"REVOKE ALL ON {table} FROM frontdoor_app;" for table in tables),
    )


def same_council(
    table: str,
    column: str,
    parent: str,
    parent_columns: Sequence[str] = ("authority_id", "id"),
) -> RunSQL:
    """A composite foreign key beside Django's own: foreign keys ignore policies, so the council is part of the key."""
    name = f"{table}_{column}_council"
    return RunSQL(
        [
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (authority_id, {column})"
            f" REFERENCES {parent} ({', '.join(parent_columns)}) DEFERRABLE INITIALLY DEFERRED;"
        ],
        [f"ALTER TABLE {table} DROP CONSTRAINT {name};"],
    )


BEHIND = ("system:matcher", "system:bringer", "system:seeder", "system:migration")
"""Who sees what is shut: whoever compares, brings in, seeds or migrates, and tells nobody."""


def shut_wall(table: str, *columns: str, shut: bool = True) -> RunSQL:
    """A second wall inside the council's: what is shut is seen by those named, by glass in force, and by `BEHIND`.

    Whoever is barred from a person sees nothing of them, shut or not. It is laid upon the application's role alone: the
    owner's functions keep `shut` as it must be. Both say AND to the council's own policy (RESTRICTIVE).

    :param columns: those that hold a person's number: one, or two where either may shut the row
    :param shut: whether the table has the column; without it the second rule alone holds
    """
    systems = ", ".join(f"'{name}'" for name in BEHIND)
    first, *others = columns
    opened = f"{first} = ANY ((SELECT frontdoor_opened())::bigint[])"
    if others:
        opened = f"frontdoor_ends_open({', '.join(columns)})"
    rule = f"NOT shut OR {ACTOR} IN ({systems}) OR {opened}"
    barred = " AND ".join(
        f"{column} <> ALL ((SELECT frontdoor_barred())::bigint[])"
        if column == first
        else f"coalesce({column} <> ALL ((SELECT frontdoor_barred())::bigint[]), true)"
        for column in columns
    )
    policies = {"barred": barred} | ({"shut": rule} if shut else {})
    return RunSQL(
        " ".join(
            f"CREATE POLICY {name} ON {table} AS RESTRICTIVE TO frontdoor_app USING ({text}) WITH CHECK ({text});"
            for name, text in policies.items()
        ),
        " ".join(f"DROP POLICY {name} ON {table};" for name in policies),
    )
