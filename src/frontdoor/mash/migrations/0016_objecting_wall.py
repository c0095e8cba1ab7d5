"""The walls of what an agency raises: it adds its own, reads the course of it, and changes nothing."""

from django.db import migrations

from frontdoor.actors.operations import ANSWERS_FOR, CURRENT, same_council, wall

OWN = f"authority_id = {CURRENT} AND agency = ({ANSWERS_FOR})"
BELONGS = {
    "objection": (
        "request_id IN (SELECT r.id FROM mash_request r) AND (asked_id IS NULL OR asked_id IN"
        " (SELECT a.id FROM mash_asked a WHERE a.request_id = mash_objection.request_id))"
    ),
    "position": "objection_id IN (SELECT o.id FROM mash_objection o)",
}
PARENTS = {
    "objection": (("request_id", "mash_request"), ("asked_id", "mash_asked")),
    "position": (("objection_id", "mash_objection"),),
}

# The course of what the agency raised: where it stands and what each side says; no name of anybody of the council.
COURSE = f"""
CREATE FUNCTION frontdoor_objection_course(raised uuid)
RETURNS TABLE (objection uuid, state text, stage smallint, due_at timestamptz, outcome text, agreed boolean,
               resolved_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.key, d.state::text, d.stage, d.due_at, d.outcome::text, d.agreed, d.resolved_at
    FROM mash_objection o
    JOIN mash_disagreement d ON d.authority_id = o.authority_id AND d.objection_id = o.id
   WHERE o.authority_id = {CURRENT} AND o.agency = ({ANSWERS_FOR}) AND o.key = raised
$$;
CREATE FUNCTION frontdoor_objection_lines(raised uuid)
RETURNS TABLE (place bigint, kind text, side text, text text, stage smallint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id, s.kind::text, s.side::text, s.text, s.stage, s.at
    FROM mash_objection o
    JOIN mash_request r ON r.authority_id = o.authority_id AND r.id = o.request_id
    JOIN mash_disagreement d ON d.authority_id = o.authority_id AND d.objection_id = o.id
    JOIN mash_saying s ON s.authority_id = d.authority_id AND s.disagreement_id = d.id
   WHERE o.authority_id = {CURRENT} AND o.agency = ({ANSWERS_FOR}) AND o.key = raised
     AND NOT (r.other_side AND s.side = '' AND (frontdoor_victim_kept(r.authority_id, r.enquiry_id)
              OR frontdoor_tells_where(r.authority_id, r.enquiry_id, s.text)))
$$;
REVOKE ALL ON FUNCTION frontdoor_objection_course(uuid), frontdoor_objection_lines(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_objection_course(uuid), frontdoor_objection_lines(uuid)
  TO frontdoor_app, frontdoor_portal;
"""


def theirs(name):
    """The agency's own people read its rows and add to them."""
    table = f"mash_{name}"
    return migrations.RunSQL(
        f"CREATE POLICY addressed ON {table} FOR SELECT TO frontdoor_portal USING ({OWN});"
        f" CREATE POLICY add ON {table} FOR INSERT TO frontdoor_portal WITH CHECK ({OWN});"
        f" CREATE POLICY belongs ON {table} AS RESTRICTIVE FOR INSERT TO frontdoor_portal"
        f" WITH CHECK ({BELONGS[name]}); GRANT SELECT, INSERT ON {table} TO frontdoor_portal;",
        f"REVOKE SELECT, INSERT ON {table} FROM frontdoor_portal; DROP POLICY belongs ON {table};"
        f" DROP POLICY add ON {table}; DROP POLICY addressed ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("mash", "0015_objecting")]

    operations = [
        *[wall(f"mash_{name}", app="SELECT, INSERT") for name in PARENTS],
        *[
            same_council(f"mash_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
        same_council("mash_disagreement", "objection_id", "mash_objection"),
        same_council("mash_saying", "told_id", "mash_position"),
        *[theirs(name) for name in PARENTS],
        migrations.RunSQL(
            COURSE, "DROP FUNCTION frontdoor_objection_course(uuid); DROP FUNCTION frontdoor_objection_lines(uuid);"
        ),
    ]
