"""Minutes go to an agency by its key, and to one on the other side only as a copy written for it."""

from django.db import migrations, models
from django.db.models import Q

from frontdoor.actors.operations import ANSWERS_FOR, CURRENT

OWN = f"authority_id = {CURRENT} AND agency = ({ANSWERS_FOR})"
PATH = "SET search_path = pg_catalog, public, pg_temp"

# The policy of 0010 is said once more: a database that was made while it forgot the agency has it from here on.
# Whether an agency works with whoever may pose the risk: always, or in an enquiry about this family. It runs with the
# rights of whoever asks: the application in the trigger, the owner for an agency that reads.
SIDE = f"""
CREATE FUNCTION frontdoor_minutes_side(council smallint, minuted bigint, theirs uuid) RETURNS boolean
LANGUAGE sql STABLE {PATH} AS $$
  SELECT EXISTS (SELECT FROM mash_desk k
                  WHERE k.authority_id = council AND k.agency = theirs AND k.other_side
                    AND (k.ends_on IS NULL OR k.ends_on >= current_date))
      OR EXISTS (SELECT FROM mash_minutes m
                   JOIN mash_discussion d ON d.authority_id = m.authority_id AND d.id = m.discussion_id
                   JOIN mash_request r ON r.authority_id = m.authority_id AND r.agency = theirs AND r.other_side
                   JOIN mash_enquiry e ON e.authority_id = r.authority_id AND e.id = r.enquiry_id
                  WHERE m.authority_id = council AND m.id = minuted
                    AND (e.id = d.enquiry_id OR e.contact_id = d.contact_id
                         OR EXISTS (SELECT FROM mash_subject s
                                      JOIN mash_discussed c ON c.authority_id = s.authority_id
                                                           AND c.named_id = s.named_id
                                     WHERE s.authority_id = e.authority_id AND s.enquiry_id = e.id
                                       AND c.discussion_id = d.id)))
$$;
CREATE FUNCTION frontdoor_minutes_whole(minuted bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT NOT frontdoor_minutes_side({CURRENT}, minuted, ({ANSWERS_FOR}))
$$;
REVOKE ALL ON FUNCTION frontdoor_minutes_whole(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_minutes_whole(bigint) TO frontdoor_app, frontdoor_portal;
CREATE FUNCTION frontdoor_minutes_kept() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
  words text;
BEGIN
  IF NEW.agency IS NULL OR NOT frontdoor_minutes_side(NEW.authority_id, NEW.minutes_id, NEW.agency) THEN
    RETURN NEW;
  END IF;
  SELECT string_agg(each #>> '{{}}', ' | ') INTO words
    FROM jsonb_path_query(NEW.body, '$.**') AS found (each) WHERE jsonb_typeof(each) = 'string';
  IF NEW.body ->> 'part' IS DISTINCT FROM 'other_side'
     OR EXISTS (SELECT FROM mash_minutes m
                  JOIN mash_discussion d ON d.authority_id = m.authority_id AND d.id = m.discussion_id
                 WHERE m.authority_id = NEW.authority_id AND m.id = NEW.minutes_id
                   AND frontdoor_tells_where(NEW.authority_id, d.enquiry_id, words)) THEN
    RAISE EXCEPTION 'minutes for the other side tell where somebody is' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER other_side BEFORE INSERT ON mash_circulation
  FOR EACH ROW EXECUTE FUNCTION frontdoor_minutes_kept();
ALTER POLICY addressed ON mash_circulation USING ({OWN});
CREATE POLICY other_side ON mash_circulation AS RESTRICTIVE FOR SELECT TO frontdoor_portal
  USING (body ->> 'part' = 'other_side' OR frontdoor_minutes_whole(minutes_id));
"""
BACK = """
DROP POLICY other_side ON mash_circulation;
DROP TRIGGER other_side ON mash_circulation;
DROP FUNCTION frontdoor_minutes_kept();
DROP FUNCTION frontdoor_minutes_whole(bigint);
DROP FUNCTION frontdoor_minutes_side(smallint, bigint, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("mash", "0019_lines_of_homes")]

    operations = [
        migrations.RemoveConstraint("circulation", "circulation_once"),
        migrations.AddConstraint(
            "circulation",
            models.UniqueConstraint(
                fields=["authority_id", "minutes", "agency"], name="circulation_once", condition=Q(agency__isnull=False)
            ),
        ),
        migrations.AddConstraint(
            "circulation",
            models.UniqueConstraint(
                fields=["authority_id", "minutes", "agency_name"],
                name="circulation_once_on_paper",
                condition=Q(agency__isnull=True),
            ),
        ),
        migrations.RunSQL(SIDE, BACK),
    ]
