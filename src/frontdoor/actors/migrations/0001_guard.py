from django.db import migrations

GUARD = """
CREATE FUNCTION frontdoor_guard_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nullif(current_setting('frontdoor.actor', true), '') IS NULL THEN
    RAISE EXCEPTION 'no actor is set: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        migrations.RunSQL(GUARD, "DROP FUNCTION frontdoor_guard_actor();"),
        # The start-up check and the health page read which migrations ran.
        migrations.RunSQL(
            "GRANT SELECT ON django_migrations TO frontdoor_app;",
            "REVOKE ALL ON django_migrations FROM frontdoor_app;",
        ),
    ]
