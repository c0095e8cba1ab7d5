"""Records that few may open: kept shut by triggers, seen by few, for a policy of the database's own says so (ADR 31)."""

from django.db import migrations

from frontdoor.actors.operations import ACTOR, CURRENT, shut_wall

OWNERS = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
USER = f"substring({ACTOR} FROM '^user:([0-9]+)$')::bigint"

# One's own rows among those that say who may open and who may never: asked once a statement, as the owner, so that these
# tables need no policy that reads the tables whose policies ask them.
ASKED = f"""
CREATE FUNCTION frontdoor_opened() RETURNS bigint[] LANGUAGE sql STABLE {OWNERS} AS $$
  SELECT coalesce(array_agg(opened.person_id), '{{}}') FROM (
    SELECT person_id FROM people_namedaccess WHERE authority_id = {CURRENT} AND user_id = {USER}
       AND ended_at IS NULL AND since <= statement_timestamp() AND coalesce(until, 'infinity') > statement_timestamp()
    UNION ALL
    SELECT person_id FROM people_glass WHERE authority_id = {CURRENT} AND user_id = {USER}
       AND ended_at IS NULL AND until > statement_timestamp()
  ) AS opened
$$;
CREATE FUNCTION frontdoor_barred() RETURNS bigint[] LANGUAGE sql STABLE {OWNERS} AS $$
  SELECT coalesce(array_agg(person_id), '{{}}') FROM people_barred
   WHERE authority_id = {CURRENT} AND user_id = {USER} AND ended_at IS NULL
$$;
CREATE FUNCTION frontdoor_ends_open(one bigint, other bigint) RETURNS boolean LANGUAGE sql STABLE {OWNERS} AS $$
  SELECT NOT EXISTS (
    SELECT FROM people_person WHERE authority_id = {CURRENT} AND id IN (one, other) AND shut
       AND id <> ALL (frontdoor_opened()))
$$;
REVOKE ALL ON FUNCTION frontdoor_opened(), frontdoor_barred(), frontdoor_ends_open(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_opened(), frontdoor_barred(), frontdoor_ends_open(bigint, bigint)
  TO frontdoor_app;
"""
NOT_ASKED = "DROP FUNCTION frontdoor_ends_open(bigint, bigint), frontdoor_barred(), frontdoor_opened();"

# A person is shut while a restriction is in force, whatever anybody writes; a row is shut while its person is. Whoever
# restricts waits for everybody who writes about the person at that moment (FOR UPDATE against FOR KEY SHARE), so that no
# row written at the same time stays open.
KEPT = f"""
CREATE FUNCTION frontdoor_person_shut() RETURNS trigger LANGUAGE plpgsql {OWNERS} AS $$
BEGIN
  NEW.shut := EXISTS (SELECT FROM people_restriction
                       WHERE authority_id = NEW.authority_id AND person_id = NEW.id AND ended_at IS NULL);
  RETURN NEW;
END $$;
CREATE FUNCTION frontdoor_restriction_shuts() RETURNS trigger LANGUAGE plpgsql {OWNERS} AS $$
DECLARE touched bigint[] := ARRAY[NEW.person_id];
BEGIN
  IF TG_OP = 'UPDATE' THEN touched := touched || OLD.person_id; END IF;
  PERFORM FROM people_person WHERE authority_id = NEW.authority_id AND id = ANY (touched) ORDER BY id FOR UPDATE;
  UPDATE people_person SET shut = shut WHERE authority_id = NEW.authority_id AND id = ANY (touched);
  RETURN NULL;
END $$;
CREATE FUNCTION frontdoor_row_shut() RETURNS trigger LANGUAGE plpgsql {OWNERS} AS $$
BEGIN
  SELECT shut INTO NEW.shut FROM people_person
   WHERE authority_id = NEW.authority_id AND id = NEW.person_id FOR KEY SHARE;
  NEW.shut := coalesce(NEW.shut, false);
  RETURN NEW;
END $$;
CREATE FUNCTION frontdoor_row_of_two_shut() RETURNS trigger LANGUAGE plpgsql {OWNERS} AS $$
BEGIN
  PERFORM FROM people_person WHERE authority_id = NEW.authority_id AND id IN (NEW.person_id, NEW.other_id)
    ORDER BY id FOR KEY SHARE;
  NEW.shut := EXISTS (SELECT FROM people_person
                       WHERE authority_id = NEW.authority_id AND id IN (NEW.person_id, NEW.other_id) AND shut);
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION frontdoor_person_shut(), frontdoor_restriction_shuts(), frontdoor_row_shut(),
  frontdoor_row_of_two_shut() FROM PUBLIC;
CREATE TRIGGER shut BEFORE INSERT OR UPDATE OF shut ON people_person
  FOR EACH ROW EXECUTE FUNCTION frontdoor_person_shut();
CREATE TRIGGER shuts AFTER INSERT OR UPDATE OF person_id, ended_at ON people_restriction
  FOR EACH ROW EXECUTE FUNCTION frontdoor_restriction_shuts();
"""
NOT_KEPT = """
DROP TRIGGER shuts ON people_restriction;
DROP TRIGGER shut ON people_person;
DROP FUNCTION frontdoor_row_of_two_shut(), frontdoor_row_shut(), frontdoor_restriction_shuts(), frontdoor_person_shut();
"""

