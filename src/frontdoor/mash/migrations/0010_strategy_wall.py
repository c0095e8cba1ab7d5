"""The walls of strategy discussions: history and minutes are written once; an agency reads what was sent to it alone."""

from django.db import migrations

from frontdoor.actors.operations import ANSWERS_FOR, CURRENT, same_council, wall

ONCE = "SELECT, INSERT"
PARENTS = {
    "discussion": (("contact_id", "contacts_contact"), ("enquiry_id", "mash_enquiry")),
    "discussed": (
        ("discussion_id", "mash_discussion"),
        ("named_id", "contacts_named"),
        ("matter_id", "contacts_matter"),
    ),
    "attending": (("discussion_id", "mash_discussion"),),
    "issue": (("discussion_id", "mash_discussion"),),
    "discussionturn": (("discussion_id", "mash_discussion"),),
    "minutes": (("discussion_id", "mash_discussion"),),
    "circulation": (("minutes_id", "mash_minutes"),),
}
WRITTEN_ONCE = frozenset({"discussionturn", "minutes", "circulation"})
OWN = f"authority_id = {CURRENT} AND agency = ({ANSWERS_FOR})"

# Minutes keep no name: the owner's function names the children for an agency that got them, and for nobody else.
CHILDREN = f"""
CREATE FUNCTION frontdoor_minuted(wanted uuid)
RETURNS TABLE (place smallint, given_name text, family_name text, known_as text, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.position, n.given_name::text, n.family_name::text, n.known_as::text, n.kind::text
    FROM mash_circulation c
    JOIN mash_minutes m ON m.authority_id = c.authority_id AND m.id = c.minutes_id
    JOIN mash_discussed d ON d.authority_id = m.authority_id AND d.discussion_id = m.discussion_id
    LEFT JOIN contacts_named n ON n.authority_id = d.authority_id AND n.id = d.named_id
   WHERE c.authority_id = {CURRENT} AND c.agency = ({ANSWERS_FOR}) AND c.key = wanted
   ORDER BY d.position, d.id
$$;
REVOKE ALL ON FUNCTION frontdoor_minuted(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_minuted(uuid) TO frontdoor_app, frontdoor_portal;
"""


class Migration(migrations.Migration):
    dependencies = [("mash", "0009_strategy"), ("contacts", "0015_notices_sent"), ("actors", "0001_guard")]

    operations = [
        *[wall(f"mash_{name}", app=ONCE) if name in WRITTEN_ONCE else wall(f"mash_{name}") for name in PARENTS],
        *[
            same_council(f"mash_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
        migrations.RunSQL(
            f"CREATE POLICY addressed ON mash_circulation FOR SELECT TO frontdoor_portal USING ({OWN});"
            " GRANT SELECT ON mash_circulation TO frontdoor_portal;",
            "REVOKE SELECT ON mash_circulation FROM frontdoor_portal; DROP POLICY addressed ON mash_circulation;",
        ),
        migrations.RunSQL(CHILDREN, "DROP FUNCTION frontdoor_minuted(uuid);"),
    ]
