from django.db import migrations

from frontdoor.actors.operations import CURRENT, foreign_table

# The portal's role has no grant on the job tables: it may leave one of a closed list of jobs, for its own council.
PORTAL_LATER = f"""
CREATE FUNCTION frontdoor_portal_later(task text, arguments jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF task NOT IN ('contacts.intake', 'contacts.call_back', 'letters.acknowledge') THEN
    RAISE EXCEPTION 'the portal may not leave this job' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (arguments ->> 'authority')::smallint IS DISTINCT FROM {CURRENT} THEN
    RAISE EXCEPTION 'a job for another council' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM procrastinate_defer_jobs_v1(
    ARRAY[ROW('default', task, 0, NULL, NULL, arguments, NULL)::procrastinate_job_to_defer_v1]);
END $$;
REVOKE ALL ON FUNCTION frontdoor_portal_later(text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION frontdoor_portal_later(text, jsonb) TO frontdoor_portal;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0001_guard"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        foreign_table(
            "procrastinate_jobs",
            "procrastinate_events",
            "procrastinate_periodic_defers",
            "procrastinate_workers",
        ),
        migrations.RunSQL(  # the library numbers by serial, which asks a grant of its own
            "GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq,"
            " procrastinate_periodic_defers_id_seq TO frontdoor_app;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(PORTAL_LATER, "DROP FUNCTION frontdoor_portal_later(text, jsonb);"),
    ]
