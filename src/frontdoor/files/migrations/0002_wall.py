from django.db import migrations

from frontdoor.actors.operations import CURRENT, same_council, wall

# What is sent from outside may bring files, and they are scanned: one more job that the portal may leave.
PORTAL_LATER = f"""
CREATE OR REPLACE FUNCTION frontdoor_portal_later(task text, arguments jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF task NOT IN ('contacts.intake', 'contacts.call_back', 'letters.acknowledge', 'files.scan') THEN
    RAISE EXCEPTION 'the portal may not leave this job' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (arguments ->> 'authority')::smallint IS DISTINCT FROM {CURRENT} THEN
    RAISE EXCEPTION 'a job for another council' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM procrastinate_defer_jobs_v1(
    ARRAY[ROW('default', task, 0, NULL, NULL, arguments, NULL)::procrastinate_job_to_defer_v1]);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("actors", "0001_guard"), ("background", "0001_jobs")]
    operations = [
        wall("files_file", portal_insert=True),
        # What was kept is never changed: a working copy is written once as well.
        wall("files_piece", app="SELECT, INSERT", portal_insert=True),
        same_council("files_piece", "file_id", "files_file"),
        migrations.RunSQL(PORTAL_LATER, migrations.RunSQL.noop),
    ]
