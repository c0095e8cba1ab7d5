"""An agency's own people send files of notices: the portal's role keeps them, and reads back its own agency's.

What was taken in is never changed again. Whether a reference stood here before is asked of the owner's function, which
gives a number only for the same words.
"""

from django.db import migrations, models

from frontdoor.actors.operations import CURRENT

AGENCY = "nullif(current_setting('frontdoor.agency', true), '')::uuid"
OWN = f"authority_id = {CURRENT} AND agency = {AGENCY}"


def sent(table):
    """The portal's role inserts and reads the rows of the agency that is set, and nobody's where none is."""
    return migrations.RunSQL(
        f"CREATE POLICY sent ON {table} FOR SELECT TO frontdoor_portal USING ({OWN});"
        f" CREATE POLICY send ON {table} FOR INSERT TO frontdoor_portal WITH CHECK ({OWN});"
        f" GRANT SELECT, INSERT ON {table} TO frontdoor_portal;",
        f"REVOKE ALL ON {table} FROM frontdoor_portal; DROP POLICY send ON {table}; DROP POLICY sent ON {table};",
    )


# A file that was checked is taken in or thrown away once; what was taken in stands.
TAKE = f"""
CREATE POLICY take ON contacts_batch FOR UPDATE TO frontdoor_portal USING ({OWN}) WITH CHECK ({OWN});
CREATE POLICY stands ON contacts_batch AS RESTRICTIVE FOR UPDATE TO frontdoor_portal
  USING (state = 'checked') WITH CHECK (true);
GRANT UPDATE (state, taken_at, rows, answers, version) ON contacts_batch TO frontdoor_portal;
"""
NO_TAKE = """
REVOKE UPDATE (state, taken_at, rows, answers, version) ON contacts_batch FROM frontdoor_portal;
DROP POLICY stands ON contacts_batch;
DROP POLICY take ON contacts_batch;
"""

BEFORE = f"""
CREATE FUNCTION frontdoor_notices_before(forces text[], references_ text[], digests bytea[])
RETURNS TABLE (force_key text, reference text, digest bytea, same boolean, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT wanted.force_key, wanted.reference, wanted.digest, s.digest = wanted.digest,
         CASE WHEN s.digest = wanted.digest THEN r.number END
    FROM unnest(forces, references_, digests) AS wanted (force_key, reference, digest)
    JOIN contacts_notice n ON n.authority_id = {CURRENT} AND n.force_key = wanted.force_key
     AND n.reference = wanted.reference
    JOIN contacts_submission s ON s.authority_id = n.authority_id AND s.id = n.submission_id
    JOIN contacts_receipt r ON r.authority_id = n.authority_id AND r.submission_id = n.submission_id
   WHERE {AGENCY} IS NOT NULL
$$;
REVOKE ALL ON FUNCTION frontdoor_notices_before(text[], text[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_notices_before(text[], text[], bytea[]) TO frontdoor_portal;
"""

# The contacts of a file are made by a job that the portal may leave too; the list is closed as it was.
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
JOBS = "'contacts.intake', 'contacts.call_back', 'letters.acknowledge', 'files.scan'"


class Migration(migrations.Migration):
    dependencies = [("contacts", "0014_senders"), ("files", "0002_wall"), ("actors", "0001_guard")]
    operations = [
        migrations.AddField("batch", "agency", models.UUIDField(blank=True, null=True)),
        migrations.AddField("notice", "agency", models.UUIDField(blank=True, null=True)),
        migrations.AddIndex(
            "batch",
            models.Index(
                fields=["authority_id", "agency", "-given_at", "id"],
                name="batch_of_agency",
                condition=models.Q(("agency__isnull", False)),
            ),
        ),
        sent("contacts_batch"),
        sent("contacts_notice"),
        migrations.RunSQL(TAKE, NO_TAKE),
        migrations.RunSQL(BEFORE, "DROP FUNCTION frontdoor_notices_before(text[], text[], bytea[]);"),
        migrations.RunSQL(
            LATER.format(jobs=f"{JOBS}, 'contacts.notices'", current=CURRENT),
            LATER.format(jobs=JOBS, current=CURRENT),
        ),
    ]
