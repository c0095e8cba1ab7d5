from django.db import migrations

from frontdoor.actors.operations import CURRENT, same_council, wall

READ = ("service", "organization", "location", "serviceatlocation", "schedule", "attribute", "taxonomy", "taxonomyterm")
"""What the portal reads: open data, of the council of the address."""

KEPT = ("source", "run", "correction", "service", "organization", "location", "taxonomy", "taxonomyterm")
REPLACED = ("staged", "serviceatlocation", "schedule", "attribute")
"""What is written anew with its service, or deleted once it was applied."""

PARENTS = (
    ("run", "source_id", "source"), ("finding", "run_id", "run"), ("staged", "run_id", "run"),
    ("organization", "source_id", "source"), ("location", "source_id", "source"), ("taxonomy", "source_id", "source"),
    ("taxonomyterm", "source_id", "source"), ("taxonomyterm", "taxonomy_id", "taxonomy"),
    ("service", "source_id", "source"), ("service", "organization_id", "organization"),
    ("serviceatlocation", "service_id", "service"), ("serviceatlocation", "location_id", "location"),
    ("schedule", "service_id", "service"), ("attribute", "service_id", "service"),
    ("attribute", "term_id", "taxonomyterm"), ("correction", "service_id", "service"),
)  # fmt: skip

PORTAL = " ".join(
    f"CREATE POLICY portal ON directory_{name} FOR SELECT TO frontdoor_portal USING (authority_id = {CURRENT});"
    f" GRANT SELECT ON directory_{name} TO frontdoor_portal;"
    for name in READ
)
NO_PORTAL = " ".join(
    f"REVOKE ALL ON directory_{name} FROM frontdoor_portal; DROP POLICY portal ON directory_{name};" for name in READ
)
PUBLIC = "CREATE POLICY public ON directory_service AS RESTRICTIVE FOR SELECT TO frontdoor_portal USING (public);"
NO_PUBLIC = "DROP POLICY public ON directory_service;"

# Words are not compared below a policy (that comparison is not leakproof), so whoever owns the search reads them without
# one, asks for the council itself, and gives numbers and weights alone: the rows are read again under the policy.
WORDS = f"""
ALTER TABLE directory_service ADD COLUMN words tsvector;
CREATE FUNCTION frontdoor_service_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.words := setweight(to_tsvector('english'::regconfig, NEW.name), 'A')
    || setweight(to_tsvector('english'::regconfig, NEW.about), 'B')
    || setweight(to_tsvector('english'::regconfig, NEW.description), 'C');
  RETURN NEW;
END $$;
CREATE TRIGGER words BEFORE INSERT OR UPDATE OF name, about, description ON directory_service
  FOR EACH ROW EXECUTE FUNCTION frontdoor_service_words();
CREATE INDEX directory_service_words ON directory_service USING gin (words);
GRANT SELECT (id, authority_id, words) ON directory_service TO frontdoor_search;
CREATE POLICY words ON directory_service FOR SELECT TO frontdoor_search USING (true);
CREATE FUNCTION frontdoor_services_matching(asked text) RETURNS TABLE (id bigint, rank real)
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT service.id, ts_rank(service.words, wanted) FROM websearch_to_tsquery('english'::regconfig, asked) AS wanted,
         directory_service AS service
   WHERE service.authority_id = {CURRENT} AND service.words @@ wanted
$$;
REVOKE ALL ON FUNCTION frontdoor_services_matching(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_services_matching(text) TO frontdoor_app, frontdoor_portal;
GRANT CREATE ON SCHEMA public TO frontdoor_search;
ALTER FUNCTION frontdoor_services_matching(text) OWNER TO frontdoor_search;
REVOKE CREATE ON SCHEMA public FROM frontdoor_search;
"""
NO_WORDS = """
SET ROLE frontdoor_search;
DROP FUNCTION frontdoor_services_matching(text);
RESET ROLE;
DROP POLICY words ON directory_service;
REVOKE ALL ON directory_service FROM frontdoor_search;
DROP TRIGGER words ON directory_service;
DROP FUNCTION frontdoor_service_words();
ALTER TABLE directory_service DROP COLUMN words;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("actors", "0001_guard")]

    operations = [
        *[wall(f"directory_{name}") for name in KEPT],
        *[wall(f"directory_{name}", app="SELECT, INSERT, UPDATE, DELETE") for name in REPLACED],
        wall("directory_finding", app="SELECT, INSERT"),
        *[same_council(f"directory_{table}", column, f"directory_{parent}") for table, column, parent in PARENTS],
        migrations.RunSQL(PORTAL, NO_PORTAL),
        migrations.RunSQL(PUBLIC, NO_PUBLIC),
        migrations.RunSQL(WORDS, NO_WORDS),
    ]
