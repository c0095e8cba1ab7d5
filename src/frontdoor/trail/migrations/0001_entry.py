from django.db import migrations, models

from frontdoor.actors.operations import ACTOR, CURRENT

TABLE = f"""
CREATE TABLE trail_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  authority_id smallint NOT NULL,
  actor text NOT NULL,
  post text NOT NULL,
  action text NOT NULL,
  subject_kind text NOT NULL,
  subject_key text NOT NULL,
  why text NOT NULL,
  detail jsonb NOT NULL,
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  salt uuid NOT NULL DEFAULT gen_random_uuid()
);
CREATE INDEX trail_entry_subject ON trail_entry (authority_id, subject_key, id);
CREATE INDEX trail_entry_order ON trail_entry (authority_id, id);
CREATE INDEX trail_entry_actor ON trail_entry (authority_id, actor, id);
ALTER TABLE trail_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE trail_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY write ON trail_entry FOR INSERT TO frontdoor_app, frontdoor_portal
  WITH CHECK (authority_id = {CURRENT} AND actor = {ACTOR});
CREATE POLICY read ON trail_entry FOR SELECT TO frontdoor_app, frontdoor_owner USING (authority_id = {CURRENT});
GRANT SELECT ON trail_entry TO frontdoor_app;
GRANT INSERT (authority_id, actor, post, action, subject_kind, subject_key, why, detail, at)
  ON trail_entry TO frontdoor_app, frontdoor_portal;
CREATE FUNCTION frontdoor_trail_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the trail cannot be changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_entry
  FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_trail_fixed();
CREATE TRIGGER guard BEFORE INSERT ON trail_entry FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_guard_actor();
"""


class Migration(migrations.Migration):
    dependencies = [("actors", "0001_guard")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    TABLE,
                    "DROP TABLE trail_entry; DROP FUNCTION frontdoor_trail_fixed();",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(primary_key=True, serialize=False),
                        ),
                        ("authority_id", models.SmallIntegerField()),
                        ("actor", models.TextField()),
                        ("post", models.TextField()),
                        ("action", models.TextField()),
                        ("subject_kind", models.TextField()),
                        ("subject_key", models.TextField()),
                        ("why", models.TextField()),
                        ("detail", models.JSONField()),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("salt", models.UUIDField()),
                    ],
                    options={"managed": False, "db_table": "trail_entry", "ordering": ["-id"]},
                )
            ],
        )
    ]
