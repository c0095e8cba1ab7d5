"""Which rows that name somebody may not name them to whoever asks: asked behind the wall, in one statement.

The rows stand in other rooms and are not shut themselves. The owner's function answers for the council and the actor
that are set, with keys that were asked and nothing of the record: what it answers is left out, and never shown.
"""

from django.db import migrations

from frontdoor.actors.operations import CURRENT

UNNAMED = f"""
CREATE FUNCTION frontdoor_unnamed(subjects uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT l.subject_key), ARRAY[]::uuid[])
    FROM matching_link l
   WHERE l.authority_id = {CURRENT} AND l.subject_key = ANY(subjects)
     AND l.state = 'confirmed' AND l.ended_at IS NULL
     AND ((l.shut AND l.person_id <> ALL ((SELECT frontdoor_opened())::bigint[]))
          OR l.person_id = ANY ((SELECT frontdoor_barred())::bigint[]))
$$;
REVOKE ALL ON FUNCTION frontdoor_unnamed(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_unnamed(uuid[]) TO frontdoor_app;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0011_no_day_for_the_joined"), ("people", "0004_shut")]

    operations = [migrations.RunSQL(UNNAMED, "DROP FUNCTION frontdoor_unnamed(uuid[]);")]
