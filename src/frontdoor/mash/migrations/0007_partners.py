"""What an agency that takes part in an enquiry reads of the others: what they let be read, and where it stands."""

from django.db import migrations

from frontdoor.actors.operations import ANSWERS_FOR, CURRENT

# A reply of another agency, where it takes part in the same enquiry and lets the others read it; never what is kept
# apart (a victim's safety, intelligence, a source, legal advice), whatever was ticked; never what was taken back.
SHARED = f"""
CREATE FUNCTION frontdoor_shared_replies(wanted uuid)
RETURNS TABLE (key uuid, asked uuid, agency text, kind text, facts text, analysis text, protective text, mark text,
               said_by text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.key, mine.key, g.name::text, e.kind::text, e.facts, e.analysis, e.protective, e.mark::text, e.said_by::text,
         e.at
    FROM mash_request r
    JOIN mash_request o ON o.authority_id = r.authority_id AND o.enquiry_id = r.enquiry_id AND o.agency <> r.agency
    JOIN mash_reply e ON e.authority_id = o.authority_id AND e.request_id = o.id
    JOIN mash_asked theirs ON theirs.authority_id = e.authority_id AND theirs.id = e.asked_id
    JOIN mash_asked mine ON mine.authority_id = r.authority_id AND mine.request_id = r.id
                        AND mine.subject_id = theirs.subject_id
    JOIN organisations_agency g ON g.key = e.agency
   WHERE r.authority_id = {CURRENT} AND r.agency = {ANSWERS_FOR} AND r.key = wanted AND r.stopped_at IS NULL
     AND e.partners_may_see AND NOT e.withdrawn
     AND e.mark NOT IN ('victim_safety', 'intelligence', 'restricted_source', 'legal')
     AND NOT EXISTS (SELECT FROM mash_reply later
                      WHERE later.authority_id = e.authority_id AND later.supersedes_id = e.id)
$$;
CREATE FUNCTION frontdoor_shared_state(wanted uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT q.state::text FROM mash_request r
    JOIN mash_enquiry q ON q.authority_id = r.authority_id AND q.id = r.enquiry_id
   WHERE r.authority_id = {CURRENT} AND r.agency = {ANSWERS_FOR} AND r.key = wanted AND r.stopped_at IS NULL
$$;
REVOKE ALL ON FUNCTION frontdoor_shared_replies(uuid), frontdoor_shared_state(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_shared_replies(uuid), frontdoor_shared_state(uuid) TO frontdoor_app, frontdoor_portal;
"""


class Migration(migrations.Migration):
    dependencies = [("mash", "0006_disagreements_wall"), ("contacts", "0014_senders")]
    operations = [
        migrations.RunSQL(
            SHARED, "DROP FUNCTION frontdoor_shared_replies(uuid); DROP FUNCTION frontdoor_shared_state(uuid);"
        ),
    ]
