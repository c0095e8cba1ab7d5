"""The walls of a family's assessment: what was shared never changes, and no text of a field is written over.

Of a passage only its own writer goes on, one version on, and not for longer than a sitting (`rules.assessing.SITTING`).
"""

from django.db import migrations

from frontdoor.actors.operations import same_council, wall

KEPT = """
CREATE FUNCTION frontdoor_assessment_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.shared_at IS NOT NULL THEN
    RAISE EXCEPTION 'an assessment that was shared never changes';
  END IF;
  IF (NEW.episode_id, NEW.number, NEW.why, NEW.begun_at, NEW.begun_by, NEW.begun_name)
     IS DISTINCT FROM (OLD.episode_id, OLD.number, OLD.why, OLD.begun_at, OLD.begun_by, OLD.begun_name) THEN
    RAISE EXCEPTION 'how a round of an assessment began never changes';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON familyhelp_assessment FOR EACH ROW
  EXECUTE FUNCTION frontdoor_assessment_stays();

CREATE FUNCTION frontdoor_passage_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM familyhelp_assessment a
              WHERE a.authority_id = NEW.authority_id AND a.id = NEW.assessment_id AND a.shared_at IS NOT NULL) THEN
    RAISE EXCEPTION 'nothing is written in an assessment that was shared';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.assessment_id, NEW.member_id, NEW.field, NEW.by_user, NEW.by_name, NEW.since, NEW.carried)
       IS DISTINCT FROM (OLD.assessment_id, OLD.member_id, OLD.field, OLD.by_user, OLD.by_name, OLD.since, OLD.carried)
       OR NEW.version <> OLD.version + 1 OR OLD.carried OR NEW.at > OLD.since + interval '15 minutes' THEN
      RAISE EXCEPTION 'a text of an assessment is written over by nobody but its writer, in one sitting';
    END IF;
    IF EXISTS (SELECT FROM familyhelp_passage p
                WHERE p.authority_id = OLD.authority_id AND p.assessment_id = OLD.assessment_id
                  AND p.member_id IS NOT DISTINCT FROM OLD.member_id AND p.field = OLD.field
                  AND p.version > OLD.version) THEN
      RAISE EXCEPTION 'a text of an assessment that another has followed stays as it was';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE ON familyhelp_passage FOR EACH ROW
  EXECUTE FUNCTION frontdoor_passage_stays();
"""
FREE = """
DROP TRIGGER stays ON familyhelp_passage;
DROP FUNCTION frontdoor_passage_stays();
DROP TRIGGER stays ON familyhelp_assessment;
DROP FUNCTION frontdoor_assessment_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("familyhelp", "0007_assessment")]

    operations = [
        wall("familyhelp_assessment"),
        wall("familyhelp_passage"),
        wall("familyhelp_presence"),
        same_council("familyhelp_assessment", "episode_id", "earlyhelp_episode"),
        same_council("familyhelp_passage", "assessment_id", "familyhelp_assessment"),
        same_council("familyhelp_passage", "member_id", "earlyhelp_member"),
        same_council("familyhelp_presence", "assessment_id", "familyhelp_assessment"),
        migrations.RunSQL(KEPT, FREE),
    ]
