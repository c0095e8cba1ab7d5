"""An agency reads the names of the children of whom the minutes tell that it got: not of one who joined after them."""

from django.db import migrations

from frontdoor.actors.operations import ANSWERS_FOR, CURRENT


def children(told):
    """The function of 0010, with which children of a discussion it names."""
    return f"""
CREATE OR REPLACE FUNCTION frontdoor_minuted(wanted uuid)
RETURNS TABLE (place smallint, given_name text, family_name text, known_as text, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.position, n.given_name::text, n.family_name::text, n.known_as::text, n.kind::text
    FROM mash_circulation c
    JOIN mash_minutes m ON m.authority_id = c.authority_id AND m.id = c.minutes_id
    JOIN mash_discussed d ON d.authority_id = m.authority_id AND d.discussion_id = m.discussion_id
    LEFT JOIN contacts_named n ON n.authority_id = d.authority_id AND n.id = d.named_id
   WHERE c.authority_id = {CURRENT} AND c.agency = ({ANSWERS_FOR}) AND c.key = wanted{told}
   ORDER BY d.position, d.id
$$;
"""


TOLD = """
     AND EXISTS (SELECT FROM jsonb_array_elements(c.body -> 'children') AS told (child)
                  WHERE told.child ->> 'place' = d.position::text)"""


class Migration(migrations.Migration):
    dependencies = [("mash", "0022_child_joins")]

    operations = [migrations.RunSQL(children(TOLD), children(""))]
