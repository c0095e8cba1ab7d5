"""A home is told by any line of it with a number, not by its first alone: "14 Mill Lane" stands behind "Flat 2"."""

from django.db import migrations


def tells(home):
    """The function of 0013, with what of an address is looked for."""
    return rf"""
CREATE OR REPLACE FUNCTION frontdoor_tells_where(council smallint, enquiry bigint, said text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(said, '') ~* '\m[a-z]{{1,2}}[0-9][a-z0-9]?\s*[0-9][a-z]{{2}}\M'
      OR coalesce(said, '') ~ '(\+44|\m0)[\s()-]*[0-9]([\s()-]*[0-9]){{8,9}}'
      OR EXISTS (SELECT FROM mash_subject s
                   JOIN contacts_named n ON n.authority_id = s.authority_id AND n.id = s.named_id
                  {home}
                  WHERE s.authority_id = council AND s.enquiry_id = enquiry
                    AND length(btrim(home.line, E' \t\r')) >= 6
                    AND position(lower(btrim(home.line, E' \t\r')) IN lower(coalesce(said, ''))) > 0)
$$;
"""


LINES = r"""CROSS JOIN LATERAL (SELECT part AS line
                    FROM regexp_split_to_table(n.address, '[,\n]') WITH ORDINALITY AS parts (part, place)
                   WHERE place = 1 OR part ~ '[0-9]') AS home"""
FIRST = "CROSS JOIN LATERAL (SELECT split_part(n.address, ',', 1) AS line) AS home"


class Migration(migrations.Migration):
    dependencies = [("mash", "0018_huddles_wall"), ("contacts", "0023_beside_wall")]

    operations = [migrations.RunSQL(tells(LINES), tells(FIRST))]
