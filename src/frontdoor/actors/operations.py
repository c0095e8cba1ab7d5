"""Migration operations that write a table's wall: policy, grants, guard and same-council keys."""

from collections.abc import Sequence

from django.db.migrations import RunSQL

CURRENT = "nullif(current_setting('frontdoor.authority', true), '')::smallint"
"""The council acted for; a setting once used reads '' for the rest of the connection, hence nullif."""

ACTOR = "nullif(current_setting('frontdoor.actor', true), '')"


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
