from django.db import migrations, models

# How often something came, under a hash keyed with a secret and the hour: no address of anybody is kept, nor can it be
# worked out from the table. The function is all that the portal may do with it; nobody else may read or change it. What
# has run out goes with the next countings, which never wait for each other over it.
TALLY = """
CREATE FUNCTION frontdoor_portal_count(key_ bytea, until_ timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE n integer;
BEGIN
  DELETE FROM portal_tally WHERE key IN
    (SELECT key FROM portal_tally WHERE until < now() ORDER BY until LIMIT 100 FOR UPDATE SKIP LOCKED);
  INSERT INTO portal_tally AS tally (key, count, until) VALUES (key_, 1, until_)
  ON CONFLICT (key) DO UPDATE SET count = tally.count + 1
  RETURNING tally.count INTO n;
  RETURN n;
END $$;
REVOKE ALL ON FUNCTION frontdoor_portal_count(bytea, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_portal_count(bytea, timestamptz) TO frontdoor_portal;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON portal_tally
  FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_guard_actor();
"""
NO_TALLY = """
DROP TRIGGER guard ON portal_tally;
DROP FUNCTION frontdoor_portal_count(bytea, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_wall"), ("actors", "0001_guard")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("count", models.IntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(TALLY, NO_TALLY),
    ]
