from django.db import migrations

from frontdoor.actors.operations import CURRENT, same_council, wall

ONCE = ("review", "refusedrow")
"""Tables whose rows are written once."""

ROWS = (
    "person", "name", "birth", "residence", "identifier", "fact", "caution", "relationship", "household", "membership",
    "change", "restriction", "namedaccess", "glass", "barred", "bringing", "involvement",
)  # fmt: skip

PARENTS = {
    "person": (("joined_into_id", "person"),),
    "name": (("person_id", "person"),),
    "birth": (("person_id", "person"),),
    "residence": (("person_id", "person"),),
    "identifier": (("person_id", "person"),),
    "fact": (("person_id", "person"),),
    "caution": (("person_id", "person"),),
    "relationship": (("person_id", "person"), ("other_id", "person")),
    "membership": (("person_id", "person"), ("household_id", "household")),
    "restriction": (("person_id", "person"),),
    "review": (("restriction_id", "restriction"),),
    "namedaccess": (("person_id", "person"),),
    "glass": (("person_id", "person"),),
    "barred": (("person_id", "person"),),
    "refusedrow": (("bringing_id", "bringing"),),
    "involvement": (("person_id", "person"), ("bringing_id", "bringing")),
    "probe": (("person_id", "person"),),
}

# A probe has no number and no key of its own: the council leads its primary key. Tokens are worked out again and again
# from the rows that stand, so they alone may be deleted.
PROBES = f"""
ALTER TABLE people_probe ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_probe FORCE ROW LEVEL SECURITY;
CREATE POLICY council ON people_probe TO frontdoor_app, frontdoor_owner
  USING (authority_id = {CURRENT}) WITH CHECK (authority_id = {CURRENT});
GRANT SELECT, INSERT, DELETE ON people_probe TO frontdoor_app;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON people_probe
  FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_guard_actor();
"""
NO_PROBES = """
DROP TRIGGER guard ON people_probe;
REVOKE ALL ON people_probe FROM frontdoor_app;
DROP POLICY council ON people_probe;
ALTER TABLE people_probe NO FORCE ROW LEVEL SECURITY;
ALTER TABLE people_probe DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("actors", "0001_guard")]

    operations = [
        *[wall(f"people_{name}") for name in ROWS],
        *[wall(f"people_{name}", app="SELECT, INSERT") for name in ONCE],
        migrations.RunSQL(PROBES, NO_PROBES),
        *[
            same_council(f"people_{table}", column, f"people_{parent}")
            for table, parents in PARENTS.items()
            for column, parent in parents
        ],
    ]
