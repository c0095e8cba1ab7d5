from django.db import migrations

from frontdoor.actors.operations import same_council, wall

# What has stopped keeps its times, its rule and its result; only a reason may still be given.
STANDS = """
CREATE FUNCTION frontdoor_clock_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the result of a stopped clock cannot be changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stands BEFORE UPDATE OF authority_id, kind, subject_kind, subject_key, unit, length, day_end, counting,
  rule_version, started_at, half_at, due_at, rings_at, paused_at, stopped_at, ended, outcome ON clocks_clock
  FOR EACH ROW WHEN (OLD.stopped_at IS NOT NULL) EXECUTE FUNCTION frontdoor_clock_stands();
"""
UNDO = "DROP TRIGGER stands ON clocks_clock; DROP FUNCTION frontdoor_clock_stands();"


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_initial"), ("actors", "0001_guard")]
    operations = [
        # Nothing here can be deleted: a missed deadline stays.
        wall("clocks_clock", portal_insert=True),
        wall("clocks_pause", app="SELECT, INSERT, UPDATE (resumed_at)"),
        wall("clocks_event", app="SELECT, INSERT, UPDATE (told_at)", portal_insert=True),
        wall("clocks_sweep"),
        same_council("clocks_pause", "clock_id", "clocks_clock"),
        same_council("clocks_event", "clock_id", "clocks_clock"),
        migrations.RunSQL(STANDS, UNDO),
    ]
