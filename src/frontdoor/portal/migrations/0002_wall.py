from django.db import migrations

DRAFT = "nullif(current_setting('frontdoor.draft', true), '')"

# A draft stands before a council is known, so its one policy is on its own key, which only the browser holds.
WALL = f"""
ALTER TABLE portal_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE portal_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON portal_draft TO frontdoor_portal USING (holder = {DRAFT}) WITH CHECK (holder = {DRAFT});
CREATE POLICY sweep ON portal_draft FOR SELECT TO frontdoor_app USING (until < now());
CREATE POLICY drop_old ON portal_draft FOR DELETE TO frontdoor_app USING (until < now());
GRANT SELECT, INSERT, UPDATE, DELETE ON portal_draft TO frontdoor_portal;
GRANT SELECT (id, until), DELETE ON portal_draft TO frontdoor_app;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON portal_draft
  FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_guard_actor();
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("actors", "0001_guard")]
    operations = [migrations.RunSQL(WALL, "DROP TABLE portal_draft;")]
