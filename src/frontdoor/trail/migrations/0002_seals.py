"""Seals: which entries stand in which tree, the signed heads, and when the sealer was last heard of.

Written once, like the entries: only the heartbeat changes. A leaf says to which seal an entry belongs, for the numbers
of transactions begin anew when a database is restored to another server.
"""

from django.db import migrations, models

from frontdoor.actors.operations import CURRENT

TABLES = """
CREATE TABLE trail_seal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  authority_id smallint NOT NULL,
  number integer NOT NULL,
  entries integer NOT NULL,
  root bytea NOT NULL,
  previous bytea NOT NULL,
  head bytea NOT NULL,
  signature bytea NOT NULL,
  sealed_at timestamptz NOT NULL,
  top bigint NOT NULL,
  newest timestamptz NOT NULL,
  CONSTRAINT trail_seal_once_a_number UNIQUE (authority_id, number)
);
CREATE TABLE trail_leaf (
  authority_id smallint NOT NULL,
  entry_id bigint NOT NULL,
  seal integer NOT NULL,
  position integer NOT NULL,
  tag bytea NOT NULL,
  inner_hash bytea NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (authority_id, entry_id),
  CONSTRAINT trail_leaf_once_a_place UNIQUE (authority_id, seal, position),
  CONSTRAINT trail_leaf_of_a_seal FOREIGN KEY (authority_id, seal) REFERENCES trail_seal (authority_id, number)
);
CREATE INDEX trail_leaf_of_a_subject ON trail_leaf (authority_id, tag, seal);
CREATE TABLE trail_sealing (
  authority_id smallint PRIMARY KEY,
  heard_at timestamptz NOT NULL,
  failure text NOT NULL,
  published integer NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON trail_sealing TO frontdoor_app;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON trail_sealing
  FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_guard_actor();
"""


def once(table: str) -> str:
    """The wall of a table that is written and never changed."""
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY council ON {table} TO frontdoor_app, frontdoor_owner
  USING (authority_id = {CURRENT}) WITH CHECK (authority_id = {CURRENT});
GRANT SELECT, INSERT ON {table} TO frontdoor_app;
CREATE TRIGGER fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_trail_fixed();
CREATE TRIGGER guard BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_guard_actor();
"""


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_entry")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    TABLES + once("trail_seal") + once("trail_leaf"),
                    "DROP TABLE trail_leaf; DROP TABLE trail_seal; DROP TABLE trail_sealing;",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("authority_id", models.SmallIntegerField()),
                        ("number", models.IntegerField()),
                        ("entries", models.IntegerField()),
                        ("root", models.BinaryField()),
                        ("previous", models.BinaryField()),
                        ("head", models.BinaryField()),
                        ("signature", models.BinaryField()),
                        ("sealed_at", models.DateTimeField()),
                    ],
                    options={"managed": False, "db_table": "trail_seal", "ordering": ["number"]},
                ),
                migrations.CreateModel(
                    name="Sealing",
                    fields=[
                        ("authority_id", models.SmallIntegerField(primary_key=True, serialize=False)),
                        ("heard_at", models.DateTimeField()),
                        ("failure", models.TextField()),
                        ("published", models.IntegerField()),
                    ],
                    options={"managed": False, "db_table": "trail_sealing"},
                ),
            ],
        )
    ]
