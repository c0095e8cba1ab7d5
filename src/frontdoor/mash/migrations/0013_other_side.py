"""An agency that works with whoever may pose the risk: what it never reads, whatever a form or a page lets through."""

from django.db import migrations, models

from frontdoor.actors.operations import ANSWERS_FOR, CURRENT

OWN = f"r.authority_id = {CURRENT} AND r.agency = ({ANSWERS_FOR}) AND r.key = wanted"
PATH = "SET search_path = pg_catalog, public, pg_temp"
ABOUT = "(wanted uuid)"

# Whether words tell where somebody of an enquiry is: a postcode, a telephone number, the first line of a home. It runs
# with the rights of whoever asks: the owner inside the functions below, the application in the trigger.
TELLS = f"""
CREATE FUNCTION frontdoor_tells_where(council smallint, enquiry bigint, said text) RETURNS boolean
LANGUAGE sql STABLE {PATH} AS $$
  SELECT coalesce(said, '') ~* '\\m[a-z]{{1,2}}[0-9][a-z0-9]?\\s*[0-9][a-z]{{2}}\\M'
      OR coalesce(said, '') ~ '(\\+44|\\m0)[\\s()-]*[0-9]([\\s()-]*[0-9]){{8,9}}'
      OR EXISTS (SELECT FROM mash_subject s
                   JOIN contacts_named n ON n.authority_id = s.authority_id AND n.id = s.named_id
                  WHERE s.authority_id = council AND s.enquiry_id = enquiry
                    AND length(btrim(split_part(n.address, ',', 1))) >= 6
                    AND position(lower(btrim(split_part(n.address, ',', 1))) IN lower(coalesce(said, ''))) > 0)
$$;
CREATE FUNCTION frontdoor_victim_kept(council smallint, enquiry bigint) RETURNS boolean
LANGUAGE sql STABLE {PATH} AS $$
  SELECT EXISTS (SELECT FROM mash_request o
                   JOIN mash_reply e ON e.authority_id = o.authority_id AND e.request_id = o.id
                  WHERE o.authority_id = council AND o.enquiry_id = enquiry AND e.mark = 'victim_safety')
$$;
CREATE FUNCTION frontdoor_question_kept() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
  IF NEW.other_side AND frontdoor_tells_where(NEW.authority_id, NEW.enquiry_id, NEW.question) THEN
    RAISE EXCEPTION 'what the other side is asked tells where somebody is' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER other_side BEFORE INSERT OR UPDATE OF other_side, question ON mash_request
  FOR EACH ROW EXECUTE FUNCTION frontdoor_question_kept();
"""

ASKED_ABOUT = f"""
CREATE OR REPLACE FUNCTION frontdoor_asked_about{ABOUT}
RETURNS TABLE (asked uuid, child boolean, place smallint, given_name text, family_name text, known_as text, born date,
               expected_on date, relationship text, home text, school text)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT a.key, a.is_child, a.position, n.given_name::text, n.family_name::text, n.known_as::text, n.date_of_birth,
         n.expected_on, n.relationship::text,
         CASE WHEN n.address_protected OR r.other_side THEN ''
              ELSE concat_ws(', ', nullif(n.address, ''), nullif(n.postcode, '')) END,
         CASE WHEN r.other_side THEN '' ELSE n.school::text END
    FROM mash_request r
    JOIN mash_asked a ON a.authority_id = r.authority_id AND a.request_id = r.id
    JOIN mash_subject s ON s.authority_id = a.authority_id AND s.id = a.subject_id
    LEFT JOIN contacts_named n ON n.authority_id = s.authority_id AND n.id = s.named_id
   WHERE {OWN}
   ORDER BY a.position, a.id
$$;
"""

REPLIES = f"""
CREATE OR REPLACE FUNCTION frontdoor_shared_replies{ABOUT}
RETURNS TABLE (key uuid, asked uuid, agency text, kind text, facts text, analysis text, protective text, mark text,
               said_by text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT e.key, mine.key, g.name::text, e.kind::text, e.facts, e.analysis, e.protective, e.mark::text, e.said_by::text,
         e.at
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
"""

