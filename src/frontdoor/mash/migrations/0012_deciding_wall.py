"""The walls of analysis and decision: what is signed is never rewritten, and two people sign."""

from django.db import migrations

from frontdoor.actors.operations import ANSWERS_FOR, CURRENT, same_council, wall

ONCE = "SELECT, INSERT"
OWN = f"authority_id = {CURRENT} AND agency = ({ANSWERS_FOR})"
PARENTS = {
    "analysis": (("enquiry_id", "mash_enquiry"),),
    "meaning": (("analysis_id", "mash_analysis"), ("subject_id", "mash_subject")),
    "view": (("request_id", "mash_request"), ("analysis_id", "mash_analysis")),
    "waiting": (("request_id", "mash_request"),),
    "recommendation": (("subject_id", "mash_subject"), ("analysis_id", "mash_analysis")),
    "snapshot": (("enquiry_id", "mash_enquiry"),),
    "decision": (
        ("subject_id", "mash_subject"), ("recommendation_id", "mash_recommendation"), ("snapshot_id", "mash_snapshot"),
    ),
}  # fmt: skip
ENDS = {
    "recommendation": (
        "authority_id, key, subject_id, analysis_id, outcome, secondary, specialist_route, detail, level,"
        " threshold_version, rationale, why_not_more, why_not_less, contingency, agreement, agreed_by, made_by, made_at"
    ),
    "decision": (
        "authority_id, key, subject_id, recommendation_id, snapshot_id, outcome, secondary, specialist_route, detail,"
        " other_council, worker, manager, rating, level, threshold_version, agreed, why_different, risk_seen,"
        " direction, same_words, recommended_by, made_by, made_at"
    ),
}
"""What may end and is otherwise never changed: the columns that stay."""

STAYS = """
CREATE FUNCTION frontdoor_signed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was recommended or decided is never rewritten' USING ERRCODE = 'check_violation';
END $$;
"""

# What no form can be talked out of: two people, the newest analysis, every missing reply named by whoever decides, and
# something directed. The directions are written before the decision, in the same transaction.
SIGNED = """
CREATE FUNCTION frontdoor_decision_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rests record;
BEGIN
  SELECT r.made_by, r.ended_at, r.subject_id, a.enquiry_id, a.number, s.key AS child INTO rests
    FROM mash_recommendation r
    JOIN mash_analysis a ON a.authority_id = r.authority_id AND a.id = r.analysis_id
    JOIN mash_subject s ON s.authority_id = r.authority_id AND s.id = r.subject_id
   WHERE r.authority_id = NEW.authority_id AND r.id = NEW.recommendation_id;
  IF NOT FOUND OR rests.subject_id <> NEW.subject_id OR rests.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'a decision rests on a recommendation that stands' USING ERRCODE = 'check_violation';
  END IF;
  IF rests.made_by = NEW.made_by OR rests.made_by <> NEW.recommended_by THEN
    RAISE EXCEPTION 'another person decides than recommended' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM mash_analysis a WHERE a.authority_id = NEW.authority_id AND a.enquiry_id = rests.enquiry_id
                AND a.number > rests.number) THEN
    RAISE EXCEPTION 'a decision rests on the newest analysis' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM mash_request q WHERE q.authority_id = NEW.authority_id AND q.enquiry_id = rests.enquiry_id
                AND q.state IN ('sent', 'opened', 'refused')
                AND coalesce((SELECT w.waited OR w.by_user <> NEW.made_by FROM mash_waiting w
                               WHERE w.authority_id = q.authority_id AND w.request_id = q.id
                               ORDER BY w.at DESC, w.id DESC LIMIT 1), true)) THEN
    RAISE EXCEPTION 'a missing reply is named by whoever decides' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM directions_direction d
                  WHERE d.authority_id = NEW.authority_id AND d.subject_kind = 'mash.subject'
                    AND d.subject_key = rests.child AND d.given_by = NEW.made_by AND d.given_at = NEW.made_at) THEN
    RAISE EXCEPTION 'a decision directs at least one action' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE INSERT ON mash_decision FOR EACH ROW EXECUTE FUNCTION frontdoor_decision_signed();
"""

