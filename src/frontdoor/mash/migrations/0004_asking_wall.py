"""The walls of requests to agencies: an agency reads what is addressed to it, adds what it says, and changes nothing."""

from django.db import migrations

from frontdoor.actors.operations import ANSWERS_FOR, CURRENT, same_council, wall

ONCE = "SELECT, INSERT"
"""What is written once: nothing an agency, a family or a manager said is ever changed."""
OWN = f"authority_id = {CURRENT} AND agency = ({ANSWERS_FOR})"

PARENTS = {
    "desk": (),
    "capacity": (),
    "agreement": (("enquiry_id", "mash_enquiry"),),
    "dispensing": (("enquiry_id", "mash_enquiry"),),
    "grounds": (("enquiry_id", "mash_enquiry"), ("desk_id", "mash_desk")),
    "leftout": (("enquiry_id", "mash_enquiry"), ("desk_id", "mash_desk")),
    "request": (("enquiry_id", "mash_enquiry"), ("desk_id", "mash_desk")),
    "asked": (("request_id", "mash_request"), ("subject_id", "mash_subject")),
    "opening": (("request_id", "mash_request"),),
    "reply": (("request_id", "mash_request"), ("asked_id", "mash_asked"), ("supersedes_id", "mash_reply")),
    "confirmation": (("reply_id", "mash_reply"),),
}  # fmt: skip
CHANGES = frozenset({"desk", "request"})


def read_by_its_agency(table):
    """The portal's role reads the rows of the agency that is set, and nobody's where none is."""
    return migrations.RunSQL(
        f"CREATE POLICY addressed ON {table} FOR SELECT TO frontdoor_portal USING ({OWN});"
        f" GRANT SELECT ON {table} TO frontdoor_portal;",
        f"REVOKE SELECT ON {table} FROM frontdoor_portal; DROP POLICY addressed ON {table};",
    )


def added_by_its_agency(table, belongs):
    """It adds rows of its own, to what is addressed to it alone: the sub-selects run under its own policies."""
    return migrations.RunSQL(
        f"CREATE POLICY add ON {table} FOR INSERT TO frontdoor_portal WITH CHECK ({OWN});"
        f" CREATE POLICY belongs ON {table} AS RESTRICTIVE FOR INSERT TO frontdoor_portal WITH CHECK ({belongs});"
        f" GRANT INSERT ON {table} TO frontdoor_portal;",
        f"REVOKE INSERT ON {table} FROM frontdoor_portal; DROP POLICY belongs ON {table}; DROP POLICY add ON {table};",
    )


ASKED_ABOUT = f"""
CREATE FUNCTION frontdoor_asked_about(wanted uuid)
RETURNS TABLE (asked uuid, child boolean, place smallint, given_name text, family_name text, known_as text, born date,
               expected_on date, relationship text, home text, school text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.key, a.is_child, a.position, n.given_name::text, n.family_name::text, n.known_as::text, n.date_of_birth,
         n.expected_on, n.relationship::text,
         CASE WHEN n.address_protected THEN '' ELSE concat_ws(', ', nullif(n.address, ''), nullif(n.postcode, '')) END,
         n.school::text
    FROM mash_request r
    JOIN mash_asked a ON a.authority_id = r.authority_id AND a.request_id = r.id
    JOIN mash_subject s ON s.authority_id = a.authority_id AND s.id = a.subject_id
    LEFT JOIN contacts_named n ON n.authority_id = s.authority_id AND n.id = s.named_id
   WHERE r.authority_id = {CURRENT} AND r.agency = ({ANSWERS_FOR}) AND r.key = wanted
   ORDER BY a.position, a.id
$$;
REVOKE ALL ON FUNCTION frontdoor_asked_about(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_asked_about(uuid) TO frontdoor_app, frontdoor_portal;
"""

# What follows from a reply is done by a job that the portal may leave too; the list stays closed.
LATER = """
CREATE OR REPLACE FUNCTION frontdoor_portal_later(task text, arguments jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF task NOT IN ({jobs}) THEN
    RAISE EXCEPTION 'the portal may not leave this job' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (arguments ->> 'authority')::smallint IS DISTINCT FROM {current} THEN
    RAISE EXCEPTION 'a job for another council' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM procrastinate_defer_jobs_v1(
    ARRAY[ROW('default', task, 0, NULL, NULL, arguments, NULL)::procrastinate_job_to_defer_v1]);
END $$;
"""
JOBS = "'contacts.intake', 'contacts.call_back', 'letters.acknowledge', 'files.scan', 'contacts.notices'"
MY_REQUEST = "request_id IN (SELECT r.id FROM mash_request r)"
BY_THEM = "how IN ('desk', 'volunteered')"


class Migration(migrations.Migration):
    dependencies = [("mash", "0003_asking"), ("contacts", "0015_notices_sent"), ("actors", "0001_guard")]

    operations = [
        *[wall(f"mash_{name}") if name in CHANGES else wall(f"mash_{name}", app=ONCE) for name in PARENTS],
        *[
            same_council(f"mash_{name}", column, parent)
            for name, parents in PARENTS.items()
            for column, parent in parents
        ],
        *[
            read_by_its_agency(f"mash_{name}")
            for name in ("capacity", "request", "asked", "opening", "reply", "confirmation")
        ],
        added_by_its_agency("mash_capacity", "user_id IS NOT NULL"),
        added_by_its_agency("mash_opening", MY_REQUEST),
        added_by_its_agency(
            "mash_reply",
            f"{MY_REQUEST} AND {BY_THEM}"
            " AND asked_id IN (SELECT a.id FROM mash_asked a WHERE a.request_id = mash_reply.request_id)"
            " AND (supersedes_id IS NULL OR supersedes_id IN"
            " (SELECT e.id FROM mash_reply e WHERE e.request_id = mash_reply.request_id))",
        ),
        added_by_its_agency("mash_confirmation", "reply_id IN (SELECT e.id FROM mash_reply e)"),
        migrations.RunSQL(ASKED_ABOUT, "DROP FUNCTION frontdoor_asked_about(uuid);"),
        migrations.RunSQL(
            LATER.format(jobs=f"{JOBS}, 'mash.hear'", current=CURRENT), LATER.format(jobs=JOBS, current=CURRENT)
        ),
    ]