ANALYSIS = f"""
CREATE OR REPLACE FUNCTION frontdoor_shared_analysis{ABOUT}
RETURNS TABLE (id bigint, key uuid, number smallint, known text, history text, strengths text, not_known text,
               change_mind text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT * FROM (
    SELECT a.id, a.key, a.number, a.known, a.history, a.strengths, a.not_known, a.change_mind, a.at
      FROM mash_request r
      JOIN mash_analysis a ON a.authority_id = r.authority_id AND a.enquiry_id = r.enquiry_id
     WHERE {OWN} AND r.stopped_at IS NULL
     ORDER BY a.number DESC LIMIT 1) newest
   WHERE NOT EXISTS (
     SELECT FROM mash_request r
      WHERE {OWN} AND r.other_side
        AND (frontdoor_victim_kept(r.authority_id, r.enquiry_id)
             OR frontdoor_tells_where(r.authority_id, r.enquiry_id,
                  concat_ws(' ', newest.known, newest.history, newest.strengths, newest.not_known, newest.change_mind))))
$$;
CREATE OR REPLACE FUNCTION frontdoor_shared_meanings{ABOUT}
RETURNS TABLE (asked uuid, means text, voice text, voice_on date, unheard text)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT p.key, m.means, m.voice, m.voice_on, m.unheard::text
    FROM frontdoor_shared_analysis(wanted) a
    JOIN mash_meaning m ON m.authority_id = {CURRENT} AND m.analysis_id = a.id
    JOIN mash_request r ON r.authority_id = m.authority_id AND r.key = wanted
    JOIN mash_asked p ON p.authority_id = m.authority_id AND p.request_id = r.id AND p.subject_id = m.subject_id
   WHERE NOT (r.other_side
              AND frontdoor_tells_where(r.authority_id, r.enquiry_id, concat_ws(' ', m.means, m.voice, m.unheard)))
$$;
CREATE OR REPLACE FUNCTION frontdoor_shared_views{ABOUT}
RETURNS TABLE (key uuid, agency text, own boolean, number smallint, agrees boolean, words text, how text, said_by text,
               at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT v.key, g.name::text, v.agency = r.agency, a.number, v.agrees,
         CASE WHEN r.other_side AND v.agency <> r.agency
                   AND (frontdoor_victim_kept(r.authority_id, r.enquiry_id)
                        OR frontdoor_tells_where(r.authority_id, r.enquiry_id, v.words)) THEN '' ELSE v.words END,
         v.how::text, v.said_by::text, v.at
    FROM mash_request r
    JOIN mash_analysis a ON a.authority_id = r.authority_id AND a.enquiry_id = r.enquiry_id
    JOIN mash_view v ON v.authority_id = a.authority_id AND v.analysis_id = a.id
    JOIN organisations_agency g ON g.key = v.agency
   WHERE {OWN} AND r.stopped_at IS NULL
$$;
"""

# A decision that was taken back is told as such, without what it directed.
DECISIONS = f"""
CREATE FUNCTION frontdoor_shared_decided{ABOUT}
RETURNS TABLE (asked uuid, key uuid, outcome text, secondary jsonb, direction text, contingency text, at timestamptz,
               voided_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT p.key, d.key, CASE WHEN d.outcome = 'lado' THEN '' ELSE d.outcome::text END, d.secondary - 'lado',
         CASE WHEN d.voided_at IS NOT NULL OR hidden.so THEN '' ELSE d.direction END,
         CASE WHEN d.voided_at IS NOT NULL OR hidden.so THEN '' ELSE c.contingency END, d.made_at, d.voided_at
    FROM mash_request r
    JOIN mash_asked p ON p.authority_id = r.authority_id AND p.request_id = r.id
    JOIN mash_decision d ON d.authority_id = p.authority_id AND d.subject_id = p.subject_id
    JOIN mash_recommendation c ON c.authority_id = d.authority_id AND c.id = d.recommendation_id
   CROSS JOIN LATERAL (SELECT r.other_side
     AND (frontdoor_victim_kept(r.authority_id, r.enquiry_id)
          OR frontdoor_tells_where(r.authority_id, r.enquiry_id, concat_ws(' ', d.direction, c.contingency)))
     ) AS hidden (so)
   WHERE {OWN} AND (r.stopped_at IS NULL OR r.stopped_at >= d.made_at)
$$;
CREATE OR REPLACE FUNCTION frontdoor_shared_decisions{ABOUT}
RETURNS TABLE (asked uuid, key uuid, outcome text, secondary jsonb, direction text, contingency text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT d.asked, d.key, d.outcome, d.secondary, d.direction, d.contingency, d.at
    FROM frontdoor_shared_decided(wanted) d WHERE d.voided_at IS NULL
$$;
REVOKE ALL ON FUNCTION frontdoor_shared_decided(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_shared_decided(uuid) TO frontdoor_app, frontdoor_portal;
"""
BACK = (
    "DROP TRIGGER other_side ON mash_request; DROP FUNCTION frontdoor_question_kept();"
    " DROP FUNCTION frontdoor_victim_kept(smallint, bigint);"
    " DROP FUNCTION frontdoor_tells_where(smallint, bigint, text);"
)


class Migration(migrations.Migration):
    dependencies = [("mash", "0012_deciding_wall"), ("contacts", "0014_senders")]

    operations = [
        migrations.AddField("desk", "other_side", models.BooleanField(default=False)),
        migrations.AddField("request", "other_side", models.BooleanField(default=False)),
        migrations.RunSQL(TELLS, BACK),
        *[migrations.RunSQL(each, migrations.RunSQL.noop) for each in (ASKED_ABOUT, REPLIES, ANALYSIS, DECISIONS)],
    ]
