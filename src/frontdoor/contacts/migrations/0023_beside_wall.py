from django.db import migrations

from frontdoor.actors.operations import CURRENT, same_council, wall

TABLE = "contacts_reference"

# What reaches the other council was written down here first, for that council and for that incident, word by word. The
# questions inside run under the teller's own policies, so nobody tells of a record of somebody else's.
TOLD = f"""
EXISTS (SELECT FROM contacts_referencesent sent JOIN contacts_shared shared
                 ON shared.authority_id = sent.authority_id AND shared.id = sent.shared_id
         WHERE sent.key = {TABLE}.id AND sent.kind = {TABLE}.kind AND sent.record = {TABLE}.record
           AND sent.number = {TABLE}.number AND sent.word = {TABLE}.word AND sent.at = {TABLE}.at
           AND shared.council = {TABLE}.authority_id AND shared.mirror = {TABLE}.mirror)
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0022_beside"), ("actors", "0001_guard")]
    operations = [
        wall("contacts_shared"),
        same_council("contacts_shared", "contact_id", "contacts_contact"),
        wall("contacts_sharedchild", app="SELECT, INSERT"),  # written once
        same_council("contacts_sharedchild", "shared_id", "contacts_shared"),
        same_council("contacts_sharedchild", "named_id", "contacts_named"),
        wall("contacts_referencesent", app="SELECT, INSERT"),  # written once
        same_council("contacts_referencesent", "shared_id", "contacts_shared"),
        migrations.RunSQL(
            [
                f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;",
                f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;",
                f"CREATE POLICY give ON {TABLE} FOR INSERT TO frontdoor_app WITH CHECK (from_authority_id = {CURRENT});",
                f"CREATE POLICY see ON {TABLE} FOR SELECT TO frontdoor_app, frontdoor_owner"
                f" USING (authority_id = {CURRENT});",
                f"CREATE POLICY told ON {TABLE} AS RESTRICTIVE FOR INSERT TO frontdoor_app WITH CHECK ({TOLD});",
                f"GRANT SELECT, INSERT ON {TABLE} TO frontdoor_app;",
                f"CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {TABLE}"
                " FOR EACH STATEMENT EXECUTE FUNCTION frontdoor_guard_actor();",
            ],
            [
                f"DROP TRIGGER guard ON {TABLE};",
                f"REVOKE ALL ON {TABLE} FROM frontdoor_app;",
                f"DROP POLICY told ON {TABLE};",
                f"DROP POLICY see ON {TABLE};",
                f"DROP POLICY give ON {TABLE};",
                f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY;",
                f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;",
            ],
        ),
    ]