# The newest analysis of an enquiry, for an agency that is asked and was not told to stop.
SHARED = f"""
CREATE FUNCTION frontdoor_shared_analysis(wanted uuid)
RETURNS TABLE (id bigint, key uuid, number smallint, known text, history text, strengths text, not_known text,
               change_mind text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.id, a.key, a.number, a.known, a.history, a.strengths, a.not_known, a.change_mind, a.at
    FROM mash_request r
    JOIN mash_analysis a ON a.authority_id = r.authority_id AND a.enquiry_id = r.enquiry_id
   WHERE r.authority_id = {CURRENT} AND r.agency = ({ANSWERS_FOR}) AND r.key = wanted AND r.stopped_at IS NULL
   ORDER BY a.number DESC LIMIT 1
$$;
CREATE FUNCTION frontdoor_shared_meanings(wanted uuid)
RETURNS TABLE (asked uuid, means text, voice text, voice_on date, unheard text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.key, m.means, m.voice, m.voice_on, m.unheard::text
    FROM frontdoor_shared_analysis(wanted) a
    JOIN mash_meaning m ON m.authority_id = {CURRENT} AND m.analysis_id = a.id
    JOIN mash_request r ON r.authority_id = m.authority_id AND r.key = wanted
    JOIN mash_asked p ON p.authority_id = m.authority_id AND p.request_id = r.id AND p.subject_id = m.subject_id
$$;
CREATE FUNCTION frontdoor_shared_views(wanted uuid)
RETURNS TABLE (key uuid, agency text, own boolean, number smallint, agrees boolean, words text, how text, said_by text,
               at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT v.key, g.name::text, v.agency = r.agency, a.number, v.agrees, v.words, v.how::text, v.said_by::text, v.at
    FROM mash_request r
    JOIN mash_analysis a ON a.authority_id = r.authority_id AND a.enquiry_id = r.enquiry_id
    JOIN mash_view v ON v.authority_id = a.authority_id AND v.analysis_id = a.id
    JOIN organisations_agency g ON g.key = v.agency
   WHERE r.authority_id = {CURRENT} AND r.agency = ({ANSWERS_FOR}) AND r.key = wanted AND r.stopped_at IS NULL
$$;
CREATE FUNCTION frontdoor_shared_decisions(wanted uuid)
RETURNS TABLE (asked uuid, key uuid, outcome text, secondary jsonb, direction text, contingency text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.key, d.key, CASE WHEN d.outcome = 'lado' THEN '' ELSE d.outcome::text END, d.secondary - 'lado', d.direction,
         c.contingency, d.made_at
    FROM mash_request r
    JOIN mash_asked p ON p.authority_id = r.authority_id AND p.request_id = r.id
    JOIN mash_decision d ON d.authority_id = p.authority_id AND d.subject_id = p.subject_id AND d.voided_at IS NULL
    JOIN mash_recommendation c ON c.authority_id = d.authority_id AND c.id = d.recommendation_id
   WHERE r.authority_id = {CURRENT} AND r.agency = ({ANSWERS_FOR}) AND r.key = wanted
     AND (r.stopped_at IS NULL OR r.stopped_at >= d.made_at)
$$;
"""
NAMES = ("analysis", "meanings", "views", "decisions")
FUNCTIONS = ", ".join(f"frontdoor_shared_{name}(uuid)" for name in NAMES)

# An agency adds its own view, at its own desk, to the newest analysis of an enquiry for which it is still asked.
VIEWS = f"""
CREATE POLICY addressed ON mash_view FOR SELECT TO frontdoor_portal USING ({OWN});
CREATE POLICY add ON mash_view FOR INSERT TO frontdoor_portal WITH CHECK ({OWN});
CREATE POLICY belongs ON mash_view AS RESTRICTIVE FOR INSERT TO frontdoor_portal WITH CHECK (how = 'desk'
  AND EXISTS (SELECT FROM mash_request r, frontdoor_shared_analysis(r.key) s
               WHERE r.id = mash_view.request_id AND r.stopped_at IS NULL AND s.id = mash_view.analysis_id));
GRANT SELECT, INSERT ON mash_view TO frontdoor_portal;
"""


class Migration(migrations.Migration):
    dependencies = [("mash", "0011_deciding"), ("directions", "0002_wall"), ("organisations", "0001_initial")]

    operations = [
        *[wall(f"mash_{name}") if name in ENDS else wall(f"mash_{name}", app=ONCE) for name in PARENTS],
        *[
            same_council(f"mash_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
        migrations.RunSQL(STAYS, "DROP FUNCTION frontdoor_signed_stays();"),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER stays BEFORE UPDATE OF {columns} ON mash_{name}"
                " FOR EACH ROW EXECUTE FUNCTION frontdoor_signed_stays();",
                f"DROP TRIGGER stays ON mash_{name};",
            )
            for name, columns in ENDS.items()
        ],
        migrations.RunSQL(SIGNED, "DROP TRIGGER signed ON mash_decision; DROP FUNCTION frontdoor_decision_signed();"),
        migrations.RunSQL(
            f"{SHARED} REVOKE ALL ON FUNCTION {FUNCTIONS} FROM PUBLIC;"
            f" GRANT EXECUTE ON FUNCTION {FUNCTIONS} TO frontdoor_app, frontdoor_portal;",
            f"DROP FUNCTION {FUNCTIONS};",
        ),
        migrations.RunSQL(
            VIEWS,
            "REVOKE SELECT, INSERT ON mash_view FROM frontdoor_portal; DROP POLICY belongs ON mash_view;"
            " DROP POLICY add ON mash_view; DROP POLICY addressed ON mash_view;",
        ),
    ]
