"""Links and suspicions of records that few may open stay behind the same wall; so does a pair that nobody is told of."""

from django.db import migrations

from frontdoor.actors.operations import ACTOR, BEHIND, shut_wall

SHUT = """
CREATE TRIGGER shut BEFORE INSERT OR UPDATE OF person_id, shut ON matching_link
  FOR EACH ROW EXECUTE FUNCTION frontdoor_row_shut();
CREATE TRIGGER shut BEFORE INSERT OR UPDATE OF person_id, other_id, shut ON matching_suspicion
  FOR EACH ROW EXECUTE FUNCTION frontdoor_row_of_two_shut();
CREATE FUNCTION frontdoor_person_shuts_matches() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE matching_link SET shut = NEW.shut WHERE authority_id = NEW.authority_id AND person_id = NEW.id;
  UPDATE matching_suspicion SET shut = NEW.shut WHERE authority_id = NEW.authority_id AND person_id = NEW.id;
  UPDATE matching_suspicion SET shut = NEW.shut WHERE authority_id = NEW.authority_id AND other_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION frontdoor_person_shuts_matches() FROM PUBLIC;
CREATE TRIGGER shuts_matches AFTER UPDATE ON people_person FOR EACH ROW WHEN (OLD.shut IS DISTINCT FROM NEW.shut)
  EXECUTE FUNCTION frontdoor_person_shuts_matches();
"""
UNSHUT = """
DROP TRIGGER shuts_matches ON people_person;
DROP FUNCTION frontdoor_person_shuts_matches();
DROP TRIGGER shut ON matching_suspicion;
DROP TRIGGER shut ON matching_link;
"""

# That two records stand in one hidden row is itself the secret: it is seen by whoever said so, and behind the wall.
SYSTEMS = ", ".join(f"'{name}'" for name in BEHIND)
SAID = f"NOT hidden OR {ACTOR} IN ({SYSTEMS}) OR {ACTOR} = 'user:' || said_by"
HIDDEN = f"CREATE POLICY hidden ON matching_notsame AS RESTRICTIVE TO frontdoor_app USING ({SAID}) WITH CHECK ({SAID});"


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_nothing_for_the_joined"), ("people", "0004_shut"), ("actors", "0001_guard")]

    operations = [
        migrations.RunSQL(SHUT, UNSHUT),
        shut_wall("matching_link", "person_id"),
        shut_wall("matching_suspicion", "person_id", "other_id"),
        migrations.RunSQL(HIDDEN, "DROP POLICY hidden ON matching_notsame;"),
    ]
