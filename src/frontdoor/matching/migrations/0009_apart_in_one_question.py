"""Who is kept apart is asked behind the wall in one statement: each arrival asks, and five round trips were waited for.

The owner's function answers for the council that is set, with every pair, also those that nobody is told of: what it
answers is left out of lists by, and never shown.
"""

from django.db import migrations

from frontdoor.actors.operations import CURRENT

AMONG = f"""
CREATE FUNCTION frontdoor_apart_among(people bigint[])
RETURNS TABLE (first bigint, second bigint, hidden boolean, ground text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT pair.first_id, pair.second_id, pair.hidden, pair.ground::text FROM matching_notsame pair
   WHERE pair.authority_id = {CURRENT} AND pair.ended_at IS NULL
     AND pair.first_id = ANY(people) AND pair.second_id = ANY(people)
   ORDER BY pair.id
$$;
REVOKE ALL ON FUNCTION frontdoor_apart_among(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_apart_among(bigint[]) TO frontdoor_app;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_kept_apart")]

    operations = [migrations.RunSQL(AMONG, "DROP FUNCTION frontdoor_apart_among(bigint[]);")]
