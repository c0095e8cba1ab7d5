"""Whether somebody of a team works for the council: of anybody else the family agrees that they are told."""

from django.db import migrations, models

# What is not known is taken as another agency: such a person opens nothing while nobody agrees that agencies are told,
# and the hub always does. Known is whoever came from a team of the council that took the family on.
KNOWN = """
ALTER TABLE familyhelp_practitioner NO FORCE ROW LEVEL SECURITY;
ALTER TABLE earlyhelp_provider NO FORCE ROW LEVEL SECURITY;
ALTER TABLE familyhelp_practitioner DISABLE TRIGGER guard;
UPDATE familyhelp_practitioner t SET own = true
 WHERE EXISTS (SELECT FROM earlyhelp_provider p
                WHERE p.authority_id = t.authority_id AND p.name = t.agency AND p.kind = 'own')
   AND NOT EXISTS (SELECT FROM earlyhelp_provider p
                    WHERE p.authority_id = t.authority_id AND p.name = t.agency AND p.kind <> 'own');
ALTER TABLE familyhelp_practitioner ENABLE TRIGGER guard;
ALTER TABLE earlyhelp_provider FORCE ROW LEVEL SECURITY;
ALTER TABLE familyhelp_practitioner FORCE ROW LEVEL SECURITY;
"""

# Whose word on a day lets agencies be told, as `earlyhelp.rules.agreeing` has it.
TOLD = """
CREATE FUNCTION frontdoor_family_shares(authority smallint, episode bigint, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM (
      SELECT DISTINCT ON (member_id) status, expires_on FROM earlyhelp_agreement
       WHERE authority_id = authority AND episode_id = episode AND purpose = 'sharing'
       ORDER BY member_id, id DESC) AS word
     WHERE word.status = 'given'
       AND (word.expires_on IS NULL OR word.expires_on >= (moment AT TIME ZONE 'Europe/London')::date))
$$;

CREATE FUNCTION frontdoor_agency_told() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM familyhelp_practitioner t
              WHERE t.authority_id = NEW.authority_id AND t.id = NEW.practitioner_id AND NOT t.own
                AND NOT frontdoor_family_shares(t.authority_id, t.episode_id, NEW.at)) THEN
    RAISE EXCEPTION 'nobody of this family agrees that agencies are told';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER told BEFORE INSERT ON familyhelp_planprint FOR EACH ROW EXECUTE FUNCTION frontdoor_agency_told();
"""
FREE = """
DROP TRIGGER told ON familyhelp_planprint;
DROP FUNCTION frontdoor_agency_told();
DROP FUNCTION frontdoor_family_shares(smallint, bigint, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("familyhelp", "0009_kept"), ("earlyhelp", "0005_uptake_reason")]

    operations = [
        migrations.AddField("practitioner", "own", models.BooleanField(default=False), preserve_default=False),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(TOLD, FREE),
    ]