OF_ONE = ("name", "birth", "residence", "identifier", "fact", "caution", "membership", "involvement")
UNSHUT = ("restriction", "namedaccess", "glass")
"""Tables about shut records: who is barred sees nothing of them here either."""

SPREAD = "".join(
    f"  UPDATE people_{table} SET shut = NEW.shut WHERE authority_id = NEW.authority_id AND person_id = NEW.id;\n"
    for table in OF_ONE
)
SPREADS = f"""
CREATE FUNCTION frontdoor_person_shuts() RETURNS trigger LANGUAGE plpgsql {OWNERS} AS $$
BEGIN
{SPREAD}  UPDATE people_relationship SET shut = NEW.shut WHERE authority_id = NEW.authority_id AND person_id = NEW.id;
  UPDATE people_relationship SET shut = NEW.shut WHERE authority_id = NEW.authority_id AND other_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION frontdoor_person_shuts() FROM PUBLIC;
CREATE TRIGGER shuts AFTER UPDATE ON people_person FOR EACH ROW WHEN (OLD.shut IS DISTINCT FROM NEW.shut)
  EXECUTE FUNCTION frontdoor_person_shuts();
"""
NOT_SPREAD = "DROP TRIGGER shuts ON people_person; DROP FUNCTION frontdoor_person_shuts();"


def of_one(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER shut BEFORE INSERT OR UPDATE OF person_id, shut ON people_{table}"
        " FOR EACH ROW EXECUTE FUNCTION frontdoor_row_shut();",
        f"DROP TRIGGER shut ON people_{table};",
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0003_restricted"), ("actors", "0001_guard")]

    operations = [
        migrations.RunSQL(ASKED, NOT_ASKED),
        migrations.RunSQL(KEPT, NOT_KEPT),
        *[of_one(table) for table in OF_ONE],
        migrations.RunSQL(
            "CREATE TRIGGER shut BEFORE INSERT OR UPDATE OF person_id, other_id, shut ON people_relationship"
            " FOR EACH ROW EXECUTE FUNCTION frontdoor_row_of_two_shut();",
            "DROP TRIGGER shut ON people_relationship;",
        ),
        migrations.RunSQL(SPREADS, NOT_SPREAD),
        shut_wall("people_person", "id"),
        *[shut_wall(f"people_{table}", "person_id") for table in OF_ONE],
        shut_wall("people_relationship", "person_id", "other_id"),
        *[shut_wall(f"people_{table}", "person_id", shut=False) for table in UNSHUT],
    ]
