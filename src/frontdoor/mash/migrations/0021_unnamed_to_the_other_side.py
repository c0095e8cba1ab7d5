"""The other side reads no school and no agency by name; who was told to stop reads no more of a family than its names."""

from django.db import migrations

from frontdoor.actors.operations import ANSWERS_FOR, CURRENT

OWN = f"r.authority_id = {CURRENT} AND r.agency = ({ANSWERS_FOR}) AND r.key = wanted"
PATH = "SET search_path = pg_catalog, public, pg_temp"
ABOUT = "(wanted uuid)"


def tells(places):
    """The function of 0019, with what of a person is looked for."""
    return rf"""
CREATE OR REPLACE FUNCTION frontdoor_tells_where(council smallint, enquiry bigint, said text) RETURNS boolean
LANGUAGE sql STABLE {PATH} AS $$
  SELECT coalesce(said, '') ~* '\m[a-z]{{1,2}}[0-9][a-z0-9]?\s*[0-9][a-z]{{2}}\M'
      OR coalesce(said, '') ~ '(\+44|\m0)[\s()-]*[0-9]([\s()-]*[0-9]){{8,9}}'
      OR EXISTS (SELECT FROM mash_subject s
                   JOIN contacts_named n ON n.authority_id = s.authority_id AND n.id = s.named_id
                  CROSS JOIN LATERAL ({places}) AS home
                  WHERE s.authority_id = council AND s.enquiry_id = enquiry
                    AND length(btrim(home.line, E' \t\r')) >= 6
                    AND position(lower(btrim(home.line, E' \t\r')) IN lower(coalesce(said, ''))) > 0)
$$;
"""


def lines(column):
    """The lines of an address or a school that lead there: the first, and each with a number."""
    return rf"""SELECT part AS line
                    FROM regexp_split_to_table(n.{column}, '[,\n]') WITH ORDINALITY AS parts (part, place)
                   WHERE place = 1 OR part ~ '[0-9]'"""


def asked_about(stopped):
    """The function of 0013. Names stay after the asking has ended: who knows something later says of whom."""
    kept = f"CASE WHEN {stopped} THEN"
    return f"""
CREATE OR REPLACE FUNCTION frontdoor_asked_about{ABOUT}
RETURNS TABLE (asked uuid, child boolean, place smallint, given_name text, family_name text, known_as text, born date,
               expected_on date, relationship text, home text, school text)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT a.key, a.is_child, a.position, n.given_name::text, n.family_name::text, n.known_as::text,
         {kept} NULL ELSE n.date_of_birth END, {kept} NULL ELSE n.expected_on END,
         {kept} '' ELSE n.relationship::text END,
         CASE WHEN n.address_protected OR r.other_side OR {stopped} THEN ''
              ELSE concat_ws(', ', nullif(n.address, ''), nullif(n.postcode, '')) END,
         CASE WHEN r.other_side OR {stopped} THEN '' ELSE n.school::text END
    FROM mash_request r
    JOIN mash_asked a ON a.authority_id = r.authority_id AND a.request_id = r.id
    JOIN mash_subject s ON s.authority_id = a.authority_id AND s.id = a.subject_id
    LEFT JOIN contacts_named n ON n.authority_id = s.authority_id AND n.id = s.named_id
   WHERE {OWN}
   ORDER BY a.position, a.id
$$;
"""


def shared(name, said_by, view_name, view_said_by):
    """The functions of 0013 by which one agency reads another's words: how the other is named."""
    return f"""
CREATE OR REPLACE FUNCTION frontdoor_shared_replies{ABOUT}
RETURNS TABLE (key uuid, asked uuid, agency text, kind text, facts text, analysis text, protective text, mark text,
               said_by text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT e.key, mine.key, {name}, e.kind::text, e.facts, e.analysis, e.protective, e.mark::text, {said_by}, e.at
    FROM mash_request r
    JOIN mash_request o ON o.authority_id = r.authority_id AND o.enquiry_id = r.enquiry_id AND o.agency <> r.agency
    JOIN mash_reply e ON e.authority_id = o.authority_id AND e.request_id = o.id
    JOIN mash_asked theirs ON theirs.authority_id = e.authority_id AND theirs.id = e.asked_id
    JOIN mash_asked mine ON mine.authority_id = r.authority_id AND mine.request_id = r.id
                        AND mine.subject_id = theirs.subject_id
    JOIN organisations_agency g ON g.key = e.agency
   WHERE {OWN} AND r.stopped_at IS NULL
     AND e.partners_may_see AND NOT e.withdrawn
     AND e.mark NOT IN ('victim_safety', 'intelligence', 'restricted_source', 'legal')
     AND NOT (r.other_side AND frontdoor_tells_where(r.authority_id, r.enquiry_id,
                                                     concat_ws(' ', e.facts, e.analysis, e.protective)))
     AND NOT EXISTS (SELECT FROM mash_reply later
                      WHERE later.authority_id = e.authority_id AND later.supersedes_id = e.id)
$$;
CREATE OR REPLACE FUNCTION frontdoor_shared_views{ABOUT}
RETURNS TABLE (key uuid, agency text, own boolean, number smallint, agrees boolean, words text, how text, said_by text,
               at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT v.key, {view_name}, v.agency = r.agency, a.number, v.agrees,
         CASE WHEN r.other_side AND v.agency <> r.agency
                   AND (frontdoor_victim_kept(r.authority_id, r.enquiry_id)
                        OR frontdoor_tells_where(r.authority_id, r.enquiry_id, v.words)) THEN '' ELSE v.words END,
         v.how::text, {view_said_by}, v.at
    FROM mash_request r
    JOIN mash_analysis a ON a.authority_id = r.authority_id AND a.enquiry_id = r.enquiry_id
    JOIN mash_view v ON v.authority_id = a.authority_id AND v.analysis_id = a.id
    JOIN organisations_agency g ON g.key = v.agency
   WHERE {OWN} AND r.stopped_at IS NULL
$$;
"""


# Agencies are numbered for a reader on the other side, so that the newest word of each can be told from its older ones;
# by a digest with the enquiry, since an order by the key alone would be one agency's in every enquiry.
NUMBERED = (
    "'Another agency ' || dense_rank() OVER (ORDER BY (v.agency = r.agency), md5(v.agency::text || r.enquiry_id::text))"
)
UNNAMED = shared(
    "CASE WHEN r.other_side THEN 'Another agency' ELSE g.name::text END",
    "CASE WHEN r.other_side THEN '' ELSE e.said_by::text END",
    f"CASE WHEN r.other_side AND v.agency <> r.agency THEN {NUMBERED} ELSE g.name::text END",
    "CASE WHEN r.other_side AND v.agency <> r.agency THEN '' ELSE v.said_by::text END",
)
NAMED = shared("g.name::text", "e.said_by::text", "g.name::text", "v.said_by::text")


class Migration(migrations.Migration):
    dependencies = [("mash", "0020_minutes_by_key")]

    operations = [
        migrations.RunSQL(tells(f"{lines('address')} UNION ALL {lines('school')}"), tells(lines("address"))),
        migrations.RunSQL(asked_about("r.stopped_at IS NOT NULL"), asked_about("false")),
        migrations.RunSQL(UNNAMED, NAMED),
    ]
