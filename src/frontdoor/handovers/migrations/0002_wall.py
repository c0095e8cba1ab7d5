from django.db import migrations

from frontdoor.actors.operations import CURRENT, same_council, wall


def between(table: str, *, update: str) -> migrations.RunSQL:
    """The wall of a row that passes between councils: the sender inserts, the receiver reads and answers. No policy has
    an OR, and no command has two; what was passed is never changed, for the grant names the columns of the answer.
    """
    return migrations.RunSQL(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;",
            f"CREATE POLICY give ON {table} FOR INSERT TO frontdoor_app WITH CHECK (from_authority_id = {CURRENT});",
            f"CREATE POLICY see ON {table} FOR SELECT TO frontdoor_app, frontdoor_owner"
            f" USING (authority_id = {CURRENT});",
            f"CREATE POLICY answer ON {table} FOR UPDATE TO frontdoor_app USING (authority_id = {CURRENT})"
            f" WITH CHECK (authority_id = {CURRENT});",
            f"GRANT SELECT, INSERT, UPDATE ({update}) ON {table} TO frontdoor_app;",
            f"CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_guard_actor();",
        ],
        [
            f"DROP TRIGGER guard ON {table};",
            f"REVOKE ALL ON {table} FROM frontdoor_app;",
            f"DROP POLICY answer ON {table};",
            f"DROP POLICY see ON {table};",
            f"DROP POLICY give ON {table};",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("handovers", "0001_initial"), ("actors", "0001_guard")]
    operations = [
        wall("handovers_handover"),
        wall("handovers_turn", app="SELECT, INSERT"),
        same_council("handovers_turn", "handover_id", "handovers_handover"),
        between(
            "handovers_copy",
            update="state, answered_by, answered_at, answer, wrong, manager, talked_at, recalled_at, recalled_by,"
            " recalled_why, version",
        ),
        between("handovers_notice", update="taken_at"),
    ]
