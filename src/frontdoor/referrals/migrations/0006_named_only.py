"""A referral of a child whose record few may open is there for those who are named, and for nobody else."""

from django.db import migrations

from frontdoor.actors.operations import ACTOR, CURRENT

# Asked as the owner, whom the second wall of people does not bind; what comes out is numbers of referrals alone. Whoever
# carries messages for the council sees every referral: no clock stands still because a record is restricted.
KEPT = f"""
CREATE FUNCTION frontdoor_referrals_kept() RETURNS bigint[] LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT kept.id), '{{}}') FROM (
    SELECT r.id FROM matching_link l
      JOIN contacts_named n ON n.authority_id = l.authority_id AND n.key = l.subject_key
      JOIN referrals_referral r ON r.authority_id = n.authority_id AND r.named_id = n.id
     WHERE l.authority_id = {CURRENT} AND l.subject_kind = 'contacts.named' AND l.state = 'confirmed' AND l.shut
       AND l.person_id <> ALL (frontdoor_opened())
    UNION ALL
    SELECT r.id FROM referrals_referral r
      JOIN people_person p ON p.authority_id = r.authority_id AND p.id = r.person_id
     WHERE r.authority_id = {CURRENT} AND p.shut AND p.id <> ALL (frontdoor_opened())
    UNION ALL
    SELECT r.id FROM matching_link l
      JOIN contacts_named n ON n.authority_id = l.authority_id AND n.key = l.subject_key
      JOIN referrals_referral r ON r.authority_id = n.authority_id AND r.named_id = n.id
     WHERE l.authority_id = {CURRENT} AND l.subject_kind = 'contacts.named' AND l.state = 'confirmed'
       AND l.person_id = ANY (frontdoor_barred())
  ) AS kept
  WHERE {ACTOR} NOT LIKE 'system:%'
$$;
REVOKE ALL ON FUNCTION frontdoor_referrals_kept() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_referrals_kept() TO frontdoor_app;
CREATE POLICY named_only ON referrals_referral AS RESTRICTIVE FOR SELECT TO frontdoor_app
  USING (id <> ALL ((SELECT frontdoor_referrals_kept())::bigint[]));
"""
SEEN = "DROP POLICY named_only ON referrals_referral; DROP FUNCTION frontdoor_referrals_kept();"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_again"), ("people", "0004_shut"), ("matching", "0001_initial")]
    operations = [migrations.RunSQL(KEPT, SEEN)]
